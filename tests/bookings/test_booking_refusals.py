"""What the booking form answers when something is wrong: always a page with words, and what was typed is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Booking, OwnQuestion
from tests import factories
from tests.bookings import ground
from tests.bookings.form import ME, address, go_on, hidden, text, up_to_check
from tests.bookings.test_booking_journeys import HOW

pytestmark = pytest.mark.django_db
PAST = timezone.now() - timedelta(days=3)
WHO = [HOW, ME]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "cancelled", "state_reason_en": "Flooded."}, "This date is cancelled."),
        ({"starts_at": PAST, "ends_at": PAST + timedelta(hours=3)}, "This date is over."),
        ({"starts_at": PAST, "ends_at": ground.later(days=1)}, "This date has begun."),
        ({"booking_opens_at": ground.later(days=3)}, "Booking has not opened yet."),
        ({"booking_closes_at": PAST}, "Booking is closed."),
    ],
)
def test_a_date_that_cannot_be_booked_says_why(client: Client, changes: dict[str, Any], words: str) -> None:
    date = ground.bookable(2)
    check = up_to_check(client, date, *WHO, {})
    type(date).objects.filter(pk=date.pk).update(**changes)

    for response in (client.get(address(date)), go_on(client, check), client.post(address(date, "who"), {})):
        assert response.status_code == 200
        assert words in text(response)
    assert not Booking.objects.exists()


def test_a_date_without_places_of_ours_says_so(client: Client) -> None:
    date = factories.SeminarDateFactory()

    response = client.get(address(date))

    assert response.status_code == 404
    assert "Places are not booked here" in text(response)


def test_a_draft_is_not_there_for_the_public(client: Client) -> None:
    date = ground.bookable(2, seminar=factories.SeminarFactory(state="draft", published_at=None))

    response = client.get(address(date))

    assert response.status_code == 404
    assert "Places are not booked here" not in text(response)


def test_the_same_form_sent_twice_books_once(client: Client) -> None:
    date = ground.bookable(5)
    check = up_to_check(client, date, *WHO, {})

    first, second = go_on(client, check), go_on(client, check)

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_each_opening_of_the_form_has_a_key_of_its_own(client: Client) -> None:
    date = ground.bookable(5)

    keys = {hidden(client.get(address(date)))["key"] for _time in range(3)}

    assert len(keys) == 3
    assert client.get(address(date))["Cache-Control"] == "no-cache, private"


def test_who_has_booked_is_offered_the_link_again(client: Client) -> None:
    date = ground.bookable(5)
    go_on(client, up_to_check(client, date, *WHO, {}))

    again = go_on(client, up_to_check(client, date, *WHO, {"access_0": "A ramp"}))

    assert again.status_code == 200
    assert "There is a booking with the address mair@body.example for this date already." in text(again)
    assert "Send it to mair@body.example" in text(again)
    assert hidden(again)["access_0"] == "A ramp"
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name_0": ""}, "Enter your name"),
        ({"email_0": "not an address"}, "Enter an e-mail address, like mair@gwynedd.llyw.cymru"),
        ({"kind_0": "king"}, "king is not one of the available choices"),
        ({"name_0": "x" * 10_000}, "at most 120 characters"),
        ({"name_0": "Mair\u202enewO"}, "Take out the characters that cannot be seen"),
        ({"name_0": "Mair\x00Owen"}, "Null characters are not allowed"),
        ({"name_0": "Mair\x07Owen"}, "Take out the characters that cannot be seen"),
        ({"name_0": "\u200b"}, "Take out the characters that cannot be seen"),
        ({"body_0": "x" * 10_000}, "at most 160 characters"),
        ({"email_0": "mair@body.example\nBcc: all@body.example"}, "Enter an e-mail address"),
    ],
)
def test_who_is_coming_is_looked_at(client: Client, typed: dict[str, str], words: str) -> None:
    date = ground.bookable(5)
    who = up_to_check(client, date, HOW)

    response = go_on(client, who, **{**ME, **typed})

    assert response.status_code == 200
    assert words in text(response)
    assert "Error:" in text(response)
    kept = {**ME, **typed}
    assert f'value="{kept["email_0"].splitlines()[0]}' in response.content.decode()


@pytest.mark.parametrize(
    "typed", [{"access_0": "x" * 10_000}, {"dietary_0": "a\x00b"}, {"access_0": "\u2066x"}]
)
def test_needs_are_looked_at(client: Client, typed: dict[str, str]) -> None:
    needs = up_to_check(client, ground.bookable(5), *WHO)

    response = go_on(client, needs, **typed)

    assert "There is a problem" in text(response)


def test_lines_and_emoji_in_needs_are_fine(client: Client) -> None:
    needs = up_to_check(client, ground.bookable(5), *WHO)

    words = "A ramp\r\nand a lift 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍🦽"

    assert "There is a problem" not in text(go_on(client, needs, access_0=words))


def test_two_of_a_group_need_two_addresses(client: Client) -> None:
    date = ground.bookable(5)
    who = up_to_check(client, date, {**HOW, "whom": "group"})
    second = {"name_1": "Cai", "kind_1": "officer", "language_1": "cy", "email_1": "MAIR@body.example"}

    response = go_on(client, who, **{**ME, **second, "together": "split"})

    assert "Give each person an address of their own, or leave it empty" in text(response)


def test_a_row_that_is_begun_must_be_finished(client: Client) -> None:
    who = up_to_check(client, ground.bookable(5), {**HOW, "whom": "group"})

    response = go_on(client, who, **{**ME, "body_1": "Powys", "together": "split"})

    assert "Enter the name of person 2" in text(response)
    assert "Choose the role of person 2" in text(response)


def test_a_group_is_told_which_of_its_addresses_is_booked(client: Client) -> None:
    date = ground.bookable(5)
    ground.book(date, ground.person(email="CAI@body.example"))
    rows = {"name_1": "Cai", "kind_1": "officer", "language_1": "cy", "email_1": "cai@body.example"}
    check = up_to_check(client, date, {**HOW, "whom": "group"}, {**ME, **rows, "together": "split"}, {})

    again = text(go_on(client, check))

    assert "There is a booking with the address cai@body.example for this date already." in again
    assert "Send it to cai@body.example" in again
    assert "Send it to mair@body.example" not in again


def test_a_group_that_can_never_all_come_is_told_so_beside_the_question(client: Client) -> None:
    date = ground.bookable(2, online=9)
    rows = {"name_1": "Cai", "kind_1": "officer", "name_2": "Ann", "kind_2": "officer", "people": "3"}
    who = up_to_check(client, date, {**HOW, "whom": "group"})

    again = client.post(
        address(date, "needs"), {**hidden(who), **ME, **rows, "people": "3", "together": "whole"}
    )

    assert "Error: Who is coming" in text(again)
    assert "There are 2 places in all, so that you could never all come." in text(again)
    assert 'value="Ann"' in again.content.decode()
    for change in ({"together": "split"}, {"together": "whole", "attendance": "online"}):
        needs = client.post(address(date, "needs"), {**hidden(who), **ME, **rows, "people": "3", **change})
        assert "Needs and questions" in text(needs)


def test_a_group_that_became_too_large_meanwhile_loses_nobody_silently(client: Client) -> None:
    date = ground.bookable(9)
    rows = {"name_1": "Cai", "kind_1": "officer", "name_2": "Ann", "kind_2": "officer", "people": "3"}
    who = client.post(address(date, "person"), {**HOW, "whom": "group", "people": "2"})
    check = go_on(client, go_on(client, who, **{**ME, **rows, "together": "split"}))
    assert "Ann" in text(check)
    date.booking_rules.most_in_group = 2
    date.booking_rules.save()

    again = go_on(client, check)

    assert "A group may have up to 2 people." in text(again)
    assert 'value="Ann"' in again.content.decode()
    assert not Booking.objects.exists()


def test_a_form_that_was_sent_before_can_book_for_somebody_else(client: Client) -> None:
    date = ground.bookable(5)
    check = up_to_check(client, date, *WHO, {})
    go_on(client, check)
    other = {**hidden(check), "name_0": "Cai Rees", "email_0": "cai@body.example"}

    asked = client.post(address(date), other)
    assert "This form was sent before, for other people." in text(asked)
    done = go_on(client, asked)

    assert done.status_code == 302
    assert sorted(Booking.objects.values_list("name", flat=True)) == ["Cai Rees", "Mair Owen"]


def test_an_answer_that_is_not_offered_any_more_is_said_in_words(client: Client) -> None:
    date = ground.bookable(5)
    question = OwnQuestion.objects.create(
        seminar_date=date, kind="choice", text_en="Lunch at?", options_en="Noon\nOne\nTwo"
    )
    check = up_to_check(client, date, *WHO, {f"question_{question.pk}_0": "2", "access_0": "A ramp"})
    OwnQuestion.objects.update(options_en="Noon\nOne")

    again = go_on(client, check)

    assert "This answer is not offered any more. Choose again." in text(again)
    assert "A ramp" in text(again)
    assert not Booking.objects.exists()
