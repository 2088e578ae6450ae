"""The organisers' own questions and the draw, as pages; and that no page costs more the more people book."""

from typing import Any

import pytest
from django.test import Client

from bookings.models import Draw, OwnAnswer, OwnQuestion
from people.models import AuditEvent, Member, Organisation
from seminars.models import Seminar, SeminarDate
from seminars.next_steps import next_steps, prepared
from tests import factories
from tests.bookings.ground import book_one, bookable, later, workshops
from tests.bookings.test_arranging_pages import address, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar(organisation: Organisation) -> Seminar:
    return factories.SeminarFactory(organisation=organisation)


@pytest.fixture
def client(organiser: Member, client_of: Any) -> Client:
    return client_of(organiser)


@pytest.fixture
def date(seminar: Seminar) -> SeminarDate:
    return bookable(50, seminar=seminar, workshops="drawn", draws_at=later(days=3))


# -- own questions ------------------------------------------------------------------------------------------------


QUESTION = {
    "purpose": "booking", "kind": "choice", "text_en": "How do you come?", "text_cy": "Sut ydych chi'n dod?",
    "options_en": "By train\n\n By bus ", "options_cy": "Ar y trên\nAr y bws",
}  # fmt: skip


def test_a_question_is_added_and_found_in_the_list(client: Client, date: SeminarDate) -> None:
    client.post(address(date, "questions/new/"), QUESTION)
    question = OwnQuestion.objects.get()
    assert (question.options, question.options_cy) == (["By train", "By bus"], "Ar y trên\nAr y bws")
    assert "How do you come?" in text(client.get(address(date, "questions/")))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text_en": "", "text_cy": ""}, "in Welsh or in English"),
        ({"options_cy": "Ar y trên"}, "as many answers in Welsh as in English: now 1 and 2"),
        ({"options_en": "", "options_cy": ""}, "Give the answers to choose from"),
        ({"options_en": "By train", "options_cy": ""}, "Give two answers at least"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_words(
    client: Client, date: SeminarDate, changes: dict[str, str], words: str
) -> None:
    answer = text(client.post(address(date, "questions/new/"), {**QUESTION, **changes}))
    assert words in answer
    assert not OwnQuestion.objects.exists()


def test_ten_questions_are_the_most(client: Client, date: SeminarDate) -> None:
    for number in range(10):
        OwnQuestion.objects.create(seminar_date=date, text_en=f"Question {number}")
    assert "That is the most" in text(client.get(address(date, "questions/")))
    assert "Ten questions are the most" in text(client.post(address(date, "questions/new/"), QUESTION))


def test_what_was_answered_keeps_its_kind_and_its_answers(client: Client, date: SeminarDate) -> None:
    client.post(address(date, "questions/new/"), QUESTION)
    question = OwnQuestion.objects.get()
    OwnAnswer.objects.create(question=question, booking=book_one(date), value="1")
    page = address(date, f"questions/{question.pk}/")
    assert "People have answered it" in text(client.get(page))

    fewer = {**QUESTION, "kind": "text", "options_en": "", "options_cy": ""}
    assert "Give the answers to choose from" in text(client.post(page, fewer))
    more = {**QUESTION, "options_en": "Train\nBus\nCar", "options_cy": "Trên\nBws\nCar"}
    assert client.post(page, more).status_code == 302

    question.refresh_from_db()
    assert (question.kind, question.options) == ("choice", ["Train", "Bus", "Car"])
    assert OwnAnswer.objects.get().words == "Bus"


def test_questions_are_put_in_order_by_buttons(client: Client, date: SeminarDate) -> None:
    for position, words in enumerate(["One", "Two"]):
        OwnQuestion.objects.create(seminar_date=date, text_en=words, position=position)
    last = OwnQuestion.objects.get(text_en="Two")
    client.post(address(date, "questions/order/booking/"), {"move": f"up:{last.pk}"})
    assert [question.text_en for question in OwnQuestion.objects.all()] == ["Two", "One"]


def test_removing_an_answered_question_says_how_many_answers_go(client: Client, date: SeminarDate) -> None:
    question = OwnQuestion.objects.create(seminar_date=date, text_en="Do you drive?")
    OwnAnswer.objects.create(question=question, booking=book_one(date), value="yes")
    removal = address(date, f"questions/{question.pk}/removal/")
    assert "1 person has answered it" in text(client.get(removal))
    client.post(removal)
    assert not OwnQuestion.objects.exists()
    assert AuditEvent.objects.get(verb="question-removed").detail == {"answers": 1}


# -- the draw -----------------------------------------------------------------------------------------------------


def test_the_draw_is_previewed_and_published_with_its_record(client: Client, date: SeminarDate) -> None:
    (run,) = workshops(date, 1)
    both = [book_one(date, runs=[run]) for _ in range(2)]
    assert "What delegates wish for" in text(client.get(address(date, "draw/")))

    client.post(address(date, "draw/preview/"))
    client.post(address(date, "draw/preview/"))
    page = text(client.get(address(date, "draw/")))
    assert "What would come out" in page
    assert '<td class="number"><strong>1</strong></td>' in page
    assert all(draw.seed in page for draw in Draw.objects.all())
    assert all(booking.name not in page for booking in both)
    publication = address(date, f"draw/{Draw.objects.first().pk}/publication/")  # type: ignore[union-attr]
    assert "2 delegates are told" in text(client.get(publication))
    client.post(publication)

    page = text(client.get(address(date, "draw/")))
    assert "What came out" in page
    assert "Checked just now" in page
    assert run.places.filter(state="confirmed").count() == 1
    assert "Draw other lots" not in page
    assert "drawn already" in text(client.get(address(date, "rules/")))


def test_a_preview_that_is_out_of_date_is_made_anew_with_the_same_lots(
    client: Client, date: SeminarDate
) -> None:
    (run,) = workshops(date, 1)
    book_one(date, runs=[run])
    client.post(address(date, "draw/preview/"))
    old = Draw.objects.get()
    book_one(date, runs=[run])

    assert "Draw again before you publish" in text(client.get(address(date, "draw/")))
    answer = client.post(address(date, f"draw/{old.pk}/publication/"), follow=True)

    assert "Look at the new one" in text(answer)
    new, _old = Draw.objects.all()
    assert (new.seed, new.published_at) == (old.seed, None)
    assert new.outcome["totals"]["people"] == 2


def test_no_draw_where_workshops_are_first_come(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    assert "so that nothing is drawn" in text(client.get(address(date, "draw/")))
    client.post(address(date, "draw/preview/"))
    assert not Draw.objects.exists()


# -- everything ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 30])
def test_pages_take_as_many_queries_for_one_booking_as_for_thirty(
    client: Client, date: SeminarDate, many: int, django_assert_num_queries: Any
) -> None:
    (run,) = workshops(date, 5)
    question = OwnQuestion.objects.create(seminar_date=date, text_en="Do you drive?")
    for _ in range(many):
        OwnAnswer.objects.create(question=question, booking=book_one(date, runs=[run]), value="yes")
        OwnQuestion.objects.create(seminar_date=date, text_en="Another?", purpose="feedback")
    client.post(address(date, "draw/preview/"))
    pages = {"": 13, "draw/": 11, "questions/": 7, f"places/{date.pools.get().pk}/lowering/?capacity=0": 8}
    for rest, number in pages.items():
        client.get(address(date, rest))
        with django_assert_num_queries(number):
            assert client.get(address(date, rest)).status_code == 200


def test_a_public_date_that_cannot_be_booked_is_a_next_step(seminar: Seminar) -> None:
    date = factories.SeminarDateFactory(seminar=seminar)
    found = prepared(Seminar.objects.all()).get()
    words = [step.words for step in next_steps(found)]
    assert any(each.startswith("Booking is not set up") for each in words)

    bookable(1, seminar=seminar)
    date.delete()
    found = prepared(Seminar.objects.all()).get()
    assert not any(step.words.startswith("Booking is not set up") for step in next_steps(found))
