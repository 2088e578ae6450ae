"""A calendar program as RFC 5546 tells it: what an entry is, is decided by UID, SEQUENCE and DTSTAMP alone."""

import email
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage, Message
from email.policy import default as modern
from typing import Any

from django.utils import translation
from icalendar import Calendar

from bookings import letters
from bookings.models import Booking, Delivery
from seminars.models import SeminarDate


@dataclass
class Shown:
    """One entry, as somebody sees it who opens their calendar."""

    sequence: int
    stamp: Any
    start: Any
    end: Any
    summary: str
    where: str
    description: str
    attendee: str
    is_cancelled: bool


@dataclass
class Program:
    entries: dict[str, Shown] = field(default_factory=dict)
    # Sequences as they came, by UID: they may never fall.
    seen: dict[str, list[int]] = field(default_factory=dict)

    def read(self, mail: Message) -> None:
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                self._apply(part)

    def _apply(self, part: Message) -> None:
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        method = str(calendar["METHOD"])
        assert part.get_param("method") == method
        (event,) = calendar.walk("VEVENT")
        _check(calendar, event, method)
        uid, sequence, stamp = str(event["UID"]), int(event["SEQUENCE"]), event.decoded("DTSTAMP")
        self.seen.setdefault(uid, []).append(sequence)
        known = self.entries.get(uid)
        if known and (sequence, stamp) < (known.sequence, known.stamp):
            return
        if method == "CANCEL":
            if known:
                known.sequence, known.stamp, known.is_cancelled = sequence, stamp, True
            return
        self.entries[uid] = Shown(
            sequence, stamp, event.decoded("DTSTART"), event.decoded("DTEND"), str(event["SUMMARY"]),
            str(event["LOCATION"]), str(event["DESCRIPTION"]), str(event["ATTENDEE"]), False,
        )  # fmt: skip

    @property
    def shown(self) -> list[Shown]:
        return [entry for entry in self.entries.values() if not entry.is_cancelled]

    @property
    def only(self) -> Shown:
        (entry,) = self.shown
        return entry


def _check(calendar: Any, event: Any, method: str) -> None:
    """What RFC 5546 asks of both methods, and RFC 5545 of the file."""
    assert str(calendar["VERSION"]) == "2.0"
    assert str(event["ORGANIZER"]).startswith("mailto:")
    assert not isinstance(event["ATTENDEE"], list)
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert str(event["STATUS"]) == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert event["DTSTART"].params["TZID"] in zones


class Post:
    """Everybody's mailbox and calendar: takes what the outbox holds, in the order in which it was written."""

    def __init__(self) -> None:
        self.programs: dict[str, Program] = {}
        self.mails: dict[str, list[EmailMessage]] = {}

    def deliver(self) -> "Post":
        for delivery in Delivery.objects.filter(state="due").order_by("pk"):
            with translation.override("en"):
                letter = letters.compose(delivery)
            Delivery.objects.filter(pk=delivery.pk).update(state="sent" if letter else "dropped")
            if letter is not None:
                mail = _received(letter)
                self.mails.setdefault(delivery.to, []).append(mail)
                self.programs.setdefault(delivery.to, Program()).read(mail)
        return self

    def calendar(self, address: str) -> Program:
        return self.programs.setdefault(address, Program())


def _received(letter: Any) -> EmailMessage:
    """As it goes over the wire."""
    return email.message_from_bytes(letter.message().as_bytes(linesep="\r\n"), policy=modern)  # type: ignore[return-value]


def fresh(booking: Booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def move_by_organiser(date: SeminarDate, hours: int = 24) -> None:
    date.refresh_from_db()
    shift = timedelta(hours=hours)
    date.move(date.starts_at + shift, date.ends_at + shift, by=None)


def assert_only_rises(program: Program) -> None:
    for sequences in program.seen.values():
        assert sequences == sorted(sequences)
