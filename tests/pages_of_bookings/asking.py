from typing import Any

from bookings import asking
from bookings.models import Question, QuestionBoard
from tests.pages import ALL_OK, Page
from tests.pages_of_bookings.day import today
from tests.pages_of_bookings.world import FULL, booking, date, of_date, token

OPEN, DONE = "302 403 200 403 200", "302 403 302 403 302"
LED_ON = "302 302 302 302 302"


def a_question() -> Question:
    return Question.objects.filter(seminar_date=date(*FULL)).order_by("pk")[0]


def voting() -> dict[str, Any]:
    today()
    return {"token": booking("confirmed").token, "pk": a_question().pk}


def moderating() -> dict[str, Any]:
    return {**of_date()(), "pk": a_question().pk}


def by_key() -> dict[str, Any]:
    found = date(*FULL)
    QuestionBoard.objects.get_or_create(seminar_date=found)
    return {"uuid": found.uuid, "key": asking.key_of(found)}


def by_wrong_key() -> dict[str, Any]:
    return {**by_key(), "key": "wrong"}


def page(name: str, who: str, kwargs: Any, **more: Any) -> Page:
    return Page(f"bookings:{name}", who, kwargs, **more)


PAGES: list[Page] = [
    page("questions", ALL_OK, token("confirmed")),
    page("questions", "404 404 404 404 404", token("waiting")),
    page("questions", "404 404 404 404 404", {"token": "unknown"}),
    page("question-list", ALL_OK, token("confirmed"), html=False),
    page("question-vote", LED_ON, voting, method="post", html=False),
    page("question-vote-withdrawal", LED_ON, voting, method="post", html=False),
    page("questions-screen", ALL_OK, by_key),
    page("questions-screen", "404 404 404 404 404", by_wrong_key),
    page("questions-screen-list", ALL_OK, by_key, html=False),
    page("questions-number", ALL_OK, by_key, html=False),
    page("questions-number", "404 404 404 404 404", by_wrong_key, html=False),
    page("organise-questions", OPEN, of_date()),
    page("question-showing", DONE, moderating, method="post", html=False),
    page("question-answer", DONE, moderating, method="post", html=False),
    page("question-hiding", DONE, moderating, method="post", html=False),
]
