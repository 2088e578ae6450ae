from typing import Any

import pytest
from django.test import Client

from learning.models import Keep, Lesson, WriteUp
from people.models import Member
from tests import factories
from tests.learning.reading.conftest import Publish
from tests.races import at_once

pytestmark = pytest.mark.django_db


def test_keeping_twice_counts_once_and_letting_go_too(
    client_of: Any, member: Member, publish: Publish
) -> None:
    publish(slug="bins")
    client = client_of(member)

    for _click in range(2):
        assert client.post("/en/learning/bins/lessons/1/keeping/").status_code == 302
    assert Lesson.objects.get().kept == Keep.objects.count() == 1

    for _click in range(2):
        assert client.post("/en/learning/bins/lessons/1/removal/").status_code == 302
    assert Lesson.objects.get().kept == Keep.objects.count() == 0


def test_keeping_asks_to_sign_in_and_is_posted(
    client: Client, client_of: Any, member: Member, publish: Publish
) -> None:
    publish(slug="bins")

    refused = client.post("/en/learning/bins/lessons/1/keeping/")

    assert refused.status_code == 302
    assert "login" in refused["Location"]
    assert client_of(member).get("/en/learning/bins/lessons/1/keeping/").status_code == 405
    assert not Keep.objects.exists()


def test_a_draft_is_not_kept(client_of: Any, member: Member, outsider: Member) -> None:
    draft = factories.WriteUpFactory(slug="draft", created_by=member)
    factories.LessonFactory(write_up=draft)

    assert client_of(member).post("/en/learning/draft/lessons/1/keeping/").status_code == 403
    assert client_of(outsider).post("/en/learning/draft/lessons/1/keeping/").status_code == 404
    assert not Keep.objects.exists()


def test_keeping_goes_back_to_where_it_was_asked_and_nowhere_else(
    client_of: Any, member: Member, publish: Publish
) -> None:
    publish(slug="bins")
    address = "/en/learning/bins/lessons/1/keeping/"

    assert client_of(member).post(address, {"next": "/en/learning/bins/"})["Location"] == "/en/learning/bins/"
    away = client_of(member).post(address, {"next": "https://evil.example/"})
    assert away["Location"] == "/en/learning/bins/lessons/1/"


def test_the_shelf_is_private(
    client: Client, client_of: Any, member: Member, outsider: Member, publish: Publish
) -> None:
    lesson = publish().lessons.get()
    lesson.keep(member)

    mine = client_of(member).get("/en/learning/shelf/")

    assert lesson.title_en in mine.content.decode()
    assert "no-store" in mine["Cache-Control"]
    assert lesson.title_en not in client_of(outsider).get("/en/learning/shelf/").content.decode()
    assert client.get("/en/learning/shelf/").status_code == 302


def test_a_withdrawn_lesson_on_the_shelf_says_nothing_but_can_go(
    client_of: Any, member: Member, publish: Publish
) -> None:
    lesson = publish(slug="bins").lessons.get()
    lesson.keep(member)
    WriteUp.objects.update(state="withdrawn", withdrawn_reason_en="Old")
    client = client_of(member)

    shown = client.get("/en/learning/shelf/").content.decode()

    assert "no longer public" in shown
    assert lesson.title_en not in shown
    client.post("/en/learning/bins/lessons/1/removal/", {"next": "/en/learning/shelf/"})
    assert not Keep.objects.exists()


def test_the_shelf_costs_the_same_with_one_and_with_twenty(
    client_of: Any, member: Member, publish: Publish, django_assert_num_queries: Any
) -> None:
    client = client_of(member)
    lessons = list(publish(lessons=20).lessons.all())
    for wanted in (lessons[:1], lessons):
        for lesson in wanted:
            lesson.keep(member)
        with django_assert_num_queries(4):
            client.get("/en/learning/shelf/")


@pytest.mark.django_db(transaction=True)
def test_keeping_at_once_counts_every_member_once() -> None:
    lesson = factories.LessonFactory()
    members = [factories.MemberFactory() for _number in range(4)]

    given = at_once(*(lambda member=member: lesson.keep(member) for member in members * 2))

    assert sorted(given) == [False] * 4 + [True] * 4
    assert Lesson.objects.get().kept == Keep.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_letting_go_at_once_counts_down_once() -> None:
    lesson, member = factories.LessonFactory(), factories.MemberFactory()
    lesson.keep(member)
    lesson.keep(factories.MemberFactory())

    given = at_once(*(lambda: lesson.let_go(member) for _click in range(4)))

    assert sorted(given) == [False, False, False, True]
    assert Lesson.objects.get().kept == Keep.objects.count() == 1
