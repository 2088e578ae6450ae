"""The draw of a date's workshops: previewed as often as somebody likes, published once, and checked again.

`bookings.allocation` draws, `bookings.lots` counts for organisers. Every preview is kept and audited with its lots: nobody can try
them in secret. Only the newest preview can be published, and only if the wishes are still those that it was made from.
After that the rest is first come, first served.
"""

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import allocation, outbox, places, seats
from bookings.allocation import FULL, Delegate, Run, Turn
from bookings.models import Booking, BookingRules, Delivery, Draw, Place
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import Run as ProgrammeRun
from seminars.models import Seminar, SeminarDate

State = Place.State


class Changed(Refused):
    """Wishes, bookings or the programme are not what the preview was made from."""


# -- preview ------------------------------------------------------------------------------------------------------


def preview(seminar_date: SeminarDate, *, by: Member | None, seed: str = "") -> Draw:
    """Draw lots for the wishes as they are now. Nothing is given yet, and nobody is told."""
    with seats.holding(seminar_date):
        _check_can_draw(seminar_date)
        inputs, seed = gather(seminar_date), seed or secrets.token_hex(8)
        draw = Draw.objects.create(
            seminar_date=seminar_date,
            seed=seed,
            inputs=inputs,
            outcome=_outcome(turns_of(inputs, seed)),
            made_by=by,
        )
        AuditEvent.record(by, "draw-previewed", draw, seed=seed, totals=draw.outcome["totals"])
        return draw


def _check_can_draw(seminar_date: SeminarDate) -> None:
    rules = BookingRules.objects.filter(seminar_date=seminar_date).first()
    if rules is None or rules.workshops != BookingRules.Workshops.DRAWN:
        raise Refused(_("The workshops of this date are not drawn: they are first come, first served."))
    if not places.is_to_be_drawn(rules):
        raise Refused(_("The workshops of this date are drawn already."))
    if SeminarDate.objects.get(pk=seminar_date.pk).is_cancelled:
        raise Refused(_("This date is cancelled."))


def gather(seminar_date: SeminarDate) -> dict[str, Any]:
    """All that the draw depends on, ready to be kept: keys only, no names."""
    runs = places.to_choose_from(seminar_date)
    mine = Place.objects.filter(
        booking__seminar_date=seminar_date, booking__state=Booking.State.CONFIRMED
    ).order_by("booking_id", "slot_id", "rank", "pk")
    wishes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    held: dict[int, list[int]] = defaultdict(list)
    known = {run.pk for run in runs}
    for booking, slot, run, state in mine.values_list("booking_id", "slot_id", "run_id", "state"):
        if state == State.CONFIRMED:
            held[booking].append(run)
        elif state == State.WANTED and run in known:
            wishes[booking][slot].append(run)
    return {
        "slots": list(dict.fromkeys(run.slot_id for run in runs)),
        "runs": [
            [run.pk, run.slot_id, run.session_id, None if run.capacity is None else run.capacity - run.taken]
            for run in sorted(runs, key=lambda run: run.pk)
        ],
        "delegates": [
            [key, [[slot, ranked] for slot, ranked in sorted(wishes[key].items())], sorted(held[key])]
            for key in sorted(wishes)
        ],
    }


def turns_of(inputs: dict[str, Any], seed: str) -> list[Turn]:
    return allocation.draw(
        inputs["slots"],
        [Run(*row) for row in inputs["runs"]],
        [Delegate(key, dict(wishes), frozenset(held)) for key, wishes, held in inputs["delegates"]],
        seed,
    )


def _outcome(turns: Sequence[Turn]) -> dict[str, Any]:
    """As it is kept: by delegate, so that a delegate's own page reads no more than it shows."""
    by_delegate: dict[str, list[Any]] = defaultdict(list)
    for turn in turns:
        by_delegate[key_of(turn.delegate)].append(
            [turn.slot, turn.number, turn.of, turn.run, turn.rank, [list(passed) for passed in turn.passed]]
        )
    ranks = Counter(str(turn.rank) for turn in turns if turn.rank)
    totals = {
        "people": len(by_delegate),
        "turns": len(turns),
        "ranks": ranks,
        "none": sum(turn.run is None for turn in turns),
    }
    return {"turns": dict(by_delegate), "totals": {**totals, "ranks": dict(ranks)}}


def key_of(booking: int) -> str:
    """A letter before it: a path in JSON that is a number means the place in a list."""
    return f"b{booking}"


def verify(draw: Draw) -> bool:
    """Whether the same wishes and lots still come out as they were kept."""
    return _outcome(turns_of(draw.inputs, draw.seed)) == draw.outcome


def is_current(draw: Draw) -> bool:
    """Whether it is a preview made from the wishes as they still are."""
    return draw.published_at is None and gather(draw.seminar_date) == draw.inputs


# -- publication --------------------------------------------------------------------------------------------------


def publish(draw: Draw, *, by: Member | None, now: datetime | None = None) -> Draw:
    """Give the places that were drawn, and tell everybody who took part; again does nothing."""
    now = now or timezone.now()
    with seats.holding(draw.seminar_date):
        draw = Draw.objects.select_related("seminar_date").get(pk=draw.pk)
        if draw.published_at:
            return draw
        _check_can_draw(draw.seminar_date)
        if Draw.objects.filter(seminar_date=draw.seminar_date, pk__gt=draw.pk).exists():
            raise Refused(_("There is a newer preview. Only that one can be published."))
        if gather(draw.seminar_date) != draw.inputs:
            raise Changed(
                _("Wishes or places have changed since this preview. Look at the new one, then publish it.")
            )
        if not verify(draw):
            raise Refused(_("This preview does not come out the same again. Draw again."))
        draw.published_at = now
        draw.save(update_fields=["published_at"])
        _act(draw, now)
        AuditEvent.record(by, "draw-published", draw, seed=draw.seed, totals=draw.outcome["totals"])
        return draw


