"""The links of one's bookings again: one answer for everybody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bookings import letters
from bookings.models import Delivery
from tests.bookings import ground
from tests.bookings.been import came
from tests.bookings.form import text

pytestmark = pytest.mark.django_db


def ask(client: Client, email: str) -> Any:
    return client.post(reverse("bookings:lost-link"), {"email": email})


def test_the_answer_is_the_same_whether_there_is_a_booking(client: Client) -> None:
    ground.book(ground.bookable(2), ground.person(email="mair@body.example"))

    known, unknown = ask(client, "Mair@body.example"), ask(client, "nobody@body.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Delivery.objects.filter(kind="link").values_list("to", flat=True).get() == "mair@body.example"
    assert "Look into your mailbox." in text(client.get(known["Location"]))


def test_after_a_week_the_link_for_feedback_is_sent_instead(client: Client) -> None:
    for days_ago, state, kinds in (
        (3, "attended", ["link"]), (8, "attended", ["thanks"]), (8, "confirmed", ["thanks"]), (8, "no show", []),
        (59, "attended", ["thanks"]), (61, "attended", []),
    ):  # fmt: skip
        booking = came(1, days_ago=days_ago, state=state)[0]
        Delivery.objects.all().delete()

        ask(client, booking.email)

        assert [one.kind for one in Delivery.objects.all()] == kinds
        for letter in Delivery.objects.filter(kind="thanks"):
            mail = letters.compose(letter)
            assert mail is not None
            assert booking.later_token in str(mail.body)
        cache.clear()


def test_a_wrong_link_of_afterwards_says_that_bookings_are_forgotten(client: Client) -> None:
    page = client.get(reverse("bookings:feedback", args=["x" * 32]))

    assert page.status_code == 404
    assert "After some months, too, we forget whom a booking was for" in text(page)
    assert reverse("bookings:lost-link") in page.content.decode()
    assert "more than a week ago" in text(client.get(reverse("bookings:manage", args=["x" * 32])))


def test_nonsense_is_said_to_be_so(client: Client) -> None:
    for email, words in (("", "Enter your e-mail address"), ("mair@", "Enter an e-mail address, like")):
        response = ask(client, email)
        assert words in text(response)
        assert response.status_code == 200


def test_nobodys_mailbox_is_filled(client: Client) -> None:
    statuses = [ask(client, "mair@body.example").status_code for _time in range(4)]

    assert statuses == [302, 302, 302, 429]
    assert ask(client, "cai@body.example").status_code == 302
