"""Many at the same moment, as threads and as processes, on whichever database the tests run on."""

import uuid
from collections import Counter

import pytest

from bookings import changing, outbox, taking, waiting
from bookings.models import Delivery, Place
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, check_invariants, later, person, states, workshops
from tests.bookings.racing import everybody, race
from tests.races import in_processes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who send letters race in tests of their own."""
    monkeypatch.setattr("bookings.outbox.wake", lambda: None)


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
