"""Moving and handing over, where the one meets the other."""

import pytest

from bookings import changing, details, moving
from bookings.models import Booking, Need
from bookings.taking import Person
from people.models import AuditEvent
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person, states


def full_and_other() -> tuple[SeminarDate, SeminarDate]:
    """A date with room, and another of the same seminar that somebody has filled."""
    date = bookable(5)
    other = bookable(1, seminar=date.seminar)
    book_one(other)
    return date, other


@pytest.mark.django_db
def test_move_away_from_a_cancelled_date() -> None:
    date = bookable(5)
    other = bookable(5, seminar=date.seminar)
    booking = book_one(date)
    date.cancel("Snow", by=None)

    moved = moving.move(booking, other, "in person")

    assert states(booking, moved) == ["cancelled", "confirmed"]


@pytest.mark.django_db
def test_move_of_a_request_ends_the_request_once_it_is_won() -> None:
    date = bookable(5, needs_approval=True)
    other = bookable(5, seminar=date.seminar)
    booking = book_one(date)

    moved = moving.move(booking, other, "in person")

    assert states(booking, moved) == ["declined", "confirmed"]


@pytest.mark.django_db
def test_hand_over_takes_no_place_from_a_colleague_when_a_move_is_won() -> None:
    date, other = full_and_other()
    booking = book_one(date, person(email="mair@body.example"))
    moved = moving.move(booking, other, "in person")
    assert states(booking, moved) == ["confirmed", "waiting"]

    moving.hand_over(booking, person(email="cai@body.example"))
    changing.cancel(other.bookings.get(state="confirmed"))
    changing.accept(moved)

    assert states(booking, moved) == ["confirmed", "confirmed"]


@pytest.mark.django_db
def test_hand_over_of_what_waits_keeps_the_place_of_who_gave_it() -> None:
    date, other = full_and_other()
    booking = book_one(date)
    moved = moving.move(booking, other, "in person")

    moving.hand_over(moved, person())
    changing.cancel(other.bookings.get(state="confirmed"))
    changing.accept(moved)

    assert states(booking, moved) == ["confirmed", "confirmed"]


@pytest.mark.django_db
def test_details_are_changed_and_the_audit_says_which_but_not_what() -> None:
    booking = book_one(bookable(), person("Mair", access="A lift"))
    about = details.of(booking)
    assert about.access == "A lift"

    about.name, about.access, about.dietary = "Mair Jones", "", "No nuts"
    details.change(booking, about)

    assert Booking.objects.get().name == "Mair Jones"
    assert [(need.kind, need.text) for need in Need.objects.all()] == [("dietary", "No nuts")]
    event = AuditEvent.objects.get(verb="details-changed")
    assert event.detail["fields"] == ["name"]
    assert "Jones" not in str(event.detail)
    assert "nuts" not in str(event.detail)


@pytest.mark.django_db
def test_details_of_what_has_ended_stay() -> None:
    booking = book_one(bookable())
    changing.cancel(booking)

    with pytest.raises(Refused, match="has ended"):
        details.change(booking, Person("Somebody"))
