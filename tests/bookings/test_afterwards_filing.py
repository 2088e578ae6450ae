"""What people wrote, put under headings by hand: by several organisers at once, and read heading by heading."""

import re
from typing import Any

import pytest
from django.test import Client

from bookings.models import Feedback, FeedbackTheme
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.been import came, of_date, thought
from tests.factories import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def date() -> SeminarDate:
    return came(3)[0].seminar_date


@pytest.fixture
def desk(date: SeminarDate, client_of: Any) -> Client:
    return client_of(member_of(date.seminar.organisation, "organiser"))


@pytest.fixture
def room(date: SeminarDate) -> FeedbackTheme:
    return FeedbackTheme.objects.create(seminar=date.seminar, name="The room")


@pytest.fixture
def time(date: SeminarDate) -> FeedbackTheme:
    return FeedbackTheme.objects.create(seminar=date.seminar, name="Time")


class Form:
    """The page as somebody has opened it, in which they tick and save."""

    def __init__(self, desk: Client, date: SeminarDate, query: str = "") -> None:
        self.desk, self.address = desk, of_date("feedback-comments", date) + query
        html = desk.get(self.address).content.decode()
        self.data: dict[str, Any] = dict(re.findall(r'name="(shown-\d+)" value="([\d ]*)"', html))
        for name, value in re.findall(r'name="(answer-\d+)" value="(\d+)" checked', html):
            self.data.setdefault(name, []).append(value)

    def tick(self, answer: Feedback, *headings: FeedbackTheme) -> "Form":
        self.data[f"answer-{answer.pk}"] = [str(heading.pk) for heading in headings]
        return self

    def save(self) -> str:
        return self.desk.post(self.address, self.data, follow=True).content.decode()


def filed(answer: Feedback) -> set[str]:
    return {heading.name for heading in answer.themes.all()}


def test_two_who_file_one_page_at_once_lose_nothing_of_one_another(
    date: SeminarDate, desk: Client, room: FeedbackTheme, time: FeedbackTheme
) -> None:
    cold, short, both = thought(date, 5, 4, 3, comment="It was cold")
    both.themes.set([room, time])
    first, second = Form(desk, date), Form(desk, date)

    said = first.tick(cold, room).tick(both, time).save()
    assert "3 answers" not in said
    assert "2 answers of this page are under headings" in said
    assert "Somebody else" not in said
    said = second.tick(cold, time).tick(short, time).save()

    assert (filed(cold), filed(short), filed(both)) == ({"The room", "Time"}, {"Time"}, {"Time"})
    assert "Somebody else filed 2 of these answers since you opened the page" in said


def test_a_heading_taken_off_stays_off_when_an_older_page_is_saved(
    date: SeminarDate, desk: Client, room: FeedbackTheme
) -> None:
    [answer] = thought(date, 5, comment="It was cold")
    answer.themes.add(room)
    old = Form(desk, date)
    Form(desk, date).tick(answer).save()

    old.save()

    assert filed(answer) == set()


def test_a_page_sent_twice_says_nothing_of_somebody_else(
    date: SeminarDate, desk: Client, room: FeedbackTheme
) -> None:
    [answer] = thought(date, 5, comment="It was cold")
    form = Form(desk, date).tick(answer, room)
    form.save()

    assert "Somebody else" not in form.save()
    assert filed(answer) == {"The room"}


def test_answers_that_came_in_meanwhile_push_none_off_the_form(
    date: SeminarDate, desk: Client, room: FeedbackTheme
) -> None:
    """They stand first: what was on the first page is on the second by now, and is filed all the same."""
    [answer] = thought(date, 1, comment="It was cold")
    form = Form(desk, date).tick(answer, room)
    thought(date, *[5] * 20, comment="It was warm")

    form.save()

    assert filed(answer) == {"The room"}


def test_headings_removed_meanwhile_and_those_of_others_are_left_out(
    date: SeminarDate, desk: Client, room: FeedbackTheme, time: FeedbackTheme
) -> None:
    [answer] = thought(date, 5, comment="It was cold")
    [strange] = thought(came(1)[0].seminar_date, 5, comment="Elsewhere")
    theirs = FeedbackTheme.objects.create(seminar=factories.SeminarFactory(), name="Theirs")
    form = Form(desk, date).tick(answer, room, time, theirs).tick(strange, room)
    form.data |= {f"shown-{strange.pk}": "", "shown-x": "1", f"shown-{'9' * 30}": "1", "answer-": "x"}
    desk.post(of_date("feedback-heading-removal", date, room.pk))

    form.save()

    assert (filed(answer), filed(strange)) == ({"Time"}, set())


def test_what_is_under_a_heading_and_under_none_is_read_by_itself(
    date: SeminarDate, desk: Client, room: FeedbackTheme
) -> None:
    cold, short = thought(date, 5, 4, comment="It was cold")
    Feedback.objects.filter(pk=short.pk).update(comment="It was short")
    cold.themes.add(room)
    comments = of_date("feedback-comments", date)

    under, none, every = (
        desk.get(f"{comments}?heading={which}").content.decode() for which in (room.pk, "none", "nonsense")
    )

    assert f'href="?heading={room.pk}" aria-current="true"' in under
    assert ("It was cold" in under, "It was short" in under) == (True, False)
    assert ("It was cold" in none, "It was short" in none) == (False, True)
    assert ("It was cold" in every, "It was short" in every) == (True, True)
    assert f"{comments}?heading={room.pk}" in desk.get(of_date("organise-feedback", date)).content.decode()
    said = Form(desk, date, "?heading=none").tick(short, room).save()
    assert "Everything is under a heading" in said
    assert "Nothing is under this heading" not in said
