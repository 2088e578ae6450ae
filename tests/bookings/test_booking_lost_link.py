"""The links of one's bookings again: one answer for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Delivery
from tests.bookings import ground
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


def test_nonsense_is_said_to_be_so(client: Client) -> None:
    for email, words in (("", "Enter your e-mail address"), ("mair@", "Enter an e-mail address, like")):
        response = ask(client, email)
        assert words in text(response)
        assert response.status_code == 200


def test_nobodys_mailbox_is_filled(client: Client) -> None:
    statuses = [ask(client, "mair@body.example").status_code for _time in range(4)]

    assert statuses == [302, 302, 302, 429]
    assert ask(client, "cai@body.example").status_code == 302
