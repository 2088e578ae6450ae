"""What delegates do with one click, and with two."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import changing
from bookings.models import Booking, Delivery
from tests.bookings.ground import book, book_one, bookable, person, states

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)


def address(name: str, booking: Booking) -> str:
    return reverse(f"bookings:{name}", args=[booking.token])


def click(name: str, booking: Booking) -> Any:
    return CLIENT.post(address(name, booking))


def offered() -> tuple[Booking, Booking]:
    """Somebody who is offered the only seat, and who waits behind."""
    date = bookable(1)
    first, second, third = (book_one(date) for _number in range(3))
    changing.cancel(first)
    return second, third


def test_acceptance_twice_takes_the_place_once() -> None:
    booking, _behind = offered()

    answers = [click("acceptance", booking) for _number in range(2)]

    assert [answer["Location"] for answer in answers] == [address("manage", booking) + "?said=accepted"] * 2
    assert states(booking) == ["confirmed"]
    letters = Delivery.objects.filter(booking=booking, kind="confirmation")
    assert letters.count() == 1
    assert "The place is yours." in CLIENT.get(answers[0]["Location"]).content.decode()


def test_acceptance_of_an_offer_that_has_ended_is_refused_in_words() -> None:
    booking, behind = offered()
    Booking.objects.filter(pk=booking.pk).update(offer_expires_at=timezone.now() - timedelta(seconds=1))

    answer = click("acceptance", booking)

    assert answer.status_code == 200
    assert "This offer has ended. You can join the queue again." in answer.content.decode()
    assert states(booking, behind) == ["lapsed", "offered"]


def test_acceptance_is_posted() -> None:
    booking, _behind = offered()

    looked = CLIENT.get(address("acceptance", booking))

    assert (looked.status_code, looked["Location"]) == (302, address("manage", booking))
    assert states(booking) == ["offered"]


def test_refusal_asks_first_and_then_offers_the_place_on() -> None:
    booking, behind = offered()

    assert "Decline this place?" in CLIENT.get(address("refusal", booking)).content.decode()
    assert states(booking) == ["offered"]
    for _number in range(2):
        assert click("refusal", booking).status_code == 302
    assert states(booking, behind) == ["declined", "offered"]


def test_refusal_after_acceptance_keeps_the_place() -> None:
    booking, _behind = offered()
    changing.accept(booking)

    answer = click("refusal", booking)

    assert "You can cancel the booking instead." in answer.content.decode()
    assert states(booking) == ["confirmed"]


def test_leaving_asks_first_and_moves_the_queue_up() -> None:
    date = bookable(1)
    _first, second, third = (book_one(date) for _number in range(3))

    assert "Leave the queue?" in CLIENT.get(address("leaving", second)).content.decode()
    click("leaving", second)

    assert states(second, third) == ["left", "waiting"]
    assert "number <strong>1</strong> of 1" in CLIENT.get(address("manage", third)).content.decode()


def test_leaving_without_a_queue_leads_back() -> None:
    booking = book_one(bookable())

    assert CLIENT.get(address("leaving", booking))["Location"] == address("manage", booking)
    click("leaving", booking)
    assert states(booking) == ["confirmed"]


def test_cancellation_asks_first_and_gives_the_place_to_the_next() -> None:
    date = bookable(1)
    first, second = (book_one(date) for _number in range(2))

    assert "Cancel your booking?" in CLIENT.get(address("cancellation", first)).content.decode()
    for _number in range(2):
        click("cancellation", first)

    assert states(first, second) == ["cancelled", "offered"]
    assert Delivery.objects.filter(booking=first, kind="cancellation").count() == 1


def test_cancellation_after_the_date_is_refused() -> None:
    date = bookable()
    booking = book_one(date)
    end = timezone.now() - timedelta(hours=1)
    type(date).objects.filter(pk=date.pk).update(starts_at=end - timedelta(hours=2), ends_at=end)

    answer = click("cancellation", booking)

    assert "This date is over." in answer.content.decode()
    assert CLIENT.get(address("cancellation", booking)).status_code == 302
    assert states(booking) == ["confirmed"]


def test_cancelling_a_request_withdraws_it_in_words(organiser: Any) -> None:
    date = bookable(2, needs_approval=True)
    booking, declined = book_one(date), book_one(date)
    assert "Withdraw your request?" in CLIENT.get(address("cancellation", booking)).content.decode()

    answer = click("cancellation", booking)

    html = CLIENT.get(answer["Location"]).content.decode()
    assert "Your request is withdrawn." in html
    assert "You withdrew your request." in html
    assert "Your request was declined." not in html
    changing.decline_request(declined, "One of each council", by=organiser)
    assert "Your request was declined." in CLIENT.get(address("manage", declined)).content.decode()


def test_what_one_of_a_whole_group_does_alone_is_said_before() -> None:
    date = bookable(3)
    first = [book_one(date) for _number in range(3)]
    one, other = book(date, person(), person(), is_whole=True)
    assert "the others of your group wait on" in CLIENT.get(address("leaving", one)).content.decode()
    for booking in first[:2]:
        changing.cancel(booking)
    assert states(one, other) == ["offered", "offered"]
    assert "you decline for yourself alone" in CLIENT.get(address("manage", one)).content.decode()
    assert "can still accept theirs" in CLIENT.get(address("refusal", one)).content.decode()

    click("refusal", one)
    click("acceptance", other)

    assert states(one, other) == ["declined", "confirmed"]
    cancelling = CLIENT.get(address("cancellation", other)).content.decode()
    assert "the others of your group keep their places" in cancelling


def test_split_lets_a_whole_group_come_one_by_one() -> None:
    date = bookable(2)
    book_one(date)
    lead, other = book(date, person(), person(), is_whole=True)
    assert states(lead, other) == ["waiting", "waiting"]

    assert "Come one by one?" in CLIENT.get(address("split", lead)).content.decode()
    click("split", lead)

    assert states(lead, other) == ["offered", "waiting"]


def test_split_is_for_whoever_booked_the_group() -> None:
    date = bookable(2)
    book_one(date)
    lead, other = book(date, person(), person(), is_whole=True)

    click("split", other)

    assert states(lead, other) == ["waiting", "waiting"]


def test_entry_is_the_one_of_the_confirmation_and_does_not_manage() -> None:
    booking = book_one(bookable())

    answer = CLIENT.get(address("entry", booking))

    file = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{booking.calendar_uid}" in file
    assert booking.token not in file


def test_entry_only_for_who_comes() -> None:
    date = bookable(1)
    book_one(date)

    assert CLIENT.get(address("entry", book_one(date))).status_code == 302


@pytest.mark.parametrize("name", ["acceptance", "refusal", "leaving", "cancellation", "split"])
def test_actions_with_a_link_that_has_ended_are_not_found(name: str) -> None:
    booking = book_one(bookable())
    token = booking.token
    Booking.objects.filter(pk=booking.pk).update(token_hash="another")

    assert CLIENT.post(reverse(f"bookings:{name}", args=[token])).status_code == 404
    assert states(booking) == ["confirmed"]
