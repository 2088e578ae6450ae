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
    assert "Places: somebody else has saved “9”" in text(answer)
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


def test_what_a_colleague_changed_in_the_rules_is_said_and_only_what_both_changed_is_replaced(
    client: Client, seminar: Seminar
) -> None:
    draws_at = later(days=20).replace(second=0, microsecond=0)
    date = bookable(1, seminar=seminar, workshops="drawn", draws_at=draws_at)
    typed = {**draw_on(draws_at), "hours_to_answer": "40", "has_delegate_list": "on", "most_in_group": "5"}
    typed |= {
        "seen": client.get(address(date, "rules/")).context["form"].initial["seen"],
        "keep_needs_days": "7",
    }
    theirs = draws_at - timedelta(days=1, hours=2)
    BookingRules.objects.update(
        most_in_group=2,
        needs_approval=True,
        draws_at=theirs,
        reminders="",
        no_show_limit=0,
        keep_needs_days=7,
    )

    answer = client.post(address(date, "rules/"), typed)

    local, form = theirs.astimezone(date.tz), answer.context["form"]
    assert {name: list(errors) for name, errors in form.errors.items() if name != "__all__"} == {
        "most_in_group": ["Largest group: somebody else has saved “2”"],
        "needs_approval": ["An organiser approves each booking: somebody else has saved “Yes”"],
        "draws_day": [f"Day of the draw: somebody else has saved “{day(local)}”"],
        "draws_time": [f"Time of the draw: somebody else has saved “{local:%H:%M}”"],
        "reminders": ["Reminders, in hours before the start: somebody else has emptied it"],
        "no_show_limit": ["Missed dates after which a booking needs approval: somebody else has saved “0”"],
    }
    assert "Somebody else has saved this since you opened it" in form.errors["__all__"][0]
    assert BookingRules.objects.get().hours_to_answer == 16

    # As the page shows it now, sent again.
    again = {**RULES, "workshops": "drawn", "has_delegate_list": "on", "keep_needs_days": "7"}
    for name in ("hours_to_answer", "most_in_group", "reminders", "no_show_limit", "draws_time", "seen"):
        again[name] = form[name].value()
    again |= {f"draws_day_{part}": value for part, value in enumerate(form["draws_day"].value())}
    again |= {"needs_approval": "on"} if form["needs_approval"].value() else {}
    assert client.post(address(date, "rules/"), again).status_code == 302
    kept = BookingRules.objects.get()
    assert (kept.hours_to_answer, kept.most_in_group, kept.keep_needs_days) == (40, 5, 7)
    assert (kept.needs_approval, kept.draws_at, kept.reminders, kept.no_show_limit) == (True, theirs, "", 0)


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
        "Question in English: somebody else has saved “Will you come by bus?”"
    ]
    assert answer.context["form"].errors["kind"] == [
        "What is the answer? somebody else has saved “Yes or no”"
    ]
    assert "Will you cycle?" in text(answer)
    assert OwnQuestion.objects.get().text_en == "Will you come by bus?"
