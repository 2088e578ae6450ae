"""What an organiser should do next with a seminar, most pressing first. Read from what is prefetched: no query here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seminars.models import Billing, Seminar, SeminarDate, Session
from ui.dates import day


@dataclass(frozen=True)
class Step:
    words: str
    address: str
    # What ends the work: publishing, archiving.
    is_last: bool = False


# What the apps above add for a date to come, and what of a date they read for it.
More = Callable[[Seminar, SeminarDate], list[Step]]
_more: dict[More, tuple[str, ...]] = {}


def add_steps(function: More, *reads: str) -> None:
    """Registered in AppConfig.ready; `reads` names to-one relations of a date, which are read with it."""
    _more[function] = reads


def prepared(seminars: models.QuerySet[Seminar]) -> models.QuerySet[Seminar]:
    """With all that `next_steps` reads."""
    reads = [name for names in _more.values() for name in names]
    dates = SeminarDate.objects.select_related("venue", *reads).prefetch_related("slots__runs")
    return seminars.select_related("organisation", "series").prefetch_related(
        models.Prefetch("dates", dates),
        "sessions__billings",
        "resources",
    )


def next_steps(seminar: Seminar) -> list[Step]:
    dates = [date for date in seminar.dates.all() if not date.is_cancelled]
    sessions = list(seminar.sessions.all())
    steps = [
        *_about(seminar),
        *([] if dates else [_step(seminar, _("Give it a date"), "date-new")]),
        *([] if sessions else [_step(seminar, _("Add its sessions"), "session-new")]),
        *(step for date in dates if not date.is_past for step in _of_date(seminar, date, sessions)),
        *(step for date in dates if not date.is_past for more in _more for step in more(seminar, date)),
        *_speakers(seminar, sessions),
        *_languages(seminar, sessions),
    ]
    if (
        seminar.state == Seminar.State.PUBLISHED
        and sessions
        and dates
        and all(date.is_past for date in dates)
    ):
        return [
            *(
                []
                if seminar.resources.all()
                else [_step(seminar, _("Add its slides and papers"), "resource-new")]
            ),
            _step(seminar, _("Archive it: its dates are over"), "publication", is_last=True),
        ]
    if not steps and seminar.state == Seminar.State.DRAFT:
        return [_step(seminar, _("Publish it: nothing is missing"), "publication", is_last=True)]
    return steps


def _step(seminar: Seminar, words: str, page: str, *args: Any, is_last: bool = False) -> Step:
    return Step(words, reverse(f"seminars:organise-{page}", args=[seminar.slug, *args]), is_last)


def _about(seminar: Seminar) -> list[Step]:
    return [] if seminar.tr("focus") else [_step(seminar, _("Say what its focus is"), "edit")]


def _of_date(seminar: Seminar, date: SeminarDate, sessions: list[Session]) -> list[Step]:
    said, runs = (
        {"date": day(date.local_start)},
        [run for slot in date.slots.all() for run in slot.runs.all()],
    )
    kinds = {session.pk: session.kind for session in sessions}
    steps = []
    if not runs:
        steps.append(_step(seminar, _("Build the programme of %(date)s") % said, "programme", date.slug))
    homeless = [
        run for run in runs if run.room_id is None and kinds.get(run.session_id) != Session.Kind.BREAK
    ]
    if homeless and date.is_in_person:
        words = ngettext(
            "Find a room for %(count)s session on %(date)s", "Find rooms for %(count)s sessions on %(date)s", len(homeless)
        )  # fmt: skip
        words = words % {**said, "count": len(homeless)}
        steps.append(_step(seminar, words, "programme", date.slug))
    if date.is_online and not date.joining_link:
        steps.append(_step(seminar, _("Give the joining link for %(date)s") % said, "date", date.slug))
    return steps


def _speakers(seminar: Seminar, sessions: list[Session]) -> list[Step]:
    waiting = [
        billing
        for session in sessions
        for billing in session.billings.all()
        if billing.state == Billing.State.INVITED
    ]
    refused = sum(
        billing.state == Billing.State.DECLINED for session in sessions for billing in session.billings.all()
    )
    asked = sum(billing.invited_at is not None for billing in waiting)
    steps = []
    if refused:
        words = ngettext(
            "%(count)s speaker cannot come: ask somebody else, or take them off",
            "%(count)s speakers cannot come: ask somebody else, or take them off",
            refused,
        )
        steps.append(_step(seminar, words % {"count": refused}, "speakers"))
    if count := len(waiting) - asked:
        words = ngettext("Invite %(count)s speaker", "Invite %(count)s speakers", count) % {"count": count}
        steps.append(_step(seminar, words, "speakers"))
    if asked:
        words = ngettext(
            "%(count)s speaker has not answered yet", "%(count)s speakers have not answered yet", asked
        )
        steps.append(_step(seminar, words % {"count": asked}, "speakers"))
    return steps


def _languages(seminar: Seminar, sessions: list[Session]) -> list[Step]:
    steps = []
    for own, other, words, of_sessions in (
        ("cy", "en", _("Write its Welsh text"), _("Write the Welsh titles of its sessions")),
        ("en", "cy", _("Write its English text"), _("Write the English titles of its sessions")),
    ):
        texts = ("title", "summary", "focus", "outcomes", "audience")
        if any(
            getattr(seminar, f"{text}_{other}") and not getattr(seminar, f"{text}_{own}") for text in texts
        ):
            steps.append(_step(seminar, words, "edit"))
        if any(not getattr(session, f"title_{own}") for session in sessions):
            steps.append(_step(seminar, of_sessions, "sessions"))
    return steps
