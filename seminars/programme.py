"""The programme of a date: slots, and sessions run in them. Every change of it goes through the verbs here.

Each verb holds the seminar's lock, checks, and then changes; it raises `Refused`, naming what clashes with what, and
then nothing has changed. `RunSpeaker` is kept in step here, so that the database, too, keeps anybody out of two runs
at once.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from people.refusal import Refused
from seminars import news
from seminars.locks import changing
from seminars.models import Billing, Room, Run, RunSpeaker, SeminarDate, Session, Slot, Speaker


def add_slot(seminar_date: SeminarDate, starts_at: datetime, ends_at: datetime) -> Slot:
    with changing(seminar_date.seminar):
        _check_slot(seminar_date, starts_at, ends_at)
        return Slot.objects.create(seminar_date=seminar_date, starts_at=starts_at, ends_at=ends_at)


def change_slot(slot: Slot, starts_at: datetime, ends_at: datetime) -> None:
    with changing(slot.seminar_date.seminar):
        _check_slot(slot.seminar_date, starts_at, ends_at, but=slot)
        if (slot.starts_at, slot.ends_at) == (starts_at, ends_at):
            return
        slot.starts_at, slot.ends_at = starts_at, ends_at
        slot.save(update_fields=["starts_at", "ends_at"])
        _tell(slot.seminar_date, "slot", slot=slot)


def remove_slot(slot: Slot) -> None:
    """Take a slot away, with the runs in it; the sessions stay."""
    with changing(slot.seminar_date.seminar):
        _let_go(slot.runs.all())
        slot.delete()


def _check_slot(date: SeminarDate, starts_at: datetime, ends_at: datetime, but: Slot | None = None) -> None:
    date.refresh_from_db(fields=["starts_at", "ends_at"])
    if ends_at <= starts_at:
        raise Refused(_("The slot must end after it starts."))
    if starts_at < date.starts_at or ends_at > date.ends_at:
        raise Refused(
            _("The slot must lie within the date, %(start)s to %(end)s.")
            % {"start": f"{date.local_start:%H:%M}", "end": f"{date.local_end:%H:%M}"}
        )
    clashing = date.slots.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if but is not None:
        clashing = clashing.exclude(pk=but.pk)
    if other := clashing.first():
        start, end = starts_at.astimezone(date.tz), ends_at.astimezone(date.tz)
        raise Refused(
            _("%(slot)s overlaps the slot %(other)s.")
            % {"slot": f"{start:%H:%M}–{end:%H:%M}", "other": f"{other}"}
        )


def add_run(session: Session, slot: Slot, room: Room | None = None, capacity: int | None = None) -> Run:
    """Hold a session in a slot. Without a capacity of its own it takes as many as its room holds."""
    with changing(session.seminar):
        run = Run(session=session, slot=slot)
        _place(run, slot, room, capacity)
        return run


def change_run(run: Run, slot: Slot, room: Room | None = None, capacity: int | None = None) -> None:
    with changing(run.session.seminar):
        run.refresh_from_db()
        before = (run.slot_id, run.room_id, run.capacity)
        _place(run, slot, room, capacity)
        if (run.slot_id, run.room_id) != before[:2]:
            _tell(slot.seminar_date, "run", run=run)
        elif run.capacity != before[2]:
            news.tell(slot.seminar_date, "capacity", None, run=run)


def _tell(seminar_date: SeminarDate, what: str, **detail: Any) -> None:
    """What delegates' calendars show of a workshop has changed."""
    SeminarDate.objects.filter(pk=seminar_date.pk).update(ical_sequence=F("ical_sequence") + 1)
    seminar_date.refresh_from_db(fields=["ical_sequence"])
    news.tell(seminar_date, what, None, **detail)


def remove_run(run: Run) -> None:
    with changing(run.session.seminar):
        run.refresh_from_db(fields=["taken"])
        _let_go([run])
        run.delete()


def keep_session(session: Session) -> None:
    """Save a session that was changed. What somebody has a place in stays a workshop; a break gives its rooms back."""
    with changing(session.seminar):
        before = Session.objects.get(pk=session.pk)
        runs = list(session.runs.select_related("slot__seminar_date", "room"))
        if before.kind == Session.Kind.WORKSHOP != session.kind:
            _let_go(runs)
        session.save()
        for run in runs:
            change_run(run, run.slot, run.room, run.capacity)


def remove_session(session: Session) -> None:
    """Take a session off the programme of every date."""
    with changing(session.seminar):
        _let_go(session.runs.all())
        session.delete()


def _let_go(runs: Iterable[Run]) -> None:
    """Runs that are about to go, or to be no workshops: nobody may have a place, and who only waits for one is told."""
    runs = list(runs)
    _check_nobody_booked(runs)
    for run in runs:
        news.tell(run.slot.seminar_date, "run removed", None, run=run)


def _place(run: Run, slot: Slot, room: Room | None, capacity: int | None) -> None:
    if run.session.kind == Session.Kind.BREAK:
        room = capacity = None
    elif capacity is None and room is not None:
        capacity = room.capacity
    _check_belongs(run.session, slot, room)
    if capacity is not None and run.taken > capacity:
        raise Refused(
            _("%(taken)s people have a place already, so it cannot be for %(capacity)s.")
            % {"taken": run.taken, "capacity": capacity}
        )
    if run.taken and run.pk and slot.pk != run.slot_id:
        raise Refused(_("People have booked a place in it, so it cannot go to another slot."))
    clashes = [*_room_clashes(run, slot, room), *_speaker_clashes(run, slot)]
    if clashes:
        raise Refused(*clashes)
    run.slot, run.room, run.capacity = slot, room, capacity
    # Never `taken`: bookings count it under a lock of their own, and what was read here may be old by now.
    run.save(update_fields=["slot", "room", "capacity"] if run.pk else None)
    _keep_in_step([run])


