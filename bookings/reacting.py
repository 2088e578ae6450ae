"""What bookings do when organisers change a date: `seminars.news` tells, in the transaction of the change.

The seminar and the pools of its dates are locked already (`seminars.locks`): first the seminar, then the pools, always.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, places, waiting
from bookings.models import Booking, Delivery, Need, Place, Pool
from bookings.taking import needs_deleted_on
from people.refusal import Refused
from seminars.models import SeminarDate

State = Booking.State
Kind = Delivery.Kind
Calendar = Delivery.Calendar
# For whom the day is not over: what changes after that is told to nobody.
TOLD = (State.CONFIRMED, State.OFFERED, State.WAITING, State.REQUESTED)
# Building a programme takes many steps: delegates get one letter about them all.
SETTLES_IN = timedelta(minutes=15)


def react(seminar_date: SeminarDate, what: str, by: Any, **detail: Any) -> None:
    """Let bookings follow, write the letters, or refuse the change in words."""
    reaction = _REACTIONS.get(what)
    if reaction is None or not hasattr(seminar_date, "booking_rules"):
        return
    reaction(seminar_date, detail)


def _moved(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    rules, before = seminar_date.booking_rules, detail.get("before")
    if rules.draws_at and isinstance(before, datetime):
        # As long before the start as it was.
        rules.draws_at += seminar_date.starts_at - before
        rules.save(update_fields=["draws_at"])
    # Needs are kept as many days after it as the form has promised, and not deleted before it.
    Need.objects.filter(booking__seminar_date=seminar_date).update(
        delete_after=needs_deleted_on(seminar_date)
    )
    _tell_all(seminar_date, "moved", before=str(detail.get("before", "")))
    waiting.give_new_time(seminar_date)
    # Its booking may have been closed, and be open again.
    waiting.promote(seminar_date)


def _relocated(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    ways = {"in person": seminar_date.is_in_person, "online": seminar_date.is_online}
    for pool in seminar_date.pools.all():
        if not ways[pool.attendance] and pool.bookings.live().exists():
            raise Refused(
                _("There are bookings for taking part in this way: %(way)s. Move or cancel them first.")
                % {"way": pool.get_attendance_display()}
            )
    _tell_all(seminar_date, "relocated")


def _cancelled(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    """Bookings stay as they are, so that a date that is held after all finds its delegates again."""
    confirmed, others = _halves(seminar_date)
    outbox.write(Kind.DATE_CANCELLED, confirmed, calendar=Calendar.CANCEL)
    outbox.write(Kind.DATE_CANCELLED, others)


def _reinstated(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    _tell_all(seminar_date, "reinstated")
    waiting.give_new_time(seminar_date)
    waiting.promote(seminar_date)


def _joining(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    """Where people take part in either way, these are about the meeting: whoever comes in person has no use for them."""
    confirmed, _others = _halves(seminar_date)
    if seminar_date.is_online:
        online = seminar_date.pools.filter(attendance=Pool.Attendance.ONLINE).values_list("pk", flat=True)
        confirmed = [booking for booking in confirmed if booking.pool_id in set(online)]
    _tell_soon(seminar_date, "joining", confirmed)


def _times_of_booking(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    waiting.heed_close(seminar_date)
    waiting.promote(seminar_date)


def _published(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    waiting.promote(seminar_date)


def _programme(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    """A slot or a run is at another time, in another room, or for another number of people."""
    run, slot = detail.get("run"), detail.get("slot")
    if run is not None:
        # Nobody has a place on a run that goes to another slot; those who want one want it there.
        Place.objects.filter(run=run).exclude(slot=run.slot_id).update(slot=run.slot_id)
        places.promote([run.pk])
    # Also those who wait for it or wish for it: their calendar says when.
    chosen = Place.objects.filter(booking__state__in=TOLD)
    chosen = chosen.filter(run=run) if run is not None else chosen.filter(slot=slot)
    _tell_soon(seminar_date, "programme", _bookings_of(chosen))


def _run_removed(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    wanted = Place.objects.filter(run=detail["run"], booking__state__in=TOLD)
    told = _bookings_of(wanted)
    Place.objects.filter(run=detail["run"]).delete()
    _tell_soon(seminar_date, "programme", told)


def _bookings_of(found: QuerySet[Place]) -> list[Booking]:
    keys = list(found.values_list("booking", flat=True))
    return list(Booking.objects.filter(pk__in=keys).select_related("seminar_date"))


def _tell_soon(seminar_date: SeminarDate, what: str, told: list[Booking]) -> None:
    """One letter about many steps; none for a cancelled date, which tells all of it if it is held after all."""
    if seminar_date.is_cancelled:
        return
    due_at, detail = timezone.now() + SETTLES_IN, {"what": [what]}
    confirmed = [booking for booking in told if booking.is_confirmed]
    outbox.write_soon(Kind.CHANGE, confirmed, due_at, calendar=Calendar.REQUEST, detail=detail)
    others = [booking for booking in told if not booking.is_confirmed]
    outbox.write_soon(Kind.CHANGE, others, due_at, detail=detail)


def _capacity(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    places.promote([detail["run"].pk])


def _unpublished(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    if seminar_date.bookings.live().exists():
        raise Refused(
            _("People have booked, so it stays public. Cancel its dates instead: everybody is told.")
        )


def _removed(seminar_date: SeminarDate, detail: dict[str, Any]) -> None:
    if seminar_date.bookings.exists():
        raise Refused(_("There are bookings for this date. Cancel it instead: everybody is told."))
    seminar_date.pools.all().delete()


def _tell_all(seminar_date: SeminarDate, what: str, **more: Any) -> None:
    if seminar_date.is_cancelled:
        return
    confirmed, others = _halves(seminar_date)
    detail = {"what": [what], **more}
    outbox.write(Kind.CHANGE, confirmed, calendar=Calendar.REQUEST, detail=detail)
    outbox.write(Kind.CHANGE, others, detail=detail)


def _halves(seminar_date: SeminarDate) -> tuple[list[Booking], list[Booking]]:
    """Those with an entry in their calendar, and those who wait, were offered a seat or asked for one."""
    found = list(seminar_date.bookings.filter(state__in=TOLD).order_by("pk"))
    for booking in found:
        booking.seminar_date = seminar_date
    confirmed = [booking for booking in found if booking.is_confirmed]
    return confirmed, [booking for booking in found if not booking.is_confirmed]


_REACTIONS = {
    "moved": _moved,
    "relocated": _relocated,
    "cancelled": _cancelled,
    "reinstated": _reinstated,
    "joining": _joining,
    "booking times": _times_of_booking,
    "published": _published,
    "slot": _programme,
    "run": _programme,
    "run removed": _run_removed,
    "capacity": _capacity,
    "unpublished": _unpublished,
    "removed": _removed,
}
