"""What has happened to a booking, in words: its own times, what was done to it, and the letters that went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, Delivery, Pool
from people.models import AuditEvent

VERBS = {
    "booked-for": gettext_lazy("Booked by an organiser"),
    "offer-accepted": gettext_lazy("Offer accepted"),
    "offer-declined": gettext_lazy("Offer declined"),
    "queue-left": gettext_lazy("Left the queue"),
    "queue-priority": gettext_lazy("Put before others in the queue"),
    "group-split": gettext_lazy("Group split: places are offered one by one"),
    "booking-approved": gettext_lazy("Request approved"),
    "booking-declined": gettext_lazy("Request declined"),
    "booking-cancelled": gettext_lazy("Booking cancelled"),
    "workshops-changed": gettext_lazy("Workshops changed"),
    "moved-to": gettext_lazy("Moved to another date"),
    "attendance-changed": gettext_lazy("Way of taking part changed"),
    "handed-over": gettext_lazy("Handed over to a colleague"),
    "details-changed": gettext_lazy("Details of the person changed"),
    "letter-again": gettext_lazy("Letter sent again"),
    "letter-sent-again": gettext_lazy("Letter sent again"),
    "needs-read": gettext_lazy("Needs read"),
    "needs-changed": gettext_lazy("Needs changed"),
    "checked-in": gettext_lazy("Checked in"),
    "check-in-undone": gettext_lazy("Check-in undone"),
    "walk-in": gettext_lazy("Came without a booking"),
    "marked-attended": gettext_lazy("Marked as having come"),
    "marked-no-show": gettext_lazy("Marked as not having come"),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    words: str
    who: str = ""
    detail: str = ""
    # Of a letter: how it fares.
    state: str = ""
    state_words: str = ""


def of(booking: Booking) -> list[Event]:
    """Everything, newest first."""
    audit = AuditEvent.objects.filter(object_type="bookings.booking", object_id=str(booking.pk))
    done = [_done(event, booking) for event in audit]
    found = [*_times(booking), *done, *_letters(booking.deliveries.all())]
    # Of two at the same moment, the one that was told later came of the other.
    return sorted(found, key=lambda event: event.at)[::-1]


def _times(booking: Booking) -> Iterable[Event]:
    yield Event(booking.created_at, _("Booking made"), booking.booked_by_name)
    if booking.queued_at and booking.queued_at != booking.created_at:
        yield Event(booking.queued_at, _("Joined the queue"))
    if booking.confirmed_at:
        yield Event(booking.confirmed_at, _("Confirmed"))
    if booking.ended_at:
        yield Event(
            booking.ended_at,
            _("Became: %(state)s") % {"state": booking.get_state_display()},
            detail=booking.reason,
        )
    if booking.anonymised_at:
        yield Event(booking.anonymised_at, _("Name and addresses deleted"))


def _done(event: AuditEvent, booking: Booking) -> Event:
    who = _("the delegate") if event.detail.get("as") == "delegate" else event.actor_name
    words = VERBS.get(event.verb)
    if event.verb == "queue-priority" and not event.detail.get("priority"):
        words = gettext_lazy("Put back to where they were in the queue")
    # The other apps' verbs have words of their own; one that is new has none yet.
    detail = _detail(event.detail)
    if event.verb == "queue-priority" and event.detail.get("priority"):
        # The audit is kept for ever, and therefore without it.
        detail = booking.priority_reason
    return Event(event.at, str(words or event.verb.replace("-", " ")), who, detail)


def _detail(detail: dict[str, Any]) -> str:
    """The part of the detail that people can read."""
    if attendance := detail.get("attendance"):
        return str(dict(Pool.Attendance.choices).get(attendance, attendance))
    return str(detail.get("reason") or detail.get("date") or "")


def _letters(deliveries: Iterable[Delivery]) -> Iterable[Event]:
    for letter in deliveries:
        yield Event(
            letter.sent_at or letter.written_at,
            _("Letter: %(kind)s") % {"kind": letter.get_kind_display()},
            state=letter.state,
            state_words=letter.get_state_display(),
            detail=letter.error if letter.state == Delivery.State.FAILED else "",
        )