def _check_belongs(session: Session, slot: Slot, room: Room | None) -> None:
    if slot.seminar_date.seminar_id != session.seminar_id:
        raise Refused(_("That slot is another seminar's."))
    if room is not None and room.venue_id != slot.seminar_date.venue_id:
        raise Refused(_("%(room)s is not at the venue of this date.") % {"room": room})


def _check_nobody_booked(runs: Iterable[Run]) -> None:
    for run in runs:
        if run.taken:
            raise Refused(_("People have booked a place in “%(session)s”.") % {"session": run.session})


def _room_clashes(run: Run, slot: Slot, room: Room | None) -> list[str]:
    others = Run.objects.filter(slot=slot, room=room).exclude(pk=run.pk) if room else Run.objects.none()
    return [
        _("%(room)s already has “%(session)s” at %(time)s.")
        % {"room": room, "session": other.session, "time": slot.clock}
        for other in others.select_related("session")
    ]


def _speaker_clashes(run: Run, slot: Slot) -> list[str]:
    speakers = run.session.billings.live().values("speaker")
    busy = RunSpeaker.objects.filter(slot=slot, speaker__in=speakers).exclude(run_id=run.pk)
    return [
        _("%(speaker)s speaks in “%(session)s” at %(time)s.")
        % {"speaker": each.speaker, "session": each.run.session, "time": slot.clock}
        for each in busy.select_related("speaker", "run__session")
    ]


def _keep_in_step(runs: Iterable[Run]) -> None:
    """Write down anew who is where because of these runs."""
    runs = list(runs)
    RunSpeaker.objects.filter(run__in=runs).delete()
    RunSpeaker.objects.bulk_create(
        RunSpeaker(run=run, slot_id=run.slot_id, speaker_id=billing.speaker_id)
        for run in runs
        for billing in run.session.billings.live()
    )


def bill(session: Session, speaker: Speaker) -> Billing:
    """Put a speaker on a session, after those who are on it. Who declined or withdrew is asked again."""
    with changing(session.seminar):
        billing = Billing.objects.filter(session=session, speaker=speaker).first()
        if billing and billing.is_live:
            raise Refused(
                _("%(speaker)s is on “%(session)s” already.") % {"speaker": speaker, "session": session}
            )
        last = session.billings.order_by("-position").first()
        position = last.position + 1 if last else 0
        if billing is None:
            billing = Billing(session=session, speaker=speaker, position=position)
        _check_free(session, speaker)
        billing.state, billing.token_hash, billing.answered_at = Billing.State.INVITED, "", None
        billing.save()
        _keep_in_step(session.runs.all())
        return billing


def settle(billing: Billing, state: str, answered_at: datetime | None = None) -> None:
    """Note what became of the invitation. Who declines or withdraws is free for other sessions at once."""
    with changing(billing.session.seminar):
        billing.refresh_from_db()
        if state not in {Billing.State.DECLINED, Billing.State.WITHDRAWN} and not billing.is_live:
            _check_free(billing.session, billing.speaker)
        billing.state, billing.answered_at = state, answered_at or billing.answered_at
        if state == Billing.State.WITHDRAWN:
            # The link in the invitation stops working.
            billing.token_hash = ""  # nosec B105
        billing.save()
        _keep_in_step(billing.session.runs.all())


def unbill(billing: Billing) -> None:
    with changing(billing.session.seminar):
        session = billing.session
        billing.delete()
        _keep_in_step(session.runs.all())


def _check_free(session: Session, speaker: Speaker) -> None:
    runs = list(session.runs.select_related("slot__seminar_date"))
    slots = [run.slot_id for run in runs]
    for run in runs:
        if slots.count(run.slot_id) > 1:
            raise Refused(
                _("“%(session)s” runs twice at %(time)s, and %(speaker)s can only be in one of them.")
                % {"session": session, "time": run.slot.clock, "speaker": speaker}
            )
    busy = RunSpeaker.objects.filter(speaker=speaker, slot__in=slots).exclude(run__in=runs)
    if clashes := [
        _("%(speaker)s speaks in “%(session)s” at %(time)s.")
        % {"speaker": speaker, "session": each.run.session, "time": each.slot.clock}
        for each in busy.select_related("run__session", "slot__seminar_date")
    ]:
        raise Refused(*clashes)


def copy_programme(source: SeminarDate, target: SeminarDate) -> list[str]:
    """Give `target` the slots and runs of `source`, shifted by the difference of their starts.

    Returns what could not go over as it was: a room that the other venue does not have is left empty.
    """
    with changing(target.seminar):
        if source.seminar_id != target.seminar_id:
            raise Refused(_("A programme can be copied between dates of the same seminar only."))
        if target.slots.exists():
            raise Refused(_("This date has a programme already. Remove its slots first."))
        shift, notes = target.starts_at - source.starts_at, []
        for slot in source.slots.prefetch_related("runs__session", "runs__room"):
            new = add_slot(target, slot.starts_at + shift, slot.ends_at + shift)
            for run in slot.runs.all():
                room = target.venue.room_like(run.room) if run.room and target.venue else None
                add_run(run.session, new, room, None if room else run.capacity)
                if run.room and room is None:
                    notes.append(
                        _("“%(session)s” at %(time)s has no room yet: there is no %(room)s at this venue.")
                        % {"session": run.session, "time": new.clock, "room": run.room}
                    )
        return notes
