"""The way of a write-up from draft to published and back: states, verbs, and who may use which.

Every verb is one UPDATE that names the states it starts from, so that a double click or two editors cannot do a
thing twice: the second finds no row, and is told in words what has already happened.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import AuditEvent

if TYPE_CHECKING:
    from learning.models import WriteUp

ASK_AGAIN_AFTER = timedelta(days=365)  # "is this still running?", where nobody chose a date


class State(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in review", gettext_lazy("In review")
    CHANGES_ASKED = "changes asked", gettext_lazy("Changes asked for")
    PUBLISHED = "published", gettext_lazy("Published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class Move(NamedTuple):
    sources: frozenset[str]
    target: str
    by_writers: bool = False


MOVES = {
    "submit": Move(frozenset({State.DRAFT, State.CHANGES_ASKED}), State.IN_REVIEW, by_writers=True),
    "take_back": Move(frozenset({State.IN_REVIEW}), State.DRAFT, by_writers=True),
    "ask_for_changes": Move(frozenset({State.IN_REVIEW}), State.CHANGES_ASKED),
    "schedule": Move(frozenset({State.IN_REVIEW}), State.IN_REVIEW),
    "unschedule": Move(frozenset({State.IN_REVIEW}), State.IN_REVIEW),
    "publish": Move(frozenset({State.IN_REVIEW}), State.PUBLISHED),
    "withdraw": Move(frozenset({State.PUBLISHED}), State.WITHDRAWN),
    "reinstate": Move(frozenset({State.WITHDRAWN}), State.PUBLISHED),
}
AUDITED = {
    "submit": "submitted",
    "take_back": "taken back",
    "ask_for_changes": "changes asked for",
    "schedule": "scheduled",
    "unschedule": "schedule cancelled",
    "publish": "published",
    "withdraw": "withdrawn",
    "reinstate": "reinstated",
}


class NotNowError(Exception):
    """What a verb refuses, in words for the person who tried it."""


class IncompleteError(NotNowError):
    """Publishing needs more; `missing` lists (words, name of the group of pages where it is filled in)."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        self.missing = missing
        super().__init__(
            _("Something is still missing: %(what)s") % {"what": "; ".join(w for w, _g in missing)}
        )


def said_of(state: str) -> str:
    """Why a verb does nothing any more."""
    return {
        State.DRAFT: _("This write-up is a draft now"),
        State.IN_REVIEW: _("This write-up is already in review"),
        State.CHANGES_ASKED: _("Changes have already been asked for"),
        State.PUBLISHED: _("This write-up is already published"),
        State.WITHDRAWN: _("This write-up is already withdrawn"),
    }[State(state)]


