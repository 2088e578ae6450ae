from typing import Any

import pytest
from django.test import Client

from learning.models import Lesson, WriteUp
from tests import factories
from tests.learning.writing.conftest import address, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(draft: WriteUp) -> list[int]:
    for _n in range(3):
        factories.LessonFactory(write_up=draft)
    return list(draft.lessons.values_list("pk", flat=True))


def order_of(write_up: WriteUp) -> list[int]:
    assert [lesson.position for lesson in write_up.lessons.all()] == list(
        range(1, write_up.lessons.count() + 1)
    )
    return list(write_up.lessons.values_list("pk", flat=True))


def test_add_puts_a_lesson_last_with_its_themes(member_client: Client, draft: WriteUp) -> None:
    theme = factories.ThemeFactory()
    member_client.post(address("write-lesson-new", draft.slug), {"title_cy": "Rhannu", "themes": [theme.pk]})

    added = draft.lessons.get(position=2)
    assert (added.title_cy, added.title_en) == ("Rhannu", "")
    assert list(added.themes.all()) == [theme]
    assert "rhannu" in WriteUp.objects.get(pk=draft.pk).folded


def test_add_without_a_title_is_refused_in_words(member_client: Client, draft: WriteUp) -> None:
    page = member_client.post(address("write-lesson-new", draft.slug), {"body_en": "Only more"})

    assert ": fill this in, in Welsh or in English" in page.content.decode()
    assert "Only more" in page.content.decode()


@pytest.mark.parametrize(
    ("move", "expected"), [("up:2", [0, 2, 1, 3]), ("down:0", [1, 0, 2, 3]), ("up:0", [0, 1, 2, 3])]
)
def test_move_by_a_button(
    member_client: Client, draft: WriteUp, four: list[int], move: str, expected: list[int]
) -> None:
    verb, index = move.split(":")
    member_client.post(address("write-lesson-order", draft.slug), {"move": f"{verb}:{four[int(index)]}"})

    assert order_of(draft) == [four[index] for index in expected]


def test_order_by_dragging_ignores_what_is_not_there(
    member_client: Client, draft: WriteUp, four: list[int]
) -> None:
    answer = member_client.post(
        address("write-lesson-order", draft.slug),
        {"order": [four[3], "999999", "nonsense", four[0], four[3]]},
        headers={"X-Requested-With": "fetch"},
    )

    assert answer.json() == {"order": [four[3], four[0], four[1], four[2]]}
    assert order_of(draft) == [four[3], four[0], four[1], four[2]]


def test_remove_asks_first_and_closes_the_gap(member_client: Client, draft: WriteUp, four: list[int]) -> None:
    to = address("write-lesson-removal", draft.slug, four[1])

    assert member_client.get(to).status_code == 200
    assert order_of(draft) == four
    member_client.post(to)

    assert order_of(draft) == [four[0], four[2], four[3]]


def test_lesson_removed_while_it_was_written_shows_the_text_back(
    client_of: Any, editor: Any, member_client: Client, draft: WriteUp, four: list[int]
) -> None:
    to = address("write-lesson", draft.slug, four[1])
    opened = hidden(member_client.get(to))
    client_of(editor).post(address("write-lesson-removal", draft.slug, four[1]))

    answer = member_client.post(to, {"title_en": "My fine lesson", "opened": opened})

    assert answer.status_code == 403
    assert "My fine lesson" in answer.content.decode()


def test_lesson_of_another_write_up_is_not_found(member_client: Client, draft: WriteUp, make: Any) -> None:
    other = Lesson.objects.get(write_up=make())

    assert member_client.get(address("write-lesson", draft.slug, other.pk)).status_code == 404
