"""No private word, address or token where it is not meant to be: names of rows, logs, refusals, the admin."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from bookings import asking, changing, moving, tokens, waiting
from bookings.models import Booking, Need
from people.models import Member
from people.refusal import Refused
from tests.bookings.ground import book_one, person
from tests.bookings.marked import MARK, a_marked_date, marked, secret_tokens, tables_with

pytestmark = pytest.mark.django_db
# Organisers word these, for everybody.
WORDED = {"bookings.feedbacktheme", "bookings.ownquestion"}


def test_names_of_rows_say_nothing_private(organiser: Member) -> None:
    a_marked_date(organiser)
    assert MARK in str(list(Booking.objects.values())).casefold()

    for model in apps.get_app_config("bookings").get_models():
        if model._meta.label_lower in WORDED:
            continue
        said = "".join(f"{row} {row!r}" for row in model._default_manager.all()).casefold()
        assert MARK not in said, model
        assert not [token for token in secret_tokens() if token.casefold() in said], model


def test_no_table_holds_a_token(organiser: Member) -> None:
    """Whoever reads the database can open nobody's booking."""
    a_marked_date(organiser)

    for token in secret_tokens():
        assert tables_with(token.casefold()) == {}


def test_refusals_say_nothing_private(organiser: Member) -> None:
    date = a_marked_date(organiser)
    said = []
    for booking in Booking.objects.all():
        for verb in (
            lambda one: changing.accept(one),
            lambda one: changing.decline_offer(one),
            lambda one: changing.approve(one, by=organiser),
            lambda one: waiting.prefer(one, 1, "zorblax", by=organiser),
            lambda one: moving.hand_over(one, marked("cai")),
            lambda one: moving.move(one, date, "online"),
            lambda one: book_one(one.seminar_date, person(email=one.email)),
        ):
            try:
                verb(booking)
            except Refused as refused:
                # Whoever typed an address may be told which of theirs it is.
                said.append(str(refused).replace(booking.email or "nobody's", ""))

    assert len(said) > 5
    assert MARK not in "".join(said).casefold()


def test_logs_say_nothing_private(caplog: pytest.LogCaptureFixture, organiser: Member) -> None:
    with caplog.at_level(logging.DEBUG):
        date = a_marked_date(organiser)
        booking = date.bookings.confirmed().earliest("pk")
        client = Client(raise_request_exception=False)
        for name, secret in (
            ("manage", booking.token),
            ("acceptance", booking.token),
            ("manage", "zorblaxtoken"),
        ):
            client.get(reverse(f"bookings:{name}", args=[secret]))
        client.post(reverse("bookings:manage", args=[booking.token]), {"name": "zorblax"})

    said = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if not record.name.startswith(("django.db", "factory"))
    )
    assert "…" in said, "refused requests are logged, without the secret part of the address"
    assert MARK not in said.casefold()
    assert booking.token not in said


def test_admin_shows_nobody_and_changes_nothing(client: Client, staff: Member, organiser: Member) -> None:
    date = a_marked_date(organiser)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    registered = [model for model in admin.site._registry if model._meta.app_label == "bookings"]
    assert Need not in registered
    assert Booking in registered

    for model in registered:
        row = model._default_manager.order_by("pk").first()
        assert row is not None
        name = f"admin:bookings_{model._meta.model_name}"
        for address in (reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[row.pk])):
            answer = client.get(address)
            assert answer.status_code == 200
            assert MARK not in answer.content.decode().casefold()
        assert client.post(reverse(f"{name}_delete", args=[row.pk])).status_code == 403
        assert client.get(reverse(f"{name}_add")).status_code == 403
    assert date.bookings.exists()


def test_tokens_of_one_purpose_tell_nothing_of_another(organiser: Member) -> None:
    date = a_marked_date(organiser)
    booking = date.bookings.earliest("pk")

    made = {
        tokens.make(purpose, booking.uuid, booking.nonce) for purpose in ("manage", "afterwards", "steward")
    }

    assert len(made) == 3
    assert asking.key_of(date) not in made
