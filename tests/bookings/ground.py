"""A date that can be booked, people who book, and what must always be true of their bookings."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from bookings import taking
from bookings.models import Booking, BookingRules, Place, Pool
from bookings.places import Wish
from bookings.taking import Person, Request
from seminars.models import Run, SeminarDate
from tests import factories

NUMBERS = count(1)


def bookable(capacity: int = 2, *, online: int | None = None, **rules: Any) -> SeminarDate:
    """A published date in thirty days with so many seats in person, and perhaps online."""
    seminar = rules.pop("seminar", None) or factories.SeminarFactory()
    date = factories.SeminarDateFactory(
        seminar=seminar, attendance="in person" if online is None else "both", **rules.pop("date", {})
    )
    BookingRules.objects.create(seminar_date=date, **rules)
    Pool.objects.create(seminar_date=date, attendance="in person", capacity=capacity)
    if online is not None:
        Pool.objects.create(seminar_date=date, attendance="online", capacity=online)
    return date


def workshops(
    date: SeminarDate, *capacities: int | None, slot: Any = None, sessions: Any = None
) -> list[Run]:
    """One run for each capacity, all at the same time; `sessions` repeats workshops of another slot."""
    slot = slot or factories.SlotFactory(
        seminar_date=date, starts_at=date.starts_at + timedelta(hours=date.slots.count())
    )
    sessions = sessions or [factories.SessionFactory(seminar=date.seminar) for _each in capacities]
    return [
        factories.RunFactory(session=session, slot=slot, capacity=capacity)
        for session, capacity in zip(sessions, capacities, strict=True)
    ]


def person(name: str = "", **fields: Any) -> Person:
    number = next(NUMBERS)
    fields.setdefault("email", f"delegate{number}@body.example")
    return Person(name=name or f"Delegate {number}", **fields)


def book(
    date: SeminarDate, *people: Person, runs: Any = (), attendance: str = "in person", **fields: Any
) -> list[Booking]:
    """Book through the front door; without people, for somebody new."""
    wishes = [one if isinstance(one, Wish) else Wish(one) for one in runs]
    return taking.book(Request(date, attendance, people or (person(),), wishes=wishes, **fields))


def book_one(date: SeminarDate, *people: Person, **fields: Any) -> Booking:
    return book(date, *people, **fields)[0]


def states(*bookings: Booking) -> list[str]:
    return [str(Booking.objects.get(pk=booking.pk).state) for booking in bookings]


def check_invariants() -> None:
    """What no step may break, whatever happened before it."""
    for pool in Pool.objects.all():
        held = Booking.objects.holding().filter(pool=pool).count()
        assert pool.taken == held, f"{pool} says {pool.taken}, and {held} hold a seat"
        assert 0 <= pool.taken <= pool.seats
    for run in Run.objects.all():
        held = Place.objects.filter(run=run, state="confirmed").count()
        assert run.taken == held, f"{run} says {run.taken}, and {held} have a place"
        assert run.capacity is None or run.taken <= run.capacity
    for booking in Booking.objects.all():
        assert booking.pool.seminar_date_id == booking.seminar_date_id
        assert (booking.offer_expires_at is not None) == (booking.state == "offered")
    live = Booking.objects.live().exclude(email_folded="").values_list("seminar_date", "email_folded")
    assert not [key for key, times in Counter(live).items() if times > 1]
    confirmed = Place.objects.filter(state="confirmed")
    for name in ("slot", "session"):
        pairs = Counter(confirmed.values_list("booking", name))
        assert not [pair for pair, times in pairs.items() if times > 1]
    assert not confirmed.exclude(booking__state__in=Booking.HOLDING).exists()


def later(**delta: float) -> Any:
    return timezone.now() + timedelta(**delta)
