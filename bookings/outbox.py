"""Letters are rows, written in the transaction of what they tell; once it is through, somebody is woken to send them.

`bookings.sending` sends them. The row holds what the letter is about; its text is made when it leaves.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bookings import bounces, mail_failures
from bookings.models import Booking, Delivery, MassMessage
from people.models import AuditEvent
from seminars.models import SeminarDate
from ui.statements import KeptInsert

Kind = Delivery.Kind
WRITE = KeptInsert(Delivery)


def write(
    kind: str,
    bookings: Iterable[Booking],
    *,
    calendar: str = "",
    detail: dict[str, Any] | None = None,
    once: str | None = None,
    due_at: datetime | None = None,
    message: MassMessage | None = None,
) -> list[Delivery]:
    """One letter to each booking that has an address. With `once`, a booking that has this letter gets no second."""
    now = timezone.now()
    rows = [
        Delivery(
            kind=kind,
            booking=booking,
            to=booking.address,
            language=booking.language,
            calendar=calendar,
            detail=detail or {},
            once=once,
            due_at=due_at or now,
            message=message,
            written_at=now,
        )
        for booking in bookings
        if booking.address
    ]
    if not rows:
        return []
    if calendar == Delivery.Calendar.CANCEL:
        # An update that was still to go would put the entry back.
        withdraw([row.booking for row in rows], calendar=Delivery.Calendar.REQUEST)
    if once is None:
        WRITE.run(rows)
    else:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if due_at is None or due_at <= now:
        transaction.on_commit(wake, robust=True)
    return rows


def write_soon(kind: str, bookings: Iterable[Booking], due_at: datetime, **more: Any) -> None:
    """As `write`, but one letter tells of all that happens until then: who has one coming gets no other."""
    found, what = list(bookings), more.get("detail", {}).get("what", [])
    coming = list(
        Delivery.objects.filter(
            booking__in=found, kind=kind, state=Delivery.State.DUE, due_at__gt=timezone.now()
        )
    )
    for letter in coming:
        letter.detail["what"] = sorted({*letter.detail.get("what", []), *what})
        letter.calendar = letter.calendar or more.get("calendar", "")
    Delivery.objects.bulk_update(coming, ["detail", "calendar"], batch_size=500)
    known = {letter.booking_id for letter in coming}
    write(kind, [one for one in found if one.pk not in known], due_at=due_at, **more)


def withdraw(bookings: Iterable[Booking], **which: Any) -> None:
    """Do not send what has not gone yet: it is no longer true, or no longer for whoever it is addressed to."""
    coming = Delivery.objects.filter(booking__in=list(bookings), state=Delivery.State.DUE, **which)
    # Whoever handed it over is told so whatever became of it since: their calendar still shows it.
    coming.exclude(kind=Kind.HANDED_OVER).update(state=Delivery.State.DROPPED)


def readdress(booking: Booking) -> None:
    """Whoever it is for can be reached elsewhere, or reads another language: what has not gone yet goes there."""
    coming = Delivery.objects.filter(booking=booking, state=Delivery.State.DUE)
    coming.exclude(kind=Kind.HANDED_OVER).update(to=booking.address, language=booking.language)


def wake() -> None:
    """Have what is due sent now. Losing this wake-up costs a minute: `manage.py tick` looks, too."""
    from bookings.tasks import send_what_is_due

    send_what_is_due.enqueue()


@transaction.atomic
def send_again(delivery: Delivery, by: Any) -> bool:
    """Give a letter that failed new attempts, to the address that its booking has now, even if that one bounced.

    False: it is not failed any more.
    """
    if not _revive(delivery):
        return False
    bounces.forgive(delivery.recipient, by)
    AuditEvent.record(by, "letter-sent-again", delivery)
    transaction.on_commit(wake, robust=True)
    return True


@transaction.atomic
def send_failed_again(seminar_date: SeminarDate, by: Any) -> int:
    """As `send_again`, for all of a date but those whose address is known to be wrong."""
    failed = Delivery.objects.filter(booking__seminar_date=seminar_date, state=Delivery.State.FAILED)
    for why in mail_failures.OF_THE_ADDRESS:
        failed = failed.exclude(error__startswith=why.value)
    number = sum(_revive(delivery) for delivery in failed.select_related("booking"))
    if number:
        AuditEvent.record(by, "letters-sent-again", seminar_date, letters=number)
        transaction.on_commit(wake, robust=True)
    return number


def _revive(delivery: Delivery) -> bool:
    failed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED)
    now = timezone.now()
    changed = failed.update(state=Delivery.State.DUE, attempts=0, error="", due_at=now, to=delivery.recipient)
    return bool(changed)
