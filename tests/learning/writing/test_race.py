"""Two people at the same moment, with real threads: one saves, the other is told."""

from collections.abc import Callable
from typing import Any

import pytest

from learning import editing
from learning.forms.parts import StoryForm
from learning.models import WriteUp
from learning.workflow import NotNowError
from people.models import AuditEvent, Member
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def saving(write_up: WriteUp, by: Member, text: str, guarded: bool = True) -> Callable[[], str]:
    opened = StoryForm.digest_of(write_up, by)

    def job() -> str:
        form = StoryForm(
            {"body_en": text, "body_cy": ""}, instance=WriteUp.objects.get(pk=write_up.pk), member=by
        )
        assert form.is_valid()

        def same(fresh: WriteUp) -> bool:
            return not guarded or StoryForm.digest_of(fresh, by) == opened

        try:
            editing.change(write_up, by, lambda fresh: form.save_part(), still_as_opened=same)
        except editing.ConflictError:
            return "refused"
        return "saved"

    return job


def test_two_authors_saving_at_once_one_is_refused(draft: WriteUp, member: Member, editor: Member) -> None:
    for turn in range(5):
        draft.refresh_from_db()
        results = at_once(saving(draft, member, f"mine {turn}"), saving(draft, editor, f"theirs {turn}"))

        assert sorted(results) == ["refused", "saved"]


def test_without_the_guard_the_second_overwrites(draft: WriteUp, member: Member, editor: Member) -> None:
    results = at_once(
        saving(draft, member, "mine", guarded=False), saving(draft, editor, "theirs", guarded=False)
    )

    assert results == ["saved", "saved"]


def test_two_editors_publishing_at_once_publish_once(make: Any, editor: Member, organiser: Member) -> None:
    write_up = make("in review")

    def publishing(by: Member) -> Callable[[], str]:
        def job() -> str:
            try:
                WriteUp.objects.get(pk=write_up.pk).publish(by=by)
            except NotNowError:
                return "told"
            return "published"

        return job

    assert sorted(at_once(publishing(editor), publishing(organiser))) == ["published", "told"]
    assert AuditEvent.objects.filter(verb="write-up published").count() == 1


def test_lessons_ordered_at_once_keep_their_numbers(make: Any, member: Member, editor: Member) -> None:
    write_up = make()
    for _n in range(4):
        factories.LessonFactory(write_up=write_up)
    there = list(write_up.lessons.values_list("pk", flat=True))

    def ordering(by: Member, order: list[int]) -> Callable[[], str]:
        return lambda: str(editing.order_lessons(write_up, by, order) and "done")

    assert at_once(ordering(member, there[::-1]), ordering(editor, there[2:] + there[:2])) == ["done", "done"]
    assert list(write_up.lessons.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
