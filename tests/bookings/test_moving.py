"""Movers between dates: what they hold, what they wait for, and what their calendar shows."""

from datetime import timedelta

import pytest
import time_machine

from bookings import changing, moving
from bookings.models import Booking, Delivery
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, person, states

pytestmark = pytest.mark.django_db


def three_dates(*seats: int) -> list[SeminarDate]:
    first = bookable(seats[0])
    return [first, *(bookable(number, seminar=first.seminar) for number in seats[1:])]


def test_move_to_a_full_date_keeps_the_old_place_until_the_new_one_is_won() -> None:
    here, there = three_dates(1, 1)
    sitting, booking = book_one(there), book_one(here)

    moved = moving.move(booking, there, "in person")
    assert states(booking, moved) == ["confirmed", "waiting"]
    changing.cancel(sitting)
    assert states(booking, moved) == ["confirmed", "offered"]
    changing.accept(moved)

    assert states(booking, moved) == ["cancelled", "confirmed"]
    for one in (booking, moved):
        one.refresh_from_db()
    assert moved.calendar_uid == booking.calendar_uid
    assert moved.sequence > booking.sequence


def test_who_waits_for_one_date_and_turns_to_a_third_gives_up_the_first_for_it() -> None:
    here, full, there = three_dates(1, 0, 1)
    booking = book_one(here)
    waits = moving.move(booking, full, "in person")

    moved = moving.move(waits, there, "in person")

    assert states(booking, waits, moved) == ["cancelled", "left", "confirmed"]


def test_a_request_on_another_date_ends_when_its_person_turns_to_a_third() -> None:
    here, there = three_dates(1, 1)
    asked_for = bookable(1, seminar=here.seminar, needs_approval=True)
    booking = book_one(here)
    asks = moving.move(booking, asked_for, "in person")

    moved = moving.move(asks, there, "in person")

    assert states(booking, asks, moved) == ["cancelled", "declined", "confirmed"]


def test_who_goes_elsewhere_meanwhile_gives_up_what_they_have_then() -> None:
    """They wait for the second date, go from the first to the third, and then win the second: they hold that alone."""
    here, full, there = three_dates(1, 1, 1)
    sitting, booking = book_one(full), book_one(here)
    waits = moving.move(booking, full, "in person")
    elsewhere = moving.move(booking, there, "in person")
    assert states(booking, waits, elsewhere) == ["cancelled", "waiting", "confirmed"]

    changing.cancel(sitting)
    # As a page read it before they went elsewhere.
    assert waits.replaces == booking
    changing.accept(waits)

    assert states(booking, waits, elsewhere) == ["cancelled", "confirmed", "cancelled"]
    waits.refresh_from_db()
    booking.refresh_from_db()
    assert waits.calendar_uid == booking.calendar_uid


def queues(*dates: SeminarDate) -> list[Booking]:
    """Somebody who waits for each of these full dates, each time instead of the one before."""
    found = [book_one(dates[0])]
    for date in dates[1:]:
        found.append(moving.move(found[-1], date, "in person"))
    return found


@pytest.mark.parametrize("left", [False, True])
def test_who_waits_for_three_dates_and_wins_the_last_waits_for_none_of_them(left: bool) -> None:
    """Each queue was to be left once a place is won: also the first, to which only the second leads."""
    dates = three_dates(0, 0, 1)
    sitting, first, second, third = book_one(dates[2]), *queues(*dates)
    if left:
        changing.leave_queue(second)

    changing.cancel(sitting)
    changing.accept(third)

    assert states(first, second, third) == ["left", "left", "confirmed"]


def test_who_wins_the_first_of_three_dates_and_then_the_last_holds_the_last_alone() -> None:
    dates = three_dates(1, 0, 1)
    sitting = [book_one(dates[0]), book_one(dates[2])]
    first, second, third = queues(*dates)
    for there, waits in zip(sitting, (first, third), strict=True):
        changing.cancel(there)
        changing.accept(waits)

    assert states(first, second, third) == ["cancelled", "left", "confirmed"]
    for one in (first, third):
        one.refresh_from_db()
    assert third.calendar_uid == first.calendar_uid
    assert third.sequence > first.sequence


def test_who_hands_over_one_of_three_queues_still_gives_up_their_own_first_for_their_last() -> None:
    dates = three_dates(0, 0, 1)
    sitting, first, second, third = book_one(dates[2]), *queues(*dates)
    moving.hand_over(second, person(email="cai@body.example"))

    changing.cancel(sitting)
    changing.accept(third)

    assert states(first, second, third) == ["left", "waiting", "confirmed"]


def test_second_click_of_a_move_finds_what_the_first_has_made() -> None:
    here, there, full = three_dates(1, 1, 0)
    booking = book_one(here, person(email=""), booked_by_email="cai@body.example")

    moved = moving.move(booking, there, "in person")
    again = moving.move(booking, there, "in person")
    waits, other = (moving.move(moved, full, "in person") for _click in range(2))

    assert moved == again
    assert waits == other
    assert states(booking, moved, waits) == ["cancelled", "confirmed", "waiting"]


def test_a_place_on_a_date_that_has_begun_is_not_given_up_any_more() -> None:
    here, there = three_dates(1, 1)
    SeminarDate.objects.filter(pk=there.pk).update(
        starts_at=there.starts_at + timedelta(days=30), ends_at=there.ends_at + timedelta(days=30)
    )
    sitting, booking = book_one(there), book_one(here)
    waits = moving.move(booking, there, "in person")

    with time_machine.travel(here.starts_at + timedelta(days=2)):
        changing.cancel(sitting)
        changing.accept(waits)

    assert states(booking, waits) == ["confirmed", "confirmed"]


def test_who_leaves_a_whole_group_for_another_date_leaves_room_for_the_rest() -> None:
    here, there = three_dates(2, 1)
    book(here)
    group = book(here, person(), person(), is_whole=True)
    assert states(*group) == ["waiting", "waiting"]

    moved = moving.move(group[0], there, "in person")

    assert states(moved, *group) == ["confirmed", "left", "offered"]


def test_move_and_change_of_way_only_to_ways_in_which_the_date_is_held() -> None:
    here, there = three_dates(1, 1)
    online = bookable(1, online=1, seminar=here.seminar)
    SeminarDate.objects.filter(pk=online.pk).update(attendance="online")
    booking = book_one(here)

    for to, way in [(there, "online"), (here, "online"), (online, "in person")]:
        with pytest.raises(Refused, match="cannot be booked in this way"):
            moving.move(booking, to, way)

    assert states(moving.move(booking, online, "online")) == ["confirmed"]


def test_hand_over_sends_nothing_more_to_who_had_it() -> None:
    booking = book_one(bookable(), person(email="mair@body.example"))

    moving.hand_over(booking, person(email="cai@body.example"))

    booking.refresh_from_db()
    letters = Delivery.objects.filter(booking=booking).order_by("pk").values_list("kind", "to", "state")
    assert list(letters) == [
        ("confirmation", "mair@body.example", "dropped"),
        ("handed over", "mair@body.example", "due"),
        ("confirmation", "cai@body.example", "due"),
    ]


def test_hand_over_needs_an_address_and_a_booking_that_is_not_settled() -> None:
    booking = book_one(bookable())

    with pytest.raises(Refused, match="e-mail"):
        moving.hand_over(booking, person(email=""))
    Booking.objects.filter(pk=booking.pk).update(state="attended")
    with pytest.raises(Refused, match="is over"):
        moving.hand_over(booking, person())
