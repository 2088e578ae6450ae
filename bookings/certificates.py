"""The certificate of attendance: for whoever was noted as here, once the date is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Booking, Place
from bookings.workshop_words import in_order
from seminars.models import Session

State = Booking.State
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Certificate:
    booking: Booking
    workshops: list[Place]
    duration: str


def why_not(booking: Booking, now: datetime | None = None) -> str:
    """Why there is none (yet), in words; nothing where there is one."""
    date = booking.seminar_date
    if booking.state == State.ATTENDED:
        return ""
    if booking.state != State.CONFIRMED or date.is_cancelled:
        return _("A certificate is for those who were there.")
    if date.ends_at > (now or timezone.now()):
        return _("You find your certificate here once the date is over.")
    if not booking.check_ins.filter(undone_at=None).exists():
        return _("Nobody noted yet that you were there. Ask the organisers: they can put it right.")
    return ""


def of(booking: Booking) -> Certificate:
    places = in_order().filter(
        booking=booking, state=Place.State.CONFIRMED, session__kind=Session.Kind.WORKSHOP
    )
    return Certificate(
        booking, list(places), duration(booking.seminar_date.ends_at - booking.seminar_date.starts_at)
    )


def duration(length: timedelta) -> str:
    """`3 hours and 30 minutes`; nothing for what lasts longer than a day, whose nights would be counted."""
    if length > 24 * HOUR:
        return ""
    hours, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    told = [ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}] if hours else []
    if minutes:
        told.append(ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes})
    return (
        _("%(hours)s and %(minutes)s") % {"hours": told[0], "minutes": told[1]}
        if len(told) == 2
        else "".join(told)
    )
