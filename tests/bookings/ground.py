"""A date that can be booked, people who book, and what must always be true of their bookings."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from bookings import changing, taking, waiting
from bookings.models import Booking, BookingRules, Delivery, Need, Place, Pool
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
    """What no step may break, whatever happened before it. Everything is read once: it is looked at after every step."""
    pools = list(Pool.objects.select_related("seminar_date__seminar"))
    runs = list(Run.objects.all())
    bookings = list(Booking.objects.select_related("pool", "seminar_date", "replaces__seminar_date"))
    places = list(Place.objects.select_related("run", "booking"))
    check_counts(pools, runs, bookings, places)
    check_bookings(bookings)
    check_places(places)
    check_queues(pools, runs, bookings, places)
    check_letters()


def check_counts(pools: list[Pool], runs: list[Run], bookings: list[Booking], places: list[Place]) -> None:
    held = Counter(booking.pool_id for booking in bookings if booking.holds_seat)
    for pool in pools:
        assert pool.taken == held[pool.pk], f"{pool} says {pool.taken}, and {held[pool.pk]} hold a seat"
        assert 0 <= pool.taken <= pool.seats
        if pool.sheds_extra:
            assert pool.extra == max(0, pool.taken - pool.capacity)
    held = Counter(place.run_id for place in places if place.state == "confirmed")
    for run in runs:
        assert run.taken == held[run.pk], f"{run} says {run.taken}, and {held[run.pk]} have a place"
        assert run.capacity is None or run.taken <= run.capacity


def check_bookings(bookings: list[Booking]) -> None:
    for booking in bookings:
        assert booking.pool.seminar_date_id == booking.seminar_date_id
        assert (booking.offer_expires_at is not None) == (booking.state == "offered")
        if booking.state == "offered" and not booking.seminar_date.is_cancelled:
            assert booking.offer_expires_at <= waiting.closes_at(booking.seminar_date)
        for old in changing.behind(booking) if booking.is_confirmed else ():
            if old.is_live and not old.is_settled:
                assert old.seminar_date.starts_at <= timezone.now(), "who has moved holds the old place, too"
    live = [one for one in bookings if one.is_live]
    for one_each in (
        [(one.seminar_date_id, one.email_folded) for one in live if one.email_folded],
        [one.calendar_uid for one in live],
    ):
        assert not [key for key, times in Counter(one_each).items() if times > 1]
    assert not Need.objects.exclude(booking__state__in=Booking.LIVE).exists()


def check_places(places: list[Place]) -> None:
    confirmed = [place for place in places if place.state == "confirmed"]
    for name in ("slot_id", "session_id"):
        pairs = Counter((place.booking_id, getattr(place, name)) for place in confirmed)
        assert not [pair for pair, times in pairs.items() if times > 1]
    in_slot = {(place.booking_id, place.slot_id): place for place in confirmed}
    sessions = {(place.booking_id, place.session_id) for place in confirmed}
    for place in places:
        assert (place.slot_id, place.session_id) == (place.run.slot_id, place.run.session_id)
        assert place.booking.is_live
        assert place.state != "confirmed" or place.booking.holds_seat
        if place.state == "waiting":
            assert (place.booking_id, place.session_id) not in sessions, "waits for what they have"
            mine = in_slot.get((place.booking_id, place.slot_id))
            assert mine is None or place.rank < mine.rank, "waits for what they want less"


def check_queues(pools: list[Pool], runs: list[Run], bookings: list[Booking], places: list[Place]) -> None:
    """Nothing is free while somebody waits who could have it."""
    queues = {booking.pool_id for booking in bookings if booking.state == "waiting"}
    for pool in pools:
        if pool.pk not in queues or not pool.free or waiting.why_no_offers(pool.seminar_date):
            continue
        for party in waiting.parties(pool):
            assert party.size > pool.free, f"{pool.free} seats are free, and {party.size} wait"
            if party.has_priority:
                break
    wanted = {place.run_id for place in places if place.state == "waiting" and place.booking.is_confirmed}
    for run in runs:
        has_room = run.capacity is None or run.taken < run.capacity
        assert not (has_room and run.pk in wanted), f"{run.pk} has room, and somebody waits for it"


# What may still be said to somebody whose booking has ended.
LAST_WORDS = ["cancellation", "declined", "lapsed", "handed over"]


def check_letters() -> None:
    """What is still to go is true, and goes to whom it is about."""
    for letter in Delivery.objects.filter(state="due").select_related("booking"):
        if letter.kind != "handed over":
            assert letter.to == letter.booking.address
        assert letter.booking.is_live or letter.kind in LAST_WORDS, letter.kind


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone at the end; verbs take it for the test's own transaction, which they are not caught in."""
    savepoint: Any = transaction.atomic()
    savepoint._from_testcase = True
    with savepoint:
        yield
        transaction.set_rollback(True)


def later(**delta: float) -> Any:
    return timezone.now() + timedelta(**delta)
