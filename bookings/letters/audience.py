"""To whom of a date an organiser writes, and sending it to them."""

from dataclasses import dataclass
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


@transaction.atomic
def send(message: MassMessage, *, by: Member) -> int:
    """Write the letters, once however often it is asked: the second finds that it was sent. Returns to how many."""
    to = recipients(message).bookings
    if not to:
        raise Refused(_("Nobody is in this selection."))
    drafts = MassMessage.objects.filter(pk=message.pk, sent_to=0)
    if not drafts.update(sent_to=len(to), written_at=timezone.now(), written_by=by):
        return 0
    outbox.write(Delivery.Kind.MESSAGE, to, message=message)
    AuditEvent.record(by, "message-sent", message, to=len(to))
    return len(to)
