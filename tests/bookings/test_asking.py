from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import asking, changing
from bookings.models import Booking, Question, QuestionBoard, Vote
from people.models import Member
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def date(organiser: Member) -> SeminarDate:
    """Three days from now, held by the organiser's organisation."""
    found = bookable(5)
    found.seminar.organisation = organiser.memberships.get().organisation
    found.seminar.save()
    found.move(found.starts_at - timedelta(days=27), found.ends_at - timedelta(days=27), by=None)
    return found


@pytest.fixture
def booking(date: SeminarDate) -> Booking:
    return book_one(date, person("Nia Pritchard"))


def shown(booking: Booking, text: str = "What did it cost?", **fields: Any) -> Question:
    question = asking.ask(booking, text, **fields)
    asking.settle(question, Question.State.SHOWN, by=None)
    question.refresh_from_db()
    return question


def test_a_question_is_seen_once_an_organiser_shows_it(booking: Booking) -> None:
    question = asking.ask(booking, "What did it cost?")
    assert not asking.seen(booking.seminar_date)

    asking.settle(question, Question.State.SHOWN, by=None)

    assert list(asking.seen(booking.seminar_date)) == [question]


def test_the_same_words_are_one_question_and_ten_are_enough(booking: Booking) -> None:
    assert asking.ask(booking, "Why?") == asking.ask(booking, "Why?")

    for number in range(asking.MOST_EACH - 1):
        asking.ask(booking, f"Why {number}?")
    with pytest.raises(Refused, match="Vote for those of others"):
        asking.ask(booking, "And why not?")


def test_one_vote_each_however_often_it_is_given(booking: Booking) -> None:
    question = shown(booking)

    asking.vote(booking, question)
    asking.vote(booking, question)
    question.refresh_from_db()
    assert question.votes == Vote.objects.count() == 1
    asking.take_vote_back(booking, question)
    asking.take_vote_back(booking, question)

    question.refresh_from_db()
    assert question.votes == 0


def test_the_number_rises_with_all_that_readers_see_and_with_nothing_else(booking: Booking) -> None:
    def after(call: Any, *args: Any, **kwargs: Any) -> int:
        before = QuestionBoard.objects.get().version
        call(*args, **kwargs)
        return QuestionBoard.objects.get().version - before

    question = asking.ask(booking, "Why?")
    assert after(asking.settle, question, Question.State.SHOWN, by=None) == 1
    assert after(asking.settle, question, Question.State.SHOWN, by=None) == 0
    question.refresh_from_db()
    assert after(asking.vote, booking, question) == 1
    assert after(asking.vote, booking, question) == 0
    assert after(asking.take_vote_back, booking, question) == 1


def test_questions_open_a_week_before_and_close_after_the_end(booking: Booking) -> None:
    start, end = booking.seminar_date.starts_at, booking.seminar_date.ends_at
    for moment, is_open in (
        (start - timedelta(days=8), False),
        (start - timedelta(days=6), True),
        (end + timedelta(hours=1), True),
        (end + timedelta(hours=3), False),
    ):
        assert (asking.why_closed(booking.seminar_date, moment) == "") == is_open


def test_pages_ask_vote_and_show(booking: Booking, client: Client) -> None:
    address = reverse("bookings:questions", args=[booking.token])

    client.post(address, {"text": "  What did\n it cost? ", "with_name": "on"})
    question = Question.objects.get()
    assert (question.text, question.author_name) == ("What did it cost?", "Nia Pritchard")
    assert "Waiting to be looked at" in client.get(address).content.decode()
    asking.settle(question, Question.State.SHOWN, by=None)
    client.post(reverse("bookings:question-vote", args=[booking.token, question.pk]))

    page = client.get(address)
    assert "Take my vote back" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_page_says_what_is_wrong_and_keeps_what_was_typed(booking: Booking, client: Client) -> None:
    page = client.post(
        reverse("bookings:questions", args=[booking.token]), {"text": "x" * 501}
    ).content.decode()

    assert "There is a problem" in page
    assert "x" * 501 in page
    assert not Question.objects.exists()


def test_pages_are_not_there_without_a_place_or_where_questions_are_not_wanted(client: Client) -> None:
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    open_address, closed_address = (
        reverse("bookings:questions", args=[one.token]) for one in (first, second)
    )
    assert client.get(open_address).status_code == 200

    assert client.get(closed_address).status_code == 404
    date.booking_rules.has_questions = False
    date.booking_rules.save()
    assert client.get(open_address).status_code == 404


