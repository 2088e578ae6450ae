"""What no page of the booking form sends: tampered fields, other sites, too many at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Booking, OwnQuestion
from tests.bookings import ground
from tests.bookings.form import ME, address, go_on, hidden, text, up_to_check
from tests.bookings.test_booking_journeys import HOW
from tests.bookings.test_booking_refusals import WHO

pytestmark = pytest.mark.django_db


def test_tampered_fields_never_break_the_form(client: Client) -> None:
    date = ground.bookable(5, most_in_group=3)
    right = hidden(up_to_check(client, date, *WHO, {}))
    for wrong in (
        {"key": "nonsense"}, {"key": ""}, {"people": "9" * 400}, {"people": "²"}, {"people": "-1"}, {"whom": "all"},
        {"attendance": "online"}, {"attendance": "x" * 10_000}, {"whom": "group", "people": "99"},
        {"language_0": "fr"}, {"kind_0": ""}, {"question_999999999999999999_0": "1"}, {"slot_1": "1"}, {"name_9": "x"},
        {"is_on_list_0": "\x00"}, {"together": "never", "whom": "group"},
    ):  # fmt: skip
        for step in ("", "how", "who", "workshops", "needs", "check", "person"):
            response = client.post(address(date, step), {**right, **wrong})
            assert response.status_code in {200, 302}, (step, wrong)
            Booking.objects.all().delete()
            date.pools.update(taken=0)
    assert client.post(address(date), b"\xff\xfe=\xff", content_type="application/x-www-form-urlencoded").status_code == 200  # fmt: skip
    assert (
        client.post(address(date, "person"), {**right, "whom": "group", "people": "3"}).content.count(
            b"name_"
        )
        >= 3
    )
    assert (
        b'name="name_3"'
        not in client.post(address(date, "who"), {**right, "whom": "group", "people": "99"}).content
    )


def test_hidden_answers_are_looked_at_again_at_the_end(client: Client) -> None:
    date = ground.bookable(5)
    OwnQuestion.objects.create(seminar_date=date, kind="text", text_en="Which bus?", is_required=True)
    right = {**HOW, **ME}

    for missing, words in (("name_0", "Enter your name"), ("attendance", "Choose how you will take part")):
        response = client.post(
            address(date), {name: value for name, value in right.items() if name != missing}
        )
        assert words in text(response)
    assert "Answer the question “Which bus?”" in text(client.post(address(date), right))
    assert not Booking.objects.exists()


def test_forms_from_other_sites_are_refused(client: Client) -> None:
    date = ground.bookable(5)
    right = hidden(up_to_check(client, date, *WHO, {}))

    for headers in (
        {"origin": "https://bad.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ):
        assert client.post(address(date), right, headers=headers).status_code == 403
    assert not Booking.objects.exists()
    assert client.post(address(date), right, headers={"origin": "http://testserver"}).status_code == 302


def test_a_members_form_needs_its_token(member: Any) -> None:
    date = ground.bookable(5)
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    page = client.get(address(date))
    assert "csrfmiddlewaretoken" in page.content.decode()

    right = {**HOW, **ME}
    assert client.post(address(date), right).status_code == 403
    token = client.cookies["csrftoken"].value
    assert client.post(address(date), {**right, "csrfmiddlewaretoken": token}).status_code == 302


def test_too_many_bookings_from_one_network_wait(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"booking": "2/10m/ip"}
    date = ground.bookable(50)
    people = [{**ME, "email_0": f"one{number}@body.example"} for number in range(3)]

    answers = [go_on(client, up_to_check(client, date, HOW, who, {})) for who in people]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Wait ten minutes, then press the button again" in text(answers[2])
    assert hidden(answers[2])["email_0"] == "one2@body.example"
    assert Booking.objects.count() == 2


def test_pages_of_the_form_open_only_by_their_buttons(client: Client) -> None:
    date = ground.bookable(5)

    for step in ("how", "who", "workshops", "needs", "check", "person"):
        assert client.get(address(date, step))["Location"] == address(date)
    assert client.get(reverse("bookings:booked", args=["nonsense"])).status_code == 404
