"""A seminar made from an earlier one: all of it again, at new times, as a draft."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from people.models import AuditEvent
from people.refusal import Refused
from seminars.local_time import to_utc
from seminars.models import Billing, Resource, Seminar, SeminarDate, Session
from seminars.programme import add_run, add_slot


def copy_seminar(seminar: Seminar, first_day: date | None, *, by: Any) -> Seminar:
    """A draft with everything of `seminar`, its first date on `first_day` and the others as many days after it.

    The clock on the wall stays: a seminar at 09:30 in summer is at 09:30 in winter. Speakers are to be invited again;
    booking times and joining links belong to the old dates, and stay there. Without dates, `first_day` may be None.
    """
    with transaction.atomic():
        new = _twin(seminar, state=Seminar.State.DRAFT, slug="", published_at=None, created_by=by)
        new.themes.set(seminar.themes.all())
        new.tags.set(list(seminar.tags.names()))
        sessions = {each.pk: _copy_session(each, new) for each in seminar.sessions.all()}
        for resource in seminar.resources.all():
            _copy_resource(resource, new, sessions)
        _copy_dates(seminar, new, first_day, sessions)
        AuditEvent.record(by, "copied", new, source=seminar.slug)
        return new


def _twin(row: Any, **changes: Any) -> Any:
    """A new row with the fields of `row`, but for `changes`."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in {"created_at", "updated_at"}
    }
    for name in changes:
        kept.pop(f"{name}_id", None)
    new = type(row)(**{**kept, **changes})
    new.save()
    return new


def _copy_session(session: Session, seminar: Seminar) -> Session:
    new: Session = _twin(session, seminar=seminar)
    for billing in session.billings.live():
        Billing.objects.create(session=new, speaker=billing.speaker, position=billing.position)
    return new


def _copy_resource(resource: Resource, seminar: Seminar, sessions: dict[int, Session]) -> None:
    session = sessions.get(resource.session_id or 0)
    if not resource.file:
        _twin(resource, seminar=seminar, session=session)
        return
    # A file of its own: removing the old resource must not empty the new one.
    with resource.file.open("rb") as old:
        _twin(
            resource, seminar=seminar, session=session, file=ContentFile(old.read(), name=resource.file_name)
        )


def _copy_dates(seminar: Seminar, new: Seminar, first_day: date | None, sessions: dict[int, Session]) -> None:
    dates = list(seminar.dates.order_by("starts_at"))
    if not dates:
        return
    if first_day is None:
        raise Refused(_("Say when its first date is."))
    days = first_day - dates[0].local_start.date()
    for old in dates:
        _copy_date(old, new, days, sessions)


def _copy_date(old: SeminarDate, seminar: Seminar, days: timedelta, sessions: dict[int, Session]) -> None:
    start = to_utc(old.local_start.date() + days, old.local_start.time(), old.tz)
    fresh = SeminarDate(
        seminar=seminar,
        starts_at=start,
        ends_at=start + (old.ends_at - old.starts_at),
        timezone=old.timezone,
        venue=old.venue,
        attendance=old.attendance,
        joining_instructions_en=old.joining_instructions_en,
        joining_instructions_cy=old.joining_instructions_cy,
    )
    fresh.save()
    for slot in old.slots.prefetch_related(models.Prefetch("runs")):
        place = add_slot(fresh, slot.starts_at - old.starts_at + start, slot.ends_at - old.starts_at + start)
        for run in slot.runs.all():
            add_run(sessions[run.session_id], place, run.room, run.capacity)
