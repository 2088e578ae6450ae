"""Many at the same moment, as threads and as processes, on whichever database the tests run on."""

import uuid
from collections import Counter
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import F

from bookings import capacity, changing, moving, outbox, seats, taking, waiting
from bookings.models import Booking, Delivery, Place, Pool
from people.models import Member
from people.refusal import Refused
from seminars.models import Run, SeminarDate
from seminars.programme import change_run
from tests import factories
from tests.bookings.ground import book, book_one, bookable, check_invariants, later, person, states, workshops
from tests.races import at_once, in_processes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who send letters race in tests of their own."""
    monkeypatch.setattr("bookings.outbox.wake", lambda: None)


def race(*verbs: Callable[[], Any]) -> list[Any]:
    """What each came to. Whatever is no refusal in words is a fault; and then all that must be true is true."""
    answers = at_once(*verbs)
    faults = [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert faults == []
    check_invariants()
    return answers


def everybody() -> Counter[str]:
    return Counter(Booking.objects.values_list("state", flat=True))


def test_64_clients_for_the_last_100_seats_lose_none_and_sell_none_twice() -> None:
    date = bookable(100)

    race(*[lambda: [book_one(date) for _each in range(2)] for _client in range(64)])

    assert everybody() == {"confirmed": 100, "waiting": 28}
    assert date.pools.get().taken == 100
    assert Counter(Delivery.objects.values_list("kind", flat=True)) == {"confirmation": 100, "queued": 28}


def test_processes_for_the_last_seats_lose_none_and_sell_none_twice() -> None:
    """Each with connections of its own, as the workers of a server are."""
    date = bookable(30)

    answers = in_processes(f"{__name__}.books_many", 4, date.pk, 12)

    assert answers == ["12 booked"] * 4
    check_invariants()
    assert everybody() == {"confirmed": 30, "waiting": 18}


def books_many(number: int, date: int, times: int) -> str:
    outbox.wake = lambda: None
    there = SeminarDate.objects.get(pk=date)
    for each in range(times):
        taking.book(taking.Request(there, "in person", [person(email=f"p{number}-{each}@body.example")]))
    return f"{times} booked"


def test_the_last_place_on_a_run_is_one_persons() -> None:
    date = bookable(20)
    (run,) = workshops(date, 1)

    race(*[lambda: book_one(date, runs=[run]) for _client in range(12)])

    assert Counter(Place.objects.values_list("state", flat=True)) == {"confirmed": 1, "waiting": 11}


def test_whole_groups_come_whole() -> None:
    date = bookable(10)

    race(*[lambda: book(date, person(), person(), person(), is_whole=True) for _client in range(8)])

    assert everybody() == {"confirmed": 9, "waiting": 15}


def test_the_same_form_sent_at_once_books_once() -> None:
    date, key, who = bookable(5), uuid.uuid4(), person()

    answers = race(*[lambda: book_one(date, who, key=key) for _click in range(8)])

    assert len({booking.pk for booking in answers}) == 1
    assert everybody() == {"confirmed": 1}
    assert Delivery.objects.count() == 1


def test_one_address_books_once_from_two_devices() -> None:
    date = bookable(5)

    answers = race(*[lambda: book_one(date, person(email="mair@body.example")) for _device in range(6)])

    assert sum(isinstance(one, taking.AlreadyBooked) for one in answers) == 5
    assert everybody() == {"confirmed": 1}


@pytest.mark.parametrize("verb", ["accept", "decline_offer", "cancel"])
def test_a_double_click_does_once_what_it_does(verb: str) -> None:
    date = bookable(1)
    first, second, _third = (book_one(date) for _each in range(3))
    changing.cancel(first)
    written = Delivery.objects.count()

    race(*[lambda: getattr(changing, verb)(second) for _click in range(6)])

    # One letter to who clicked, unless they said no themselves; where the seat went on, one to the next.
    assert Delivery.objects.count() - written == {"accept": 1, "decline_offer": 1, "cancel": 2}[verb]


@pytest.mark.parametrize("_round", range(5))
def test_an_offer_that_is_accepted_while_it_expires_is_one_or_the_other(_round: int) -> None:
    date = bookable(1)
    first, second, third = (book_one(date) for _each in range(3))
    changing.cancel(first)
    late = later(days=20)

    race(
        lambda: waiting.expire(date, late),
        lambda: changing.accept(second),
        lambda: waiting.expire(date, late),
    )

    assert states(second, third) in (["confirmed", "waiting"], ["lapsed", "offered"])


def test_cancelling_and_booking_at_once_leave_no_seat_free_while_somebody_waits() -> None:
    date = bookable(6)
    sitting = [book_one(date) for _each in range(6)]

    race(
        *[lambda booking=booking: changing.cancel(booking) for booking in sitting],
        *[lambda: book_one(date) for _each in range(10)],
    )

    taken = everybody()
    assert taken["confirmed"] + taken["offered"] == 6
    assert taken["cancelled"] == 6


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
