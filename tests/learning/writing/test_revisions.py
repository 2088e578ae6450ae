from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from learning import comparing, editing, revisions
from learning.models import WriteUp
from people.models import Member
from tests.learning.writing.conftest import address, hidden
from themes.models import Tag

pytestmark = pytest.mark.django_db


def save(write_up: WriteUp, by: Member, text: str, comment: str = "saved") -> None:
    def apply(fresh: WriteUp) -> None:
        fresh.body_en = text
        fresh.save()

    editing.change(write_up, by, apply, comment=comment)


def kinds(write_up: WriteUp) -> list[str]:
    return [revisions.what(one) for one in revisions.of(write_up)]


def test_autosaves_of_ten_minutes_are_one_revision(draft: WriteUp, member: Member) -> None:
    start = timezone.now()
    for minute in (0, 4, 8, 12):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            save(draft, member, f"after {minute}", "autosaved")

    assert kinds(draft) == ["autosaved", "autosaved"]
    assert [revisions.snapshot(one).fields["body_en"] for one in revisions.of(draft)] == [
        "after 12",
        "after 8",
    ]


def test_autosaves_of_two_people_stay_apart(draft: WriteUp, member: Member, editor: Member) -> None:
    save(draft, member, "mine", "autosaved")
    save(draft, editor, "theirs", "autosaved")

    assert kinds(draft) == ["autosaved", "autosaved"]


def test_saving_on_purpose_stands_for_the_autosaves_before_it(draft: WriteUp, member: Member) -> None:
    save(draft, member, "draft of it", "autosaved")
    save(draft, member, "done")
    save(draft, member, "done again")

    assert kinds(draft) == ["saved", "saved"]


def test_snapshot_holds_lessons_authors_tags_and_themes(draft: WriteUp, member: Member) -> None:
    draft.tags.set(Tag.named(["Gŵyl", "digital"]))
    save(draft, member, "x")

    taken = revisions.snapshot(revisions.of(draft)[0])

    assert [lesson["title_cy"] for lesson in taken.lessons] == ["Dechrau’n fach"]
    assert [author["name"] for author in taken.authors] == ["Mair Officer"]
    assert taken.tags == ["Gŵyl", "digital"]
    assert taken.themes == [theme.pk for theme in draft.themes.all()]
    assert comparing.changes(taken, revisions.now(WriteUp.objects.get(pk=draft.pk))) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("start small", "start very small", "start <ins>very </ins>small"),
        ("a <b> c", "a <i> c", "a &lt;<del>b</del><ins>i</ins>&gt; c"),
        ("", "<script>", "<ins>&lt;script&gt;</ins>"),
        ("tŷ bach", "tŷ mawr", "tŷ <del>bach</del><ins>mawr</ins>"),
        ("one\r\ntwo", "one\ntwo", "one<br>two"),
    ],
)
def test_comparison_is_by_word_and_safe(was: str, now: str, expected: str) -> None:
    assert comparing.compared(was, now) == expected


def test_comparison_of_two_long_texts_takes_no_square_of_time() -> None:
    was = "\n".join(f"line {n} of many words" for n in range(3000))
    now = was.replace("line 7 ", "line seven ")

    assert "seven" in comparing.compared(was, now)


def test_restore_brings_text_lessons_and_tags_back_as_a_new_revision(
    member_client: Client, draft: WriteUp, member: Member
) -> None:
    draft.tags.set(Tag.named(["digital"]))
    save(draft, member, "The first text")
    first = revisions.of(draft)[0]
    lesson = draft.lessons.get()
    save(draft, member, "The second text")
    editing.remove_lesson(draft, member, lesson.pk)
    draft.tags.clear()

    to = address("write-revision-restoration", draft.slug, first.pk)
    assert "The <del>second</del><ins>first</ins> text" in member_client.get(to).content.decode()
    member_client.post(to)

    draft.refresh_from_db()
    assert draft.body_en == "The first text"
    assert [(one.pk, one.position, one.title_en) for one in draft.lessons.all()] == [
        (lesson.pk, 1, "Start small")
    ]
    assert list(draft.tags.names()) == ["digital"]
    assert [author.name for author in draft.authors.all()] == ["Mair Officer"]
    assert kinds(draft)[0] == "restored"
    assert draft.state == "draft"


def test_revision_page_shows_what_changed_in_both_languages(
    member_client: Client, draft: WriteUp, member: Member
) -> None:
    save(draft, member, "before")
    to = address("write-story", draft.slug)
    opened = hidden(member_client.get(to))
    member_client.post(to, {"body_en": "after", "body_cy": "wedyn", "opened": opened})
    newest = revisions.of(draft)[0]

    page = member_client.get(address("write-revision", draft.slug, newest.pk)).content.decode()

    assert "<del>before</del><ins>after</ins>" in page
    assert '<div class="compared" lang="cy"><ins>wedyn</ins></div>' in page


def test_revision_of_another_write_up_is_not_found(
    member_client: Client, draft: WriteUp, make: Any, member: Member
) -> None:
    other = make()
    save(other, member, "secret")

    assert (
        member_client.get(address("write-revision", draft.slug, revisions.of(other)[0].pk)).status_code == 404
    )
