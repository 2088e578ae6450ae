"""What came of it: asked after 3, 6 and 12 months, once, and not of who has nothing more to say."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from bookings import following_up, letters
from bookings.chores.afterwards import ask_about_commitments
from bookings.models import Booking, Commitment, CommitmentReview, Delivery
from tests.bookings.been import ORGANISATION, PRIVATE, PUBLIC, address, noted, one_who_came, told

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)


def day_of(commitment: Commitment, months: int) -> date:
    due: date = commitment.reviews.get(months=months).due_on
    return due


def on(day: date, hour: int = 10) -> Any:
    """Travel to that day."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(hour))))


def asked() -> list[int]:
    """The months of the questions that were asked by letters, in order."""
    found = Delivery.objects.filter(kind=Delivery.Kind.FOLLOW_UP).order_by("pk")
    return [CommitmentReview.objects.get(pk=one.detail["review"]).months for one in found]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 9, 13), 3, date(2026, 12, 13)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_where_months_end(day: date, months: int, then: date) -> None:
    assert following_up.months_after(day, months) == then


def test_a_year_of_questions_each_on_its_day_and_once() -> None:
    commitment = noted(one_who_came())
    months = []

    for number in CommitmentReview.MONTHS:
        day = day_of(commitment, number)
        with on(day - timedelta(days=1), 23):
            assert ask_about_commitments() == 0
        with on(day):
            assert [ask_about_commitments() for _each in range(3)] == [1, 0, 0]
        months.append(number)
        assert asked() == months
    with on(day + timedelta(days=400)):
        assert ask_about_commitments() == 0


def test_the_letter_leaves_in_the_morning_and_leads_to_its_question() -> None:
    booking = one_who_came()
    commitment = noted(booking, "Ring Gwynedd")

    with on(day_of(commitment, 3), 0):
        ask_about_commitments()
        letter = Delivery.objects.get(kind=Delivery.Kind.FOLLOW_UP)
        review = commitment.reviews.get(months=3)

        assert timezone.localtime(letter.due_at).hour == 9
        assert letter.to == booking.address
        assert letter.detail == {"review": review.pk}
        mail = letters.compose(letter)
        assert mail is not None
        assert address("follow-up", booking, review.pk) in str(mail.body)
        assert "Ring Gwynedd" in str(mail.body)


@pytest.mark.parametrize(("outcome", "more"), [("done", []), ("stopped", []), ("under way", [6, 12])])
def test_who_has_answered_is_asked_again_only_while_it_goes_on(outcome: str, more: list[int]) -> None:
    commitment = noted(one_who_came())
    with on(day_of(commitment, 3)):
        ask_about_commitments()
        told(commitment, outcome, "because")

    for number in (6, 12):
        with on(day_of(commitment, number)):
            ask_about_commitments()

    assert asked() == [3, *more]


def test_who_said_done_and_then_under_way_is_asked_again() -> None:
    commitment = noted(one_who_came())
    with on(day_of(commitment, 3)):
        told(commitment, "done")
    with on(day_of(commitment, 3) + timedelta(days=9)):
        told(commitment, "under way")

    with on(day_of(commitment, 6)):
        ask_about_commitments()

    assert asked() == [6]


def test_who_was_away_asks_about_the_latest_only_and_not_about_years_ago() -> None:
    commitment = noted(one_who_came())
    CommitmentReview.objects.filter(months__in=[3, 6]).update(due_on=timezone.localdate() - timedelta(days=5))
    old = noted(one_who_came(), "Long ago")
    old.reviews.update(due_on=timezone.localdate() - timedelta(days=61))

    assert ask_about_commitments() == 1

    assert asked() == [6]
    assert commitment.reviews.get(months=3).asked_at is not None
    assert ask_about_commitments() == 0


@pytest.mark.parametrize("change", ["anonymised", "removed", "no address"])
def test_nobody_is_asked_who_cannot_or_must_not_be(change: str) -> None:
    booking = one_who_came()
    commitment = noted(booking)
    day = day_of(commitment, 3)
    if change == "anonymised":
        Booking.objects.filter(pk=booking.pk).update(anonymised_at=timezone.now())
    elif change == "removed":
        commitment.delete()
    else:
        Booking.objects.filter(pk=booking.pk).update(email="", email_folded="", came_without_booking=True)

    with on(day):
        assert ask_about_commitments() == 0
    assert not Delivery.objects.filter(kind=Delivery.Kind.FOLLOW_UP).exists()


def answer(booking: Booking, review: CommitmentReview, **given: str) -> Any:
    return CLIENT.post(address("follow-up", booking, review.pk), given)


def test_an_answer_is_kept_and_a_later_one_takes_its_place() -> None:
    booking = one_who_came()
    commitment = noted(booking)
    first = commitment.reviews.get(months=3)

    assert answer(booking, first, outcome="under way", note="Half of it").status_code == 302
    assert answer(booking, first, outcome="done", note="All of it").status_code == 302

    stands = Commitment.objects.with_standing().get()
    assert (stands.stands, stands.told) == ("done", "All of it")
    assert CommitmentReview.objects.exclude(outcome="").count() == 1


def test_answers_of_different_months_are_all_kept_and_shown_to_the_delegate() -> None:
    booking = one_who_came()
    commitment = noted(booking)
    told(commitment, "under way", "Half of it", 3)
    sixth = commitment.reviews.get(months=6)

    page = CLIENT.get(address("follow-up", booking, sixth.pk)).content.decode()
    answer(booking, sixth, outcome="stopped", note="Nobody had time")

    assert "Half of it" in page
    assert [one.outcome for one in commitment.reviews.exclude(outcome="")] == ["under way", "stopped"]
    assert Commitment.objects.with_standing().get().stands == "stopped"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Answer the question “What came of it?”"),
        ({"outcome": "stopped"}, "Say why it stopped"),
        ({"outcome": "forgotten"}, "forgotten"),
    ],
)
def test_an_answer_that_says_too_little_is_not_kept(given: dict[str, str], words: str) -> None:
    booking = one_who_came()
    review = noted(booking).reviews.get(months=3)

    page = answer(booking, review, **given)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not CommitmentReview.objects.exclude(outcome="").exists()


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        (PRIVATE, "Only you see it"),
        (ORGANISATION, "Your organisation sees it"),
        (PUBLIC, "Everybody sees it"),
    ],
)
def test_the_question_says_who_reads_the_answer(visibility: str, words: str) -> None:
    booking = one_who_came()
    review = noted(booking, visibility=visibility).reviews.get(months=3)

    assert words in CLIENT.get(address("follow-up", booking, review.pk)).content.decode()
