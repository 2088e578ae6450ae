"""Who may do what in which state, as one table; and what each verb leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from learning.models import Facet, WriteUp
from learning.workflow import IncompleteError, NotNowError
from people.models import AuditEvent, Member

pytestmark = pytest.mark.django_db
VERBS: dict[str, Callable[[WriteUp, Any], None]] = {
    "submit": lambda w, by: w.submit(by=by),
    "take back": lambda w, by: w.take_back(by=by),
    "ask": lambda w, by: w.ask_for_changes(by=by, note="More about what did not work"),
    "publish": lambda w, by: w.publish(by=by),
    "schedule": lambda w, by: w.publish(by=by, on=timezone.now() + timedelta(days=2)),
    "unschedule": lambda w, by: w.unschedule(by=by),
    "withdraw": lambda w, by: w.withdraw(by=by, reason_en="Superseded"),
    "reinstate": lambda w, by: w.reinstate(by=by),
}
# state -> verb -> the state that follows; every other pair is refused in words.
ALLOWED = {
    "draft": {"submit": "in review"},
    "changes asked": {"submit": "in review"},
    "in review": {
        "take back": "draft",
        "ask": "changes asked",
        "publish": "published",
        "schedule": "in review",
        "unschedule": "in review",
    },
    "published": {"withdraw": "withdrawn"},
    "withdrawn": {"reinstate": "published"},
}
WRITERS_VERBS = {"submit", "take back"}
MAY = {
    "member": WRITERS_VERBS,
    "colleague": set(),
    "outsider": set(),
    "councillor": set(),
    "editor": set(VERBS),
    "organiser": set(VERBS),
    "staff": set(VERBS),
}


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ALLOWED)
def test_state_verb_role(state: str, verb: str, role: str, make: Any, request: pytest.FixtureRequest) -> None:
    write_up, by = make(state), request.getfixturevalue(role)

    if verb not in MAY[role]:
        expected, after = PermissionDenied, state
    elif verb not in ALLOWED[state]:
        expected, after = NotNowError, state
    else:
        expected, after = None, ALLOWED[state][verb]
    if expected:
        with pytest.raises(expected):
            VERBS[verb](write_up, by)
    else:
        VERBS[verb](write_up, by)

    assert WriteUp.objects.get(pk=write_up.pk).state == after
    assert AuditEvent.objects.count() == (0 if expected else 1)


def test_publish_files_and_withdraw_takes_out(make: Any, editor: Member) -> None:
    write_up = make("in review")
    write_up.publish(by=editor)
    assert Facet.objects.filter(write_up=write_up).exists()

    write_up.withdraw(by=editor, reason_cy="Mae’n hen")

    assert not Facet.objects.filter(write_up=write_up).exists()
    assert write_up.tr("withdrawn_reason") == "Mae’n hen"


def test_publish_twice_is_told_so_in_words(make: Any, editor: Member, organiser: Member) -> None:
    one = make("in review")
    other = WriteUp.objects.get(pk=one.pk)
    one.publish(by=editor)

    with pytest.raises(NotNowError, match="already published"):
        other.publish(by=organiser)

    assert AuditEvent.objects.filter(verb="write-up published").count() == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda w: WriteUp.objects.filter(pk=w.pk).update(summary_en="", summary_cy=""), "a summary"),
        (lambda w: w.lessons.all().delete(), "at least one lesson"),
        (lambda w: w.authors.all().delete(), "an author"),
        (lambda w: w.themes.clear(), "a theme"),
    ],
)
def test_publish_needs_everything(make: Any, editor: Member, spoil: Any, said: str) -> None:
    write_up = make("in review")
    spoil(write_up)
    write_up = WriteUp.objects.get(pk=write_up.pk)

    with pytest.raises(IncompleteError, match=said):
        write_up.publish(by=editor)

    assert WriteUp.objects.get(pk=write_up.pk).state == "in review"
    assert not AuditEvent.objects.exists()


def test_withdraw_needs_a_reason(make: Any, editor: Member) -> None:
    write_up = make("published")

    with pytest.raises(NotNowError):
        write_up.withdraw(by=editor, reason_en="  ")

    assert WriteUp.objects.get(pk=write_up.pk).is_published


def test_publish_sets_a_review_date_a_year_on(make: Any, editor: Member) -> None:
    write_up = make("in review")
    write_up.publish(by=editor)

    assert write_up.review_on == (timezone.now() + timedelta(days=365)).date()


def test_submitted_letter_goes_to_the_editors_in_their_language(
    make: Any, member: Member, editor: Member, outsider: Member, django_capture_on_commit_callbacks: Any
) -> None:
    Member.objects.filter(pk=editor.pk).update(language="cy")
    write_up = make(title_en="Start small", title_cy="Dechrau’n fach")

    with django_capture_on_commit_callbacks(execute=True):
        write_up.submit(by=member)

    assert [letter.to for letter in mail.outbox] == [["elen@gwynedd.example"]]
    assert "Dechrau’n fach" in mail.outbox[0].subject
    assert f"/cy/dysgu/adolygu/{write_up.slug}/" in mail.outbox[0].body


def test_changes_letter_goes_to_the_writers_with_the_note(
    make: Any, editor: Member, django_capture_on_commit_callbacks: Any
) -> None:
    write_up = make("in review")

    with django_capture_on_commit_callbacks(execute=True):
        write_up.ask_for_changes(by=editor, note="Say what <it> cost & why")

    assert [letter.to for letter in mail.outbox] == [["mair@gwynedd.example"]]
    assert "Say what <it> cost & why" in mail.outbox[0].body
