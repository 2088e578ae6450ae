"""A booking in the delegate's own calendar (RFC 5545, and RFC 5546 for what a program does with it).

METHOD:REQUEST puts the entry there or changes it, METHOD:CANCEL takes it away; a program tells which is newer by UID and
SEQUENCE. The organiser is an unattended mailbox, and the one attendee has accepted. A calendar is seen by others: the
link that manages the booking never stands in it.
"""

from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from bookings.models import Booking, Pool
from bookings.workshop_words import workshops_in_words
from seminars import calendar, wording
from seminars.calendar_zones import UTC_ITSELF, described
from seminars.models import SeminarDate
from ui.bilingual import reader_language

REQUEST, CANCEL = "REQUEST", "CANCEL"
PRODUCT = "-//Good Practice Exchange//bookings//CY"


def entry(
    booking: Booking,
    method: str,
    *,
    uid: str | None = None,
    sequence: int | None = None,
    attendee: str | None = None,
) -> bytes:
    """The file for one letter, in the reader's language.

    `uid`, `sequence` and `attendee` are given where the entry is not the booking's any more: it was handed over.
    """
    date = booking.seminar_date
    event = calendar.outline_of(date)
    event.add("uid", uid or str(booking.calendar_uid))
    event.add("sequence", booking.sequence if sequence is None else sequence)
    # Of this file and not of the date: RFC 5546, 2.1.5, goes by it where two have the same sequence.
    event.add("dtstamp", wording.utc(timezone.now()).replace(microsecond=0))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("description", _description(booking, method), parameters={"LANGUAGE": reader_language()})
    if booking.pool.attendance == Pool.Attendance.IN_PERSON:
        calendar.add_place(event, date)
    else:
        event.add("location", _("Online"), parameters={"LANGUAGE": reader_language()})
    _add_people(event, booking, attendee)
    return _file(method, date.timezone, date.starts_at.year, date.ends_at.year, bytes(event.to_ical()))


def _file(method: str, zone: str, first_year: int, last_year: int, event: bytes) -> bytes:
    before, end, after = _around(method, zone, first_year, last_year).rpartition(b"END:VCALENDAR")
    return before + event + end + after


@lru_cache(maxsize=64)
def _around(method: str, zone: str, first_year: int, last_year: int) -> bytes:
    """The file without its event: the same for everybody on a date, and half the work of writing it."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    if zone not in UTC_ITSELF:
        file.add_component(described(zone, first_year - 1, last_year + 1))
    return bytes(file.to_ical())


def _add_people(event: Event, booking: Booking, attendee: str | None) -> None:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = _named(name or str(settings.SITE_NAME))
    event.add("organizer", organiser)
    person = vCalAddress(f"mailto:{attendee or booking.address}")
    # Whoever it was handed over from must not read who it was handed over to.
    person.params["CN"] = _named(attendee or booking.name)
    person.params["CUTYPE"] = "INDIVIDUAL"
    person.params["ROLE"] = "REQ-PARTICIPANT"
    person.params["PARTSTAT"] = "ACCEPTED"
    person.params["RSVP"] = "FALSE"
    event.add("attendee", person)


def _named(name: str) -> str:
    """A parameter's value can carry no double quote (RFC 5545, 3.1)."""
    return wording.one_line(name).replace('"', "'")


def _description(booking: Booking, method: str) -> str:
    date = booking.seminar_date
    if method == CANCEL:
        return _("This date is cancelled.") if date.is_cancelled else _("This booking is cancelled.")
    return "\n\n".join(filter(None, [*_private(booking, date), _public(date)]))


def _private(booking: Booking, date: SeminarDate) -> list[str]:
    """For the confirmed delegate alone."""
    if not booking.is_confirmed:
        return []
    parts = []
    if workshops := workshops_in_words(booking):
        parts.append("\n".join([_("Your workshops:"), *(f"- {line}" for line in workshops)]))
    if booking.pool.attendance == Pool.Attendance.ONLINE and date.joining_link:
        parts.append(_("Join here: %(address)s") % {"address": wording.one_line(date.joining_link)})
    return parts


def _public(date: SeminarDate) -> str:
    return calendar.absolute(date.get_absolute_url())