class Workflow:
    """The verbs of `WriteUp`. Each checks who, changes the state, files, notes it in the audit trail and tells people."""

    if TYPE_CHECKING:
        pk: int
        state: str
        publish_on: datetime | None

    def may(self, verb: str, member: Any) -> bool:
        """Whether the member's role allows the verb at all; whether the state does is found when it is tried."""
        write_up: Any = self
        if write_up.can_be_reviewed_by(member):
            return True
        return MOVES[verb].by_writers and write_up.is_written_by(member)

    def can_be_submitted_by(self, member: Any) -> bool:
        return self.may("submit", member)

    def can_be_taken_back_by(self, member: Any) -> bool:
        return self.may("take_back", member)

    def can_be_published_by(self, member: Any) -> bool:
        return self.may("publish", member)

    def can_be_withdrawn_by(self, member: Any) -> bool:
        return self.may("withdraw", member)

    @property
    def is_scheduled(self) -> bool:
        return self.state == State.IN_REVIEW and self.publish_on is not None

    def missing(self) -> list[tuple[str, str]]:
        """What publishing still needs: (words, group of the editing pages)."""
        write_up: Any = self
        themed = write_up.themes.exists() or any(lesson.themes.exists() for lesson in write_up.lessons.all())
        needs = [
            (write_up.tr("title").strip(), _("a title"), "about"),
            (write_up.tr("summary").strip(), _("a summary"), "about"),
            (write_up.lessons.exists(), _("at least one lesson"), "lessons"),
            (write_up.authors.exists(), _("an author"), "authors"),
            (themed, _("a theme"), "filing"),
        ]
        return [(words, group) for has, words, group in needs if not has]

    def submit(self, by: Any) -> None:
        with transaction.atomic():
            self._move("submit", by, submitted_at=timezone.now(), submitted_by=by, publish_on=None)
            self._need_everything()
            self._keep_revision(by, "submitted")
        self._tell("submitted", by)

    def take_back(self, by: Any) -> None:
        self._move("take_back", by, publish_on=None)

    def ask_for_changes(self, by: Any, note: str) -> None:
        self._move("ask_for_changes", by, review_note=note.strip(), publish_on=None)
        self._tell("changes", by)

    def publish(self, by: Any, on: datetime | None = None) -> None:
        """Now, or at a time to come: `manage.py tick` then publishes it, as nobody (`by` is None)."""
        now = timezone.now()
        if on is not None and on > now:
            self.schedule(by, on)
            return
        guard = {"publish_on__lte": now} if by is None else {}
        review_on = models.functions.Coalesce("review_on", models.Value((now + ASK_AGAIN_AFTER).date()))
        with transaction.atomic():
            self._move(
                "publish", by, guard, published_at=now, publish_on=None, review_note="", review_on=review_on
            )
            self._need_everything()
            self._keep_revision(by, "published")
        self._tell("published", by)

    def schedule(self, by: Any, on: datetime) -> None:
        with transaction.atomic():
            self._move("schedule", by, publish_on=on)
            self._need_everything()

    def unschedule(self, by: Any) -> None:
        self._move("unschedule", by, publish_on=None)

    def withdraw(self, by: Any, reason_en: str = "", reason_cy: str = "") -> None:
        if not (reason_en.strip() or reason_cy.strip()):
            raise NotNowError(_("Say why it is withdrawn, in Welsh or in English"))
        self._move(
            "withdraw",
            by,
            withdrawn_at=timezone.now(),
            withdrawn_reason_en=reason_en.strip(),
            withdrawn_reason_cy=reason_cy.strip(),
        )
        self._tell("withdrawn", by)

    def reinstate(self, by: Any) -> None:
        with transaction.atomic():
            self._move("reinstate", by, withdrawn_at=None, withdrawn_reason_en="", withdrawn_reason_cy="")
            self._need_everything()
        self._tell("published", by)

    def _move(self, verb: str, by: Any, guard: dict[str, Any] | None = None, **changes: Any) -> None:
        if not (by is None and verb == "publish") and not self.may(verb, by):
            raise PermissionDenied
        write_up: Any = self
        move = MOVES[verb]
        with transaction.atomic():
            rows = type(write_up).objects.filter(pk=self.pk, state__in=move.sources, **(guard or {}))
            moved = rows.update(state=move.target, updated_at=timezone.now(), **changes)
            write_up.refresh_from_db(fields=["state", "updated_at", *changes])
            if not moved:
                raise NotNowError(said_of(self.state))
            AuditEvent.record(by, f"write-up {AUDITED[verb]}", write_up)
            refile(write_up)

    def _need_everything(self) -> None:
        """After the move and in its transaction, when the row is locked: raising undoes the move."""
        if missing := self.missing():
            raise IncompleteError(missing)

    def _keep_revision(self, by: Any, comment: str) -> None:
        from learning import revisions

        revisions.record(self, by, comment)  # type: ignore[arg-type]

    def _tell(self, what: str, by: Any) -> None:
        from learning import letters

        write_up: Any = self
        transaction.on_commit(lambda: letters.tell(what, write_up, by))


def refile(write_up: "WriteUp") -> None:
    # Filing stands above the models, and these verbs below them.
    from learning import filing

    filing.refile(write_up)
