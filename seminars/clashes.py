"""What the speakers and rooms of a date do elsewhere at the same time; within a date, `seminars.programme` refuses it."""

from typing import Any

from django.utils.translation import gettext as _

from seminars.models import Run, RunSpeaker, SeminarDate, Slot


def clashes_elsewhere(seminar_date: SeminarDate) -> list[str]:
    """What the same speakers and rooms are doing then at other dates, here or in other seminars.

    That is told and not refused: another organiser's date may move, and only people know which of the two is meant.
    """
    said: list[str] = []
    if seminar_date.is_cancelled:
        return said
    own = RunSpeaker.objects.filter(slot__seminar_date=seminar_date).select_related(
        "slot__seminar_date", "speaker"
    )
    busy = _elsewhere(RunSpeaker.objects.filter(speaker__in=own.values("speaker")), seminar_date)
    busy = list(busy.select_related("slot", "run__session"))
    for one in own if busy else ():
        for other in busy:
            if one.speaker_id == other.speaker_id and _meet(one.slot, other.slot):
                said.append(
                    _("%(speaker)s speaks in “%(session)s” elsewhere at %(time)s.")
                    % {"speaker": one.speaker, "session": other.run.session, "time": one.slot.clock}
                )
    runs = Run.objects.filter(slot__seminar_date=seminar_date, room__isnull=False).select_related(
        "slot__seminar_date", "room"
    )
    taken = _elsewhere(Run.objects.filter(room__in=runs.values("room")), seminar_date).select_related(
        "session", "slot"
    )
    for run in runs:
        for another in taken:
            if run.room_id == another.room_id and _meet(run.slot, another.slot):
                said.append(
                    _("%(room)s also has “%(session)s” at %(time)s, in another seminar or date.")
                    % {"room": run.room, "session": another.session, "time": run.slot.clock}
                )
    return said


def _elsewhere(rows: Any, seminar_date: SeminarDate) -> Any:
    """Of rows with a slot, those of other dates that are held while this one is."""
    return (
        rows.filter(
            slot__starts_at__lt=seminar_date.ends_at,
            slot__ends_at__gt=seminar_date.starts_at,
            slot__seminar_date__state=SeminarDate.State.SCHEDULED,
        )
        .exclude(slot__seminar_date=seminar_date)
        .select_related("slot")
    )


def _meet(one: Slot, other: Slot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
