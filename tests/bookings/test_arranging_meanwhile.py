"""Two organisers change how one date is booked: nobody replaces unseen what the other has saved."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.models import BookingRules, OwnQuestion, Pool
from seminars.forms import version
from seminars.models import Seminar
from tests.bookings.ground import bookable, later
from tests.bookings.test_arranging_pages import RULES, address, client, draw_on, seminar, text
from ui.dates import day

__all__ = ["client", "seminar"]

pytestmark = pytest.mark.django_db


def test_a_number_that_a_colleague_changed_meanwhile_is_not_replaced_unseen(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(5, seminar=seminar)
    pool = date.pools.get()
    Pool.objects.update(capacity=9)

    answer = client.post(
        address(date, f"places/{pool.pk}/"), {"capacity": "6", "seen": version({"capacity": 5})}
    )

    assert "Somebody else has saved this" in text(answer)
    assert "Somebody else has saved here: “9”" in text(answer)
    assert Pool.objects.get().capacity == 9


def test_rules_that_a_colleague_changed_meanwhile_are_not_replaced_unseen(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(1, seminar=seminar)
    page = text(client.get(address(date, "rules/")))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    BookingRules.objects.update(most_in_group=2)

    answer = client.post(address(date, "rules/"), {**RULES, "seen": seen})

    assert "Somebody else has saved this" in text(answer)
    assert BookingRules.objects.get().most_in_group == 2


def test_what_a_colleague_changed_in_the_rules_is_said_beside_it_and_replaced_only_when_sent_again(
    client: Client, seminar: Seminar
) -> None:
    draws_at = later(days=20)
    date = bookable(1, seminar=seminar, workshops="drawn", draws_at=draws_at)
    typed = {**draw_on(draws_at), "hours_to_answer": "40", "has_questions": "on", "has_delegate_list": "on"}
    typed["seen"] = client.get(address(date, "rules/")).context["form"].initial["seen"]
    BookingRules.objects.update(
        most_in_group=2,
        needs_approval=True,
        draws_at=draws_at - timedelta(days=1),
        reminders="",
        keep_needs_days=7,
    )

    answer = client.post(address(date, "rules/"), {**typed, "keep_needs_days": "7"})

    local = (draws_at - timedelta(days=1)).astimezone(date.tz)
    assert {name: [str(one) for one in errors] for name, errors in answer.context["form"].errors.items()} == {
        "__all__": [
            "Somebody else has saved this since you opened it. What they changed is said below, and what you typed is "
            "kept. Save again to put yours in the place of theirs."
        ],
        "most_in_group": ["Somebody else has saved here: “2”"],
        "needs_approval": ["Somebody else has saved here: “Yes”"],
        "draws_day": [f"Somebody else has saved here: “{day(local)}”"],
        "reminders": ["Somebody else has emptied this"],
    }
    assert 'value="40"' in text(answer)
    assert BookingRules.objects.get().hours_to_answer == 16

    again = {**typed, "keep_needs_days": "7", "seen": answer.context["form"]["seen"].value()}
    assert client.post(address(date, "rules/"), again).status_code == 302
    kept = BookingRules.objects.get()
    assert (kept.hours_to_answer, kept.most_in_group, kept.keep_needs_days) == (40, 10, 7)


def test_the_same_form_sent_twice_is_not_taken_for_a_colleague(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    seen = client.get(address(date, "rules/")).context["form"].initial["seen"]
    for _time in range(2):
        answer = client.post(address(date, "rules/"), {**RULES, "most_in_group": "4", "seen": seen})
        assert answer.status_code == 302
    assert BookingRules.objects.get().most_in_group == 4


def test_a_question_that_a_colleague_changed_meanwhile_shows_their_words(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(1, seminar=seminar)
    question = OwnQuestion.objects.create(seminar_date=date, text_en="Will you drive?")
    page = address(date, f"questions/{question.pk}/")
    seen = client.get(page).context["form"].initial["seen"]
    OwnQuestion.objects.update(text_en="Will you come by bus?", kind="yes no")

    answer = client.post(
        page, {"purpose": "booking", "kind": "text", "text_en": "Will you cycle?", "seen": seen}
    )

    assert answer.context["form"].errors["text_en"] == [
        "Somebody else has saved here: “Will you come by bus?”"
    ]
    assert answer.context["form"].errors["kind"] == ["Somebody else has saved here: “Yes or no”"]
    assert "Will you cycle?" in text(answer)
    assert OwnQuestion.objects.get().text_en == "Will you come by bus?"
