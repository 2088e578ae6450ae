"""To whom of a date an organiser writes, and sending it to them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import outbox
from bookings.models import Booking, Delivery, MassMessage, Place, Unsubscription
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate

NO_FEEDBACK, NO_ANSWER = "no feedback", "no answer"
WITHOUT_REPLY = (
    ("", gettext_lazy("All of these")),
    (NO_FEEDBACK, gettext_lazy("Only those who have not given feedback")),
    (NO_ANSWER, gettext_lazy("Only those who have not answered an offer")),
)


@dataclass(frozen=True)
class Recipients:
    bookings: list[Booking]
    # In the selection, and not written to.
    unsubscribed: int

    @property
    def number(self) -> int:
        return len(self.bookings)

    def number_in(self, language: str) -> int:
        return sum(booking.language == language for booking in self.bookings)


def chosen(date: SeminarDate, audience: dict[str, Any]) -> QuerySet[Booking]:
    """The bookings of a selection; `audience` is what the form says."""
    found = date.bookings.filter(state__in=audience.get("states", []), anonymised_at=None)
    if attendance := audience.get("attendance"):
        found = found.filter(pool__attendance=attendance)
    if run := audience.get("run"):
        found = found.filter(places__run=run, places__state=Place.State.CONFIRMED)
    if language := audience.get("language"):
        found = found.filter(language=language)
    if audience.get("reply") == NO_FEEDBACK:
        found = found.filter(feedback_at=None)
    if audience.get("reply") == NO_ANSWER:
        found = found.filter(state=Booking.State.OFFERED)
    return found


def recipients(message: MassMessage) -> Recipients:
    date = message.seminar_date
    # There may be many thousands of them: only what a letter is addressed by.
    rows = chosen(date, message.audience).only("email", "booked_by_email", "language")
    found = [booking for booking in rows.order_by("pk") if booking.address]
    if message.is_about_the_booking:
        return Recipients(found, 0)
    out = set(
        Unsubscription.objects.filter(organisation=date.seminar.organisation_id).values_list(
            "address_hash", flat=True
        )
    )
    left = [booking for booking in found if Unsubscription.hashed(booking.address) not in out]
    return Recipients(left, len(found) - len(left))


@contextmanager
def held(message: MassMessage) -> Iterator[MassMessage]:
    """As it is now, while nobody else changes it or sends it."""
    with transaction.atomic():
        yield MassMessage.objects.select_for_update().get(pk=message.pk)


def version_of(message: MassMessage) -> str:
    """Of what goes, and to whom: it tells whether somebody changed it after somebody else looked at it."""
    kept = [getattr(message, name) for name in ("subject_en", "subject_cy", "body_en", "body_cy")]
    whole = json.dumps([*kept, message.is_about_the_booking, message.audience], sort_keys=True)
    return blake2b(whole.encode(), digest_size=8).hexdigest()


def send(message: MassMessage, *, by: Member, seen: str = "") -> int:
    """Write the letters, once however often it is asked: the second finds that it was sent. Returns to how many.

    `seen` is the version that the organiser looked at; nothing else goes in its place.
    """
    with held(message) as current:
        return _send(current, by, seen or version_of(current))


def _send(message: MassMessage, by: Member, seen: str) -> int:
    if message.is_sent:
        return 0
    if seen != version_of(message):
        raise Refused(
            _(
                "Somebody else has changed this message since you looked at it. Look at it again, then send it."
            )
        )
    to = recipients(message).bookings
    if not to:
        raise Refused(_("Nobody is in this selection."))
    sent = {"sent_to": len(to), "written_at": timezone.now(), "written_by": by}
    MassMessage.objects.filter(pk=message.pk).update(**sent)
    outbox.write(Delivery.Kind.MESSAGE, to, message=message)
    AuditEvent.record(by, "message-sent", message, to=len(to))
    return len(to)
