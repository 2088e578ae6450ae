"""Letters that come back, and the addresses that no letter is sent to any more.

A mail server tells by a delivery status notification (RFC 3464), which lands in a mailbox; a mail provider calls a
webhook. Anybody can write to a mailbox, so that a notification counts only if it names a letter of ours.
"""

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from bookings.mail_failures import Failure, Why
from bookings.models import Booking, BouncedAddress, Delivery
from people.models import AuditEvent

# RFC 3463: 5 is for ever, 4 for now.
_STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_MESSAGE_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
# An address without a booking to come is forgotten after so long.
FORGOTTEN_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Bounce:
    recipient: str
    status: str
    # Of our letter, where the notice names it.
    letter: UUID | None = None


class NoNoticeError(ValueError):
    """Nothing that tells of letters that came back."""


def of_notification(raw: bytes) -> list[Bounce]:
    """The permanent failures that a delivery status notification tells of; it may tell of none."""
    message = message_from_bytes(raw)
    report = next(
        (part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None
    )
    if report is None:
        raise NoNoticeError
    letter = _named_letter(message)
    found = []
    for fields in report.get_payload():
        if not isinstance(fields, Message) or str(fields.get("Action", "")).strip().lower() != "failed":
            continue
        recipient = str(fields.get("Final-Recipient", "")).partition(";")[2].strip()
        original = str(fields.get("Original-Recipient", "")).partition(";")[2].strip()
        status = _STATUS.search(str(fields.get("Status", "")))
        if status and (recipient or original):
            found.append(Bounce(original or recipient, status[0], letter))
    return found


def _named_letter(message: Message) -> UUID | None:
    """The Message-ID of the letter that came back: its headers, or all of it, are the last part of the notice."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            return (
                _letter(message_from_bytes(headers).get("Message-ID")) if isinstance(headers, bytes) else None
            )
        inside = part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list) and isinstance(inside[0], Message):
            return _letter(inside[0].get("Message-ID"))
    return None


def _letter(message_id: Any) -> UUID | None:
    found = _MESSAGE_ID.search(str(message_id or ""))
    return UUID(found[1]) if found else None


def of_webhook(data: Any) -> list[Bounce]:
    """`{"recipient": …, "status": "5.1.1", "message_id": …}`, or a list of these (docs/deploy.md)."""
    events = data if isinstance(data, list) else [data]
    if not all(isinstance(event, dict) and isinstance(event.get("recipient"), str) for event in events):
        raise NoNoticeError
    return [
        Bounce(event["recipient"], status[0], _letter(event.get("message_id")))
        for event in events
        if (status := _STATUS.search(str(event.get("status", ""))))
    ]


def note(bounces: list[Bounce], *, trusted: bool) -> int:
    """Send nothing more to these addresses, and show their organisers which letter came back."""
    return sum(_note(bounce, trusted) for bounce in bounces)


@transaction.atomic
def _note(bounce: Bounce, trusted: bool) -> bool:
    folded = BouncedAddress.fold(bounce.recipient)
    letter = Delivery.objects.filter(uuid=bounce.letter).first() if bounce.letter else None
    # Where the two differ the letter was passed on, perhaps as a copy: that address may be sound.
    if trusted or (letter and BouncedAddress.fold(letter.to) == folded):
        BouncedAddress.objects.update_or_create(
            folded=folded, defaults={"at": timezone.now(), "reason": bounce.status}
        )
    elif letter is None:
        return False
    if letter:
        Delivery.objects.filter(pk=letter.pk, state=Delivery.State.SENT).update(
            state=Delivery.State.FAILED, error=str(Failure(Why.RETURNED, bounce.status))
        )
    return True


def unreachable(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Of bookings, those whose letters come back: from the delegate's address, or from a colleague's where they gave none."""
    bounced = BouncedAddress.objects.values("folded")
    return bookings.annotate(theirs=Lower("booked_by_email")).filter(
        Q(email_folded__in=bounced) | Q(email="", theirs__in=bounced)
    )


def forgive(address: str, by: Any) -> bool:
    """An organiser has seen to it: letters go to this address again."""
    bounced = BouncedAddress.objects.filter(folded=BouncedAddress.fold(address)).first()
    if bounced is None:
        return False
    AuditEvent.record(by, "address-tried-again", bounced)
    bounced.delete()
    return True


def read_mailbox(path: Path) -> int:
    """Read the notices in a mailbox file or a Maildir, and take them out: they hold addresses and whole letters.

    Anything else stays, marked as read, for whoever looks after the mailbox.
    """
    box: Any = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    noted = 0
    box.lock()
    try:
        for key, message in _unread(box):
            bounces = _readable(message)
            if bounces is None:
                _set_aside(box, key, message)
            else:
                noted += note(bounces, trusted=False)
                box.discard(key)
        box.flush()
    finally:
        box.unlock()
        box.close()
    return noted


def _readable(message: Message) -> list[Bounce] | None:
    try:
        return of_notification(message.as_bytes())
    except Exception:  # whatever is wrong with one message must not keep the others from being read
        return None


def _unread(box: Any) -> Iterator[tuple[str, Any]]:
    for key in list(box.iterkeys()):
        message = box.get(key)
        if message is not None and not set("SR") & set(message.get_flags()):
            yield key, message


def _set_aside(box: Any, key: str, message: Any) -> None:
    if isinstance(message, mailbox.MaildirMessage):
        message.set_subdir("cur")
        message.add_flag("S")
    else:
        message.add_flag("R")
    box[key] = message


def forget_old() -> int:
    """Addresses that came back long ago, and to which nothing is to be sent."""
    old = BouncedAddress.objects.filter(at__lt=timezone.now() - FORGOTTEN_AFTER)
    coming = Booking.objects.live().filter(seminar_date__ends_at__gt=timezone.now())
    if not old.exists():
        return 0
    wanted = {BouncedAddress.fold(one.address) for one in coming.only("email", "booked_by_email")}
    keys = [one.pk for one in old if one.folded not in wanted]
    count, _rows = BouncedAddress.objects.filter(pk__in=keys).delete()
    return count
