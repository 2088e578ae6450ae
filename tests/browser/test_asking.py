"""Questions on the day: the screen of the hall, a delegate's page and the organisers' page keep themselves fresh."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bookings import asking
from bookings.models import Booking, Question
from people.models import Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def today(booking: Booking) -> Booking:
    """As it is now: its date was moved to this day after it was booked."""
    return Booking.objects.select_related("seminar_date__booking_rules").get(pk=booking.pk)


def ask(booking: Booking, text: str) -> Question:
    return asking.ask(today(booking), text)


def show(question: Question) -> None:
    asking.settle(question, Question.State.SHOWN, by=None)
    question.refresh_from_db()


def look_now(page: Page) -> None:
    """What the page does every five seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_votes_and_questions_come_by_themselves(people: list[Booking], new_page: Callable[..., Page]) -> None:
    first, second = (ask(people[0], text) for text in ("What did it cost?", "Who paid?"))
    show(first)
    date = people[0].seminar_date
    hall = new_page(width=1920)
    hall.goto(reverse("bookings:questions-screen", args=[date.uuid, asking.key_of(date)]))
    delegate = new_page(width=320)
    delegate.goto(reverse("bookings:questions", args=[people[1].token]))
    expect(hall.locator(".votes")).to_have_text("0 votes")

    delegate.get_by_role("button", name="I want to know, too").click()
    expect(delegate.get_by_role("button", name="Take my vote back")).to_be_visible()
    look_now(hall)
    expect(hall.locator(".votes")).to_have_text("1 vote")

    show(second)
    for page in (hall, delegate):
        look_now(page)
        expect(page.locator(".question-text")).to_have_text(["What did it cost?", "Who paid?"])
    expect(delegate.locator("#questions-said")).to_have_text("The questions have changed.")
    for booking in people[1:]:
        asking.vote(today(booking), second)
    look_now(hall)
    expect(hall.locator(".question-text")).to_have_text(["Who paid?", "What did it cost?"])
    assert hall.problems == delegate.problems == []  # type: ignore[attr-defined]


def test_organiser_hears_of_questions_and_not_of_each_vote(
    people: list[Booking], new_page: Callable[..., Page], staff: Member
) -> None:
    date = people[0].seminar_date
    page = new_page(staff)
    page.goto(reverse("bookings:organise-questions", args=[date.seminar.slug, date.slug]))
    news = page.get_by_text("There is something new: look again")
    look_now(page)
    assert page.problems == []  # type: ignore[attr-defined]

    question = ask(people[0], "What did it cost?")
    look_now(page)
    expect(news).to_be_visible()
    news.click()
    page.get_by_role("button", name="Show What did it cost?").click()
    asking.vote(today(people[1]), Question.objects.get(pk=question.pk))
    for _each in range(10):
        with page.expect_response(lambda answer: "number" in answer.url) as answered:
            look_now(page)
        votes = answered.value.json()["votes"]
        if votes == [[question.pk, 1, "vote"]]:
            break
        page.wait_for_timeout(300)  # Answers are a second old at most.
    assert votes == [[question.pk, 1, "vote"]]
    expect(news).to_be_hidden()
