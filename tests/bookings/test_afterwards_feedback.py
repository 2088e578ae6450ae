"""Feedback: who may give it and when, once each, and kept without anything that leads back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import feedback
from bookings.feedback import Opinion
from bookings.models import Booking, Feedback, OwnAnswer, OwnQuestion
from tests import factories
from tests.bookings.been import address, came, move, one_who_came
from tests.bookings.ground import book_one, bookable

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)
ANSWERS = {
    "usefulness": "4",
    "recommend": "yes",
    "take_away": "Four pages are read",
    "comment": "It was cold",
}


def give(booking: Booking, **more: Any) -> Any:
    return CLIENT.post(address("feedback", booking), {**ANSWERS, **more})


def test_feedback_is_kept_and_the_same_address_then_says_thanks() -> None:
    booking = one_who_came()

    answer = give(booking)
    page = CLIENT.get(answer["Location"]).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, address("feedback", booking))
    kept = Feedback.objects.get()
    assert (kept.usefulness, kept.recommend, kept.take_away, kept.comment) == (
        4, "yes", "Four pages are read", "It was cold",
    )  # fmt: skip
    assert "Thank you for your feedback" in page
    assert address("commitments", booking) in page
    assert address("certificate", booking) in page
    assert "Four pages" not in page


def test_thanks_lead_to_the_write_ups_that_are_published_and_to_no_other() -> None:
    booking = one_who_came()
    for title, state in (("What we learnt", "published"), ("Half a thought", "draft")):
        write_up = factories.WriteUpFactory(
            title_en=title, state=state, published_at=timezone.now() if state == "published" else None
        )
        write_up.seminars.add(booking.seminar_date.seminar)
    give(booking)

    page = CLIENT.get(address("feedback", booking)).content.decode()

    assert "What we learnt" in page
    assert "Half a thought" not in page


def test_feedback_is_given_once_however_often_it_is_sent() -> None:
    booking = one_who_came()

    for _number in range(3):
        assert give(booking).status_code in {200, 302}

    assert Feedback.objects.count() == 1
    assert not feedback.give(booking, Opinion(1, "no"), {}, "en")


def test_nothing_in_the_database_joins_an_answer_to_a_person() -> None:
    """People answer at different moments; what is noted of them is the same for all."""
    people = came(4)
    for number, booking in enumerate(people):
        with time_machine.travel(timezone.now() + timedelta(minutes=7 * number)):
            give(booking, take_away=f"Thought {number}")

    assert Feedback.objects.count() == 4
    assert set(Booking.objects.values_list("feedback_at", flat=True)) == {people[0].seminar_date.starts_at}
    assert len(set(Feedback.objects.values_list("given_on", flat=True))) == 1
    assert not {field.name for field in Feedback._meta.get_fields()} & {"booking", "member", "name", "email"}


@pytest.mark.parametrize(
    ("state", "days_ago", "words"),
    [
        ("attended", 61, "60 days"),
        ("confirmed", 61, "60 days"),
        ("confirmed", -1, "opens when the date begins"),
        ("no show", 1, "for those who had a place"),
        ("cancelled", 1, "for those who had a place"),
    ],
)
def test_feedback_is_refused_in_words_to_who_may_not(state: str, days_ago: float, words: str) -> None:
    booking = book_one(bookable(9))
    if state == "cancelled":
        from bookings import changing

        changing.cancel(booking)
    else:
        Booking.objects.filter(pk=booking.pk).update(state=state)
    move(booking.seminar_date, days_ago)

    for answer in (CLIENT.get(address("feedback", booking)), give(booking)):
        assert answer.status_code == 403
        assert words in answer.content.decode()
        leads_on = address("commitments", booking) in answer.content.decode()
        assert leads_on == (words == "60 days"), "what is still open is found from what is shut"
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("days_ago", [0.01, 59])
def test_feedback_is_open_from_the_start_for_who_has_a_place(days_ago: float) -> None:
    assert give(one_who_came(state="confirmed", days_ago=days_ago)).status_code == 302


@pytest.mark.parametrize("change", ["token", "anonymised", "manage"])
def test_a_link_that_opens_nothing(change: str) -> None:
    booking = one_who_came()
    path = address("feedback", booking)
    if change == "token":
        path = reverse("bookings:feedback", args=["unknown"])
    elif change == "manage":
        path = reverse("bookings:feedback", args=[booking.token])
    else:
        Booking.objects.filter(pk=booking.pk).update(anonymised_at=timezone.now())

    assert CLIENT.get(path).status_code == 404
    assert CLIENT.post(path, ANSWERS).status_code == 404


def test_pages_afterwards_are_told_to_nobody_else_and_set_no_cookie() -> None:
    booking = one_who_came()

    for name in ("feedback", "commitments", "certificate"):
        answer = CLIENT.get(address(name, booking))
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies


def test_what_is_missing_is_said_and_what_was_typed_is_kept() -> None:
    booking = one_who_came()

    page = give(booking, usefulness="", recommend="often").content.decode()

    assert "Answer the question “How useful was it for your work?”" in page
    assert "Four pages are read" in page
    assert not Feedback.objects.exists()


def test_own_questions_are_asked_and_kept_with_the_answer_and_not_with_the_booking() -> None:
    booking = one_who_came()
    date = booking.seminar_date
    kinds = [("text", ""), ("choice", "Tea\nCoffee"), ("yes no", "")]
    questions = [
        OwnQuestion.objects.create(
            seminar_date=date, purpose="feedback", kind=kind, text_en=f"Own {kind}?", options_en=options
        )
        for kind, options in kinds
    ]
    OwnQuestion.objects.create(seminar_date=date, purpose="booking", text_en="Asked before?")

    page = CLIENT.get(address("feedback", booking)).content.decode()
    keys = [f"question_{one.pk}" for one in questions]
    give(booking, **dict(zip(keys, ["A word", "1", ""], strict=True)))

    assert "Own choice?" in page
    assert "Asked before?" not in page
    assert [(one.words, one.booking_id) for one in OwnAnswer.objects.order_by("pk")] == [
        ("A word", None),
        ("Coffee", None),
    ]


@pytest.mark.django_db(transaction=True)
def test_one_booking_that_answers_eight_times_at_once_has_answered_once() -> None:
    booking = one_who_came()

    def once(number: int) -> bool:
        try:
            return feedback.give(Booking.objects.get(pk=booking.pk), Opinion(5, "yes"), {}, "en")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(once, range(8)))

    assert sorted(results) == [False] * 7 + [True]
    assert Feedback.objects.count() == 1