def test_a_question_of_another_date_takes_no_vote(booking: Booking, client: Client) -> None:
    other = shown(book_one(bookable(date={"starts_at": booking.seminar_date.starts_at})))

    answer = client.post(reverse("bookings:question-vote", args=[booking.token, other.pk]))

    assert answer.status_code == 404


def test_number_is_cheap_and_answers_not_modified(
    booking: Booking, client: Client, django_assert_num_queries: Any
) -> None:
    shown(booking)
    date = booking.seminar_date
    address = reverse("bookings:questions-number", args=[date.uuid, asking.key_of(date)])

    with django_assert_num_queries(2):
        first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    asking.vote(booking, Question.objects.get())
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert changed.json()["digest"] == first.json()["digest"]
    assert first.json()["votes"] == [[Question.objects.get().pk, 0, "votes"]]
    assert changed.json()["votes"] == [[Question.objects.get().pk, 1, "vote"]]


def test_number_is_there_before_anybody_asked_and_tells_of_new_questions(
    booking: Booking, client: Client
) -> None:
    date = booking.seminar_date
    address = reverse("bookings:questions-number", args=[date.uuid, asking.key_of(date)])
    first = client.get(address)
    assert first.json() == {"digest": "", "votes": [], "asked": 0}

    asking.ask(booking, "Why?")

    after = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert after.json() == {"digest": "", "votes": [], "asked": 1}
    # Packed answers have a weak tag.
    assert client.get(address, headers={"If-None-Match": f"W/{after['ETag']}"}).status_code == 304


def test_organiser_shows_answers_and_hides(
    booking: Booking, organiser: Member, outsider: Member, client_of: Any
) -> None:
    question = asking.ask(booking, "Why?")
    args = [booking.seminar_date.seminar.slug, booking.seminar_date.slug]
    at_desk = client_of(organiser)

    for name, state in (("showing", "shown"), ("answer", "answered"), ("hiding", "hidden")):
        address = reverse(f"bookings:question-{name}", args=[*args, question.pk])
        assert client_of(outsider).post(address).status_code == 403
        at_desk.post(address)
        question.refresh_from_db()
        assert question.state == state
        page = at_desk.get(reverse("bookings:organise-questions", args=args)).content.decode()
        assert "Why?" in page


def test_screen_and_lists_have_a_fixed_number_of_queries(
    booking: Booking, client: Client, django_assert_num_queries: Any
) -> None:
    date = booking.seminar_date
    addresses = [
        reverse("bookings:questions-screen", args=[date.uuid, asking.key_of(date)]),
        reverse("bookings:question-list", args=[booking.token]),
    ]
    shown(booking)
    counts = []
    for number in (0, 30):
        Question.objects.bulk_create(
            Question(seminar_date=date, text=f"Question {one}", state="shown") for one in range(number)
        )
        for address, queries in zip(addresses, (2, 4), strict=True):
            with django_assert_num_queries(queries):
                counts.append(client.get(address).content.decode().count('class="question '))

    assert counts == [1, 1, 31, 31]


def test_who_asked_is_told_to_nobody_unless_they_said_so(booking: Booking, client: Client) -> None:
    shown(booking)
    date = booking.seminar_date
    screen = reverse("bookings:questions-screen", args=[date.uuid, asking.key_of(date)])
    assert "What did it cost?" in client.get(screen).content.decode()

    for secret in (booking.name, booking.email, booking.token):
        assert secret not in client.get(screen).content.decode()
    changing.cancel(booking)
    assert client.get(reverse("bookings:questions", args=[booking.token])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_and_vote_at_once_are_both_counted() -> None:
    date = bookable(5)
    date.move(date.starts_at - timedelta(days=27), date.ends_at - timedelta(days=27), by=None)
    bookings = [book_one(date) for _each in range(3)]
    question = shown(bookings[0])

    given = at_once(*[lambda one=one: asking.vote(one, question) for one in bookings * 2])

    question.refresh_from_db()
    assert given == [None] * 6
    assert question.votes == Vote.objects.count() == 3
    assert QuestionBoard.objects.get().version == 5
