"""Moves, capacities and programmes that change at the same moment, and what appears when the guard is taken away."""

import time
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import F

from bookings import capacity, changing, moving, seats
from bookings.models import Booking, Delivery, Place, Pool
from people.models import Member
from people.refusal import Refused
from seminars import programme
from seminars.models import Run, SeminarDate
from seminars.programme import change_run
from tests import factories
from tests.bookings.ground import book, book_one, bookable, check_invariants, later, workshops
from tests.bookings.racing import everybody, race
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who send letters race in tests of their own."""
    monkeypatch.setattr("bookings.outbox.wake", lambda: None)


def test_moves_both_ways_at_once_end() -> None:
    """Locks that were taken in the order of asking would wait for one another here."""
    here = bookable(12)
    there = bookable(12, seminar=here.seminar)
    for _round in range(4):
        bookings = [book_one(date) for date in (here, there) for _each in range(5)]
        race(
            *[
                lambda one=one: moving.move(
                    one, there if one.seminar_date_id == here.pk else here, "in person"
                )
                for one in bookings
            ]
        )
        for booking in Booking.objects.live():
            changing.cancel(booking)

    assert not Booking.objects.live().exists()


def test_who_swaps_full_dates_waits_and_nobody_waits_for_ever() -> None:
    here = bookable(3)
    there = bookable(3, seminar=here.seminar)
    bookings = [book_one(date) for date in (here, there) for _each in range(3)]

    moved = race(
        *[
            lambda one=one: moving.move(one, there if one.seminar_date_id == here.pk else here, "in person")
            for one in bookings
        ]
    )
    changing.cancel(bookings[0])
    while offered := list(Booking.objects.filter(state="offered")):
        race(*[lambda one=one: changing.accept(one) for one in offered])

    assert len(moved) == 6
    assert everybody()["confirmed"] == 6


def test_lowering_a_capacity_while_people_book(organiser: Member) -> None:
    date = bookable(20)
    pool = date.pools.get()

    race(
        *[lambda: book_one(date) for _each in range(15)],
        lambda: capacity.change(pool, 5, by=organiser, then=capacity.KEEP),
        lambda: capacity.change(Pool.objects.get(pk=pool.pk), 8, by=organiser, then=capacity.CANCEL),
    )

    pool.refresh_from_db()
    assert pool.taken <= pool.seats


def test_changing_the_programme_while_places_are_taken(organiser: Member) -> None:
    """The organiser's verb holds the seminar and then the seats; who books holds seats and then runs."""
    date = bookable(40)
    (run,) = workshops(date, 10)
    slot = run.slot
    other = factories.SlotFactory(seminar_date=date, starts_at=later(days=30, hours=2))
    rooms = [factories.RoomFactory(venue=date.venue) for _each in range(4)]

    def rearrange(number: int) -> None:
        for each in range(4):
            current = Run.objects.select_related("session__seminar").get(pk=run.pk)
            place = other if (number + each) % 2 else slot
            try:
                change_run(current, place, rooms[(number + each) % 4], 10 + each)
            except Refused:
                change_run(current, current.slot, rooms[(number + each) % 4], 10 + each)

    race(
        *[lambda: book_one(date, runs=[run]) for _each in range(16)],
        *[lambda number=number: rearrange(number) for number in range(3)],
        lambda: date.move(later(days=40), later(days=40, hours=6), by=organiser),
        lambda: date.cancel("Snow", by=organiser),
    )

    run.refresh_from_db()
    assert run.taken == Place.objects.filter(run=run, state="confirmed").count()
    assert not Place.objects.exclude(slot=run.slot_id).exists()


def test_a_run_goes_to_another_slot_with_the_place_that_is_taken_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The organiser has looked and not yet written when somebody takes a place: one of the two waits for the other."""
    date = bookable(5)
    (run,) = workshops(date, 5)
    other = factories.SlotFactory(seminar_date=date, starts_at=later(days=30, hours=2))
    looked, find = Event(), programme._room_clashes

    def find_slowly(*given: Any) -> list[str]:
        looked.set()
        time.sleep(0.5)
        return find(*given)

    def take_a_place() -> int:
        looked.wait(10)
        return book_one(date, runs=[run]).places.get().slot_id

    monkeypatch.setattr(programme, "_room_clashes", find_slowly)

    answers = race(lambda: change_run(run, other, None, 5), take_a_place)

    # When it was taken it was there already: nobody was moved with it.
    assert other.pk in answers


def test_without_the_guard_a_seat_is_sold_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the guard and the lock keep out appears when they are taken away: then both look before either writes."""
    date, looked = bookable(1), Barrier(2)

    def naive_take(pool: Pool, number: int = 1) -> bool:
        free = Pool.objects.get(pk=pool.pk).free >= number
        looked.wait(10)
        if free:
            # The counter is written as it was read, which no constraint minds.
            Pool.objects.filter(pk=pool.pk).update(taken=pool.taken + number)
        return free

    class Unguarded:
        def __init__(self, *dates: SeminarDate) -> None:
            self.dates = dates

        def __enter__(self) -> list[Pool]:
            return list(Pool.objects.filter(seminar_date__in=self.dates))

        def __exit__(self, *error: object) -> None:
            return None

    monkeypatch.setattr(seats, "holding", Unguarded)
    monkeypatch.setattr(seats, "take", naive_take)

    answers = at_once(*[lambda: book_one(date) for _client in range(2)])

    assert [booking.state for booking in answers] == ["confirmed", "confirmed"]
    assert date.pools.get().taken == 1
    with pytest.raises(AssertionError, match="says 1, and 2 hold a seat"):
        check_invariants()
    # For the check after every test: what was sold twice is taken back.
    Booking.objects.filter(pk=answers[1].pk).update(state="cancelled")
    Delivery.objects.filter(booking=answers[1]).delete()


def test_the_database_itself_keeps_a_pool_from_being_oversold() -> None:
    date = bookable(1)
    book(date)

    with pytest.raises(IntegrityError, match="bookings_pool_not_oversold"):
        Pool.objects.update(taken=F("taken") + 1)
