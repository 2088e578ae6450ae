"""What organisers read of the feedback of a date: figures, words under headings, a file that no spreadsheet runs."""

import csv
from typing import Any

import pytest
from django.test import Client

from bookings import opinions
from bookings.models import Feedback, FeedbackTheme, OwnAnswer, OwnQuestion
from people.models import AuditEvent
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.been import came, noted, of_date, thought, told
from tests.bookings.ground import bookable
from tests.factories import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def date() -> SeminarDate:
    return came(10)[0].seminar_date


@pytest.fixture
def organiser(date: SeminarDate) -> Client:
    client = Client()
    client.force_login(
        member_of(date.seminar.organisation, "organiser"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def read(client: Client, name: str, date: SeminarDate, *more: Any) -> str:
    answer = client.get(of_date(name, date, *more))
    assert answer.status_code == 200
    return answer.content.decode()


def test_figures_of_a_date(date: SeminarDate, organiser: Client) -> None:
    thought(date, 5, 5, 3)
    thought(date, 1, recommend="no")

    found = opinions.of_dates([date])[date.pk]
    page = read(organiser, "organise-feedback", date)

    assert (found.number, found.asked, found.rate, found.mean, found.would_recommend) == (4, 10, 40, 3.5, 75)
    for words in ("40%", "3.5", "75%", "of 10 who were asked", "<svg"):
        assert words in page
    assert "could be recognised" not in page


@pytest.mark.parametrize(("answers", "warns"), [(1, True), (2, True), (3, False)])
def test_of_few_answers_the_pages_say_that_people_could_be_recognised(
    date: SeminarDate, organiser: Client, answers: int, warns: bool
) -> None:
    thought(date, *[4] * answers, comment="It was cold")

    for name in ("organise-feedback", "feedback-comments"):
        assert ("could be recognised" in read(organiser, name, date)) == warns


def test_the_dates_of_the_seminar_stand_side_by_side(date: SeminarDate, organiser: Client) -> None:
    other = came(4, date=bookable(9, seminar=date.seminar))[0].seminar_date
    strange = came(1)[0].seminar_date
    thought(date, 5, 5, 5)
    thought(other, 2, 2)
    thought(strange, 1)

    page = read(organiser, "organise-feedback", date)

    assert "side by side" in page
    for words in ("5.0", "2.0", "50%"):
        assert words in page


def test_an_empty_page_says_who_can_answer(date: SeminarDate, organiser: Client) -> None:
    page = read(organiser, "organise-feedback", date)

    assert "Nobody has answered yet" in page
    assert "10 people can" in page
    assert "Nobody has written anything yet" in read(organiser, "feedback-comments", date)


def test_own_questions_are_drawn_or_listed(date: SeminarDate, organiser: Client) -> None:
    text = OwnQuestion.objects.create(seminar_date=date, purpose="feedback", kind="text", text_en="Say?")
    choice = OwnQuestion.objects.create(
        seminar_date=date,
        purpose="feedback",
        kind="choice",
        text_en="Tea or coffee?",
        options_en="Tea\nCoffee",
    )
    for feedback in thought(date, 5, 4):
        OwnAnswer.objects.create(question=text, feedback=feedback, value="A word of thanks")
        OwnAnswer.objects.create(question=choice, feedback=feedback, value="1")

    found = opinions.own_questions(date)
    page = read(organiser, "organise-feedback", date)

    assert [one.number for one in found] == [2, 2]
    assert found[1].chart is not None
    assert found[1].chart.rows == [("Tea", 0), ("Coffee", 2)]
    assert "A word of thanks" in page


def test_own_questions_that_nobody_answered_say_so_and_many_texts_are_not_cut_off_in_silence(
    date: SeminarDate, organiser: Client
) -> None:
    OwnQuestion.objects.create(seminar_date=date, purpose="feedback", kind="yes no", text_en="Lunch?")
    text = OwnQuestion.objects.create(seminar_date=date, purpose="feedback", kind="text", text_en="Say?")
    thought(date, 5)
    unanswered = read(organiser, "organise-feedback", date)
    assert unanswered.count("Nobody has answered this") == 2
    assert 'aria-labelledby="own-' not in unanswered

    given = thought(date, *[5] * 101)
    OwnAnswer.objects.bulk_create(
        OwnAnswer(question=text, feedback=one, value=f"Said {number:03}") for number, one in enumerate(given)
    )
    page = read(organiser, "organise-feedback", date)

    assert ("Said 099" in page, "Said 100" in page) == (True, False)
    assert "100 of 101 are shown" in page
    assert page.index("Said 009") < page.index("90 more answers") < page.index("Said 010")
    assert page.count(of_date("feedback-export", date)) == 2


def test_many_public_commitments_come_page_by_page(date: SeminarDate, organiser: Client) -> None:
    for number, booking in enumerate(came(21, date=date)):
        noted(booking, f"Step {number:02}", "public")

    first = read(organiser, "organise-feedback", date)
    second = organiser.get(of_date("organise-feedback", date), {"page": 2}).content.decode()

    assert ("Step 20" in first, "Step 00" in first) == (True, False)
    assert ("Step 20" in second, "Step 00" in second) == (False, True)


def test_headings_are_added_renamed_filled_and_removed(date: SeminarDate, organiser: Client) -> None:
    one, two = thought(date, 5, 4, comment="It was cold")

    organiser.post(of_date("feedback-headings", date), {"name": "The room"})
    heading = FeedbackTheme.objects.get()
    for shown, ticked in ((["", ""], [one]), ([heading.pk, ""], [two])):
        form: dict[str, Any] = {f"shown-{one.pk}": shown[0], f"shown-{two.pk}": shown[1]}
        form |= {f"answer-{answer.pk}": [heading.pk] for answer in ticked}
        organiser.post(of_date("feedback-comments", date), form)
        assert list(heading.feedback.all()) == ticked

    organiser.post(of_date("feedback-heading", date, heading.pk), {"name": "The hall"})
    assert "The hall" in read(organiser, "organise-feedback", date)
    twice = organiser.post(of_date("feedback-headings", date), {"name": "the HALL"})
    assert "There is such a heading already" in twice.content.decode()

    organiser.post(of_date("feedback-heading-removal", date, heading.pk))
    assert not FeedbackTheme.objects.exists()
    assert Feedback.objects.count() == 2


def test_headings_of_another_seminar_are_out_of_reach(date: SeminarDate, organiser: Client) -> None:
    strange = FeedbackTheme.objects.create(seminar=factories.SeminarFactory(), name="Theirs")
    mine = thought(date, 5, comment="It was cold")[0]

    form = {f"shown-{mine.pk}": "", f"answer-{mine.pk}": [strange.pk, 99999, "x"]}
    organiser.post(of_date("feedback-comments", date), form)

    assert not mine.themes.exists()
    for name in ("feedback-heading", "feedback-heading-removal"):
        assert organiser.post(of_date(name, date, strange.pk), {"name": "Ours"}).status_code == 404


def test_commitments_are_counted_and_private_ones_are_not_read(date: SeminarDate, organiser: Client) -> None:
    bookings = list(date.bookings.all())
    told(noted(bookings[0], "The private step"), "done", "a private note")
    noted(bookings[1], "The public step", "public")

    page = read(organiser, "organise-feedback", date)

    assert "The public step" in page
    assert "The private step" not in page
    assert "a private note" not in page


def test_the_file_holds_every_answer_and_no_formula(date: SeminarDate, organiser: Client) -> None:
    thought(date, 5, take_away='=HYPERLINK("http://evil.example","click")', comment="+1 for the lunch")
    thought(date, 3, recommend="perhaps", comment="Fine")
    question = OwnQuestion.objects.create(seminar_date=date, purpose="feedback", text_en="@own?")
    OwnAnswer.objects.create(question=question, feedback=Feedback.objects.first(), value="-2+3")

    answer = organiser.get(of_date("feedback-export", date))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(text.splitlines()))

    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "HYPERLINK" in text
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(verb="feedback-exported").count() == 1
    for booking in date.bookings.all():
        assert booking.name not in text
        assert booking.email not in text


def test_no_more_queries_for_thirty_answers_than_for_one(
    date: SeminarDate, organiser: Client, django_assert_max_num_queries: Any
) -> None:
    heading = FeedbackTheme.objects.create(seminar=date.seminar, name="The room")
    counts = []
    for number in (1, 30):
        for feedback in thought(date, *[4] * number, comment="It was cold"):
            feedback.themes.add(heading)
        for booking in came(number, date=date):
            noted(booking, f"Step {number}", "public")
        for name in ("organise-feedback", "feedback-comments"):
            with django_assert_max_num_queries(60) as found:
                read(organiser, name, date)
            counts.append(len(found))

    assert counts[:2] == counts[2:]