def _act(draw: Draw, now: datetime) -> None:
    turns = turns_of(draw.inputs, draw.seed)
    wanted = {
        (place.booking_id, place.run_id): place
        for place in Place.objects.filter(
            booking__seminar_date=draw.seminar_date,
            booking__state=Booking.State.CONFIRMED,
            state=State.WANTED,
        )
    }
    given = [wanted[turn.delegate, turn.run] for turn in turns if turn.run]
    has = {(place.booking_id, place.session_id) for place in given}
    # What is full and wanted more is waited for, unless the same workshop was won at a later time.
    waiting = [
        place
        for turn in turns
        for run, reason in turn.passed
        if reason == FULL
        and (place := wanted[turn.delegate, run])
        and (turn.delegate, place.session_id) not in has
    ]
    won = {place.booking_id for place in given}
    places.act_on_lots(draw.seminar_date, given, waiting, now)
    _tell(draw, won)


def _tell(draw: Draw, won: set[int]) -> None:
    took_part = {key for key, _wishes, _held in draw.inputs["delegates"]}
    confirmed = Booking.objects.filter(seminar_date=draw.seminar_date, state=Booking.State.CONFIRMED)
    # Thousands, of which letters need an address and no more.
    bookings = confirmed.only("email", "booked_by_email", "language", "ical_sequence")
    found = [one for one in bookings if one.pk in took_part]
    lucky = [one for one in found if one.pk in won]
    places.bump(lucky)
    told = {"what": ["drawn"]}
    outbox.write(Delivery.Kind.CHANGE, lucky, calendar=Delivery.Calendar.REQUEST, detail=told)
    outbox.write(Delivery.Kind.CHANGE, [one for one in found if one.pk not in won], detail=told)


def draw_all_due(now: datetime | None = None) -> int:
    """Draw and publish where the time has come and no organiser has done it."""
    now = now or timezone.now()
    due = SeminarDate.objects.filter(
        booking_rules__workshops=BookingRules.Workshops.DRAWN,
        booking_rules__draws_at__lte=now,
        state=SeminarDate.State.SCHEDULED,
        starts_at__gt=now,
        seminar__state=Seminar.State.PUBLISHED,
    ).exclude(draws__published_at__isnull=False)
    return sum(_draw_one(seminar_date) for seminar_date in due.select_related("seminar"))


def _draw_one(seminar_date: SeminarDate) -> bool:
    """With the lots of the organisers' last preview, if they have made one."""
    last = Draw.objects.filter(seminar_date=seminar_date).only("seed").first()
    try:
        made = preview(seminar_date, by=None, seed=last.seed if last else "")
        publish(made, by=None)
    except Refused:
        # Somebody was quicker, or has just changed a wish: the next tick sees to it.
        return False
    return True


# -- in words -----------------------------------------------------------------------------------------------------


def explain(booking: Booking) -> list[str]:
    """What the draw gave a delegate, and why, a sentence or two for each slot; empty for who took no part."""
    key = key_of(booking.pk)
    drawn = (
        Draw.objects.filter(
            seminar_date=booking.seminar_date_id,
            published_at__isnull=False,
            outcome__turns__has_key=key,
        )
        .annotate(mine=KT(f"outcome__turns__{key}"))
        .values_list("mine", "published_at")
        .first()
    )
    if drawn is None:
        return []
    turns = json.loads(drawn[0])
    keys = {run for turn in turns for run in (turn[3], *(passed for passed, _why in turn[5])) if run}
    runs = ProgrammeRun.objects.select_related("session", "slot__seminar_date").in_bulk(keys)
    return [" ".join(_told(turn, runs)) for turn in turns]


def _told(turn: list[Any], runs: dict[int, ProgrammeRun]) -> Iterator[str]:
    _slot, number, of, got, rank, passed = turn
    at = next((runs[run].slot.clock for run in (got, *(run for run, _why in passed)) if run in runs), "")
    yield _("%(time)s: you were number %(number)s of %(of)s in the order of the lots.") % {
        "time": at,
        "number": number,
        "of": of,
    }
    for run, why in passed:
        words = (
            _("“%(workshop)s” was full by then.")
            if why == FULL
            else _("You have “%(workshop)s” at another time.")
        )
        yield words % {"workshop": _title(run, runs)}
    if got:
        yield _choice(rank) % {"workshop": _title(got, runs), "rank": rank}
    elif any(why == FULL for _run, why in passed):
        yield _("So none was left for you, and you are in the queue.")


def _choice(rank: int) -> str:
    named = {
        1: _("You got “%(workshop)s”, your first choice."),
        2: _("You got “%(workshop)s”, your second choice."),
        3: _("You got “%(workshop)s”, your third choice."),
    }
    return named.get(rank) or _("You got “%(workshop)s”, number %(rank)s of your choices.")


def _title(run: int, runs: dict[int, ProgrammeRun]) -> str:
    return str(runs[run].session) if run in runs else _("a workshop that is no longer in the programme")
