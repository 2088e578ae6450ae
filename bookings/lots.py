"""The draw in numbers, for organisers: what is wished for, and how many would get what. No names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F

from bookings import places
from bookings.allocation import FULL
from bookings.models import Booking, Draw, Place
from seminars.models import Run, SeminarDate

# Columns of their own; what was wanted less is counted together.
RANKS = 3


@dataclass
class Line:
    """A run: how many wished for it, by rank, and what a draw gave it."""

    run: Run
    room: int | None
    wished: Counter[int] = field(default_factory=Counter)
    given: Counter[int] = field(default_factory=Counter)
    waiting: int = 0

    @property
    def wishes(self) -> list[int]:
        return _columns(self.wished)

    @property
    def number_given(self) -> int:
        return self.given.total()

    @property
    def gifts(self) -> list[int]:
        return _columns(self.given)


def _columns(counted: Counter[int]) -> list[int]:
    """First, second, third choices, and all others."""
    return [
        *(counted[rank] for rank in range(1, RANKS + 1)),
        sum(number for rank, number in counted.items() if rank > RANKS),
    ]


def wished(seminar_date: SeminarDate) -> list[Line]:
    """What confirmed delegates wish for now."""
    runs = places.to_choose_from(seminar_date)
    lines = {
        run.pk: Line(run, None if run.capacity is None else max(0, run.capacity - run.taken)) for run in runs
    }
    counted = (
        Place.objects.filter(run__in=runs, state=Place.State.WANTED, booking__state=Booking.State.CONFIRMED)
        .order_by()
        .values_list("run", "rank")
        .annotate(number=Count("pk"))
    )
    for run, rank, number in counted:
        lines[run].wished[rank] += number
    return list(lines.values())


def drawn(draw: Draw) -> list[Line]:
    """What a draw gives, by run, in the order of the day; runs that have left the programme are left out."""
    rooms = {key: room for key, _slot, _workshop, room in draw.inputs["runs"]}
    workshops = {key: workshop for key, _slot, workshop, _room in draw.inputs["runs"]}
    runs = places.to_choose_from(draw.seminar_date)
    lines = {run.pk: Line(run, rooms[run.pk]) for run in runs if run.pk in rooms}
    for _delegate, wishes, _held in draw.inputs["delegates"]:
        for _slot, ranked in wishes:
            for rank, run in enumerate(ranked, start=1):
                if run in lines:
                    lines[run].wished[rank] += 1
    for turns in draw.outcome["turns"].values():
        has = {workshops[got] for _slot, _number, _of, got, _rank, _passed in turns if got}
        for _slot, _number, _of, got, rank, passed in turns:
            if got in lines:
                lines[got].given[rank] += 1
            for run, why in passed:
                if why == FULL and run in lines and workshops[run] not in has:
                    lines[run].waiting += 1
    return list(lines.values())


@dataclass(frozen=True)
class Total:
    """How many places of a draw were a first, second, third or later choice, and how many turns got none."""

    turns: int
    people: int
    ranks: Sequence[int]
    none: int


def total(totals: dict[str, Any]) -> Total:
    """`draw.outcome["totals"]`, in columns."""
    ranks = Counter({int(rank): number for rank, number in totals["ranks"].items()})
    return Total(totals["turns"], totals["people"], _columns(ranks), totals["none"])


def made_for(seminar_date: SeminarDate) -> list[Draw]:
    """All draws of a date, the newest first, with their totals and without what else they keep."""
    found = Draw.objects.filter(seminar_date=seminar_date).select_related("made_by")
    return list(found.defer("inputs", "outcome").annotate(totals=F("outcome__totals")).order_by("-pk"))
