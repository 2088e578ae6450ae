"""One click, and no more messages that are not about a booking; another, and they come again."""

import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from bookings import letters
from bookings.letters import audience
from bookings.letters.unsubscribing import has_unsubscribed, subscriber, token_for
from bookings.models import Delivery, MassMessage, Unsubscription
from exchange.hidden import without_secrets
from tests import factories
from tests.bookings import ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking():
    return ground.book_one(ground.bookable(), ground.person(email="Ann@Body.example"))


@pytest.fixture
def organisation(booking):
    return booking.seminar_date.seminar.organisation


@pytest.fixture
def address(booking, organisation) -> str:
    return reverse("bookings:unsubscribe", args=[token_for(booking.email, organisation.pk)])


def test_the_letter_carries_the_link_in_its_headers_and_in_its_text(booking, organisation, address):
    Delivery.objects.all().delete()
    message = MassMessage.objects.create(
        seminar_date=booking.seminar_date, subject_en="News", body_en="News", is_about_the_booking=False, audience={"states": ["confirmed"]}
    )  # fmt: skip
    audience.send(message, by=factories.MemberFactory())

    mail = letters.compose(Delivery.objects.get())

    assert mail.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{address}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"http://127.0.0.1:8000{address}" in mail.body
    raw = mail.message().as_bytes()
    assert re.search(rb"^List-Unsubscribe: *(\r?\n )?<http", raw, re.M)


def test_reading_the_page_changes_nothing(client, address, organisation):
    answer = client.get(address)

    assert "No more messages?" in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not Unsubscription.objects.exists()


def test_one_click_of_a_mail_program_unsubscribes_without_cookie_or_redirect(address, booking, organisation):
    outside = Client(enforce_csrf_checks=True)

    answer = outside.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    outside.post(address)

    assert answer.status_code == 200
    assert not answer.cookies
    assert has_unsubscribed("ann@body.EXAMPLE", organisation.pk)
    assert Unsubscription.objects.count() == 1


def test_it_can_be_undone(client, address, organisation):
    client.post(address)
    assert "You are unsubscribed" in client.get(address).content.decode()

    answer = client.post(address + "undoing/")

    assert "You get messages again" in answer.content.decode()
    assert not Unsubscription.objects.exists()
    assert client.get(address + "undoing/").status_code == 405


def test_a_link_that_is_not_ours_does_nothing(client, address, organisation):
    forged = signing.dumps(["ann@body.example", organisation.pk], salt="another")

    for token in ("nonsense", forged, token_for("a@body.example", organisation.pk)[:-1]):
        assert subscriber(token) is None
        answer = client.post(reverse("bookings:unsubscribe", args=[token]))
        assert answer.status_code == 404
    assert not Unsubscription.objects.exists()


def test_the_page_and_the_logs_do_not_tell_the_address(client, address, booking):
    assert "ann@body.example" not in client.get(address).content.decode().lower()
    assert without_secrets(f"GET {address} 200") == "GET /en/unsubscribe/…/ 200"
