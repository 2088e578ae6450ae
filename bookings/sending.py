"""Sends what the outbox holds: claims rows, writes each letter, hands it to the mail server, and notes that it went.

Claim and note are transactions of their own. Whoever dies in between leaves rows that are due again after a while. A
letter goes twice only if its sender dies after the server's answer and before the note; both copies then have one
Message-ID, so that mail programs show one letter.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from bookings import letters, workshop_words
from bookings.mail_failures import Failure, Why, failure_of
from bookings.models import BouncedAddress, Delivery
from seminars.models import SeminarDate

log = logging.getLogger(__name__)
State = Delivery.State

BATCH = 50
# How long after each attempt it is tried again; after the last it has failed.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
]
# A claim as old as this was left by somebody who died. Nobody who lives hands over a letter that was claimed so long
# ago: they stop early enough for the server's slowest answers (seconds, at each of a handful of steps).
CLAIM_LASTS = timedelta(minutes=5)
WORKS_FOR = timedelta(minutes=1)
PATIENCE = 30
# The server went away so many times in one batch: later, then.
MOST_TROUBLE = 3


def send_due(limit: int | None = None) -> int:
    """Send what is due, at most `limit` letters; returns how many the server took. Any number may do so at once."""
    sent = tried = 0
    while limit is None or tried < limit:
        batch = claim(BATCH if limit is None else min(BATCH, limit - tried))
        if not batch:
            break
        tried += len(batch)
        errand = Errand(batch)
        sent += errand.run()
        if errand.is_hopeless:
            break
    return sent


def claim(limit: int) -> list[Delivery]:
    """Take due letters for ourselves. On PostgreSQL two who claim at once share the work; on SQLite they take turns."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = Delivery.objects.filter(_is_due(now)).order_by("due_at", "pk")
        keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        if not keys:
            return []
        Delivery.objects.filter(_is_due(now), pk__in=keys).update(
            state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    rows = Delivery.objects.filter(pk__in=keys, state=State.SENDING, claimed_at=now)
    return list(read_ahead(rows).order_by("due_at", "pk"))


def read_ahead(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """What letters tell, read for all at once; those of one date share its object."""
    dates = SeminarDate.objects.select_related("venue", "booking_rules", "seminar__organisation")
    also = ("message", "booking__pool", "booking__organisation", "booking__replaces__seminar_date")
    return rows.select_related(*also).prefetch_related(
        Prefetch("booking__seminar_date", dates), workshop_words.for_many("booking__")
    )


def _is_due(now: datetime) -> Q:
    left_behind = Q(state=State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    return Q(due_at__lte=now, state__in=[State.DUE, State.SENDING]) & (Q(state=State.DUE) | left_behind)


class Errand:
    """One way to the mail server with the letters that were claimed together."""

    def __init__(self, batch: list[Delivery]) -> None:
        self.left = list(batch)
        self.connection: Any = get_connection(timeout=PATIENCE)
        self.trouble = 0
        found = BouncedAddress.objects.filter(folded__in={BouncedAddress.fold(one.to) for one in batch})
        self.bounced = set(found.values_list("folded", flat=True))

    @property
    def is_hopeless(self) -> bool:
        return self.trouble >= MOST_TROUBLE

    def run(self) -> int:
        sent = 0
        with self._giving_back():
            while self.left and not self.is_hopeless and _is_fresh(self.left[0]):
                sent += self._send(self.left[0])
                self.left.pop(0)
        return sent

    @contextmanager
    def _giving_back(self) -> Iterator[None]:
        """What nobody began is due again, and was no attempt, however this ends; unless we are killed."""
        in_hand = None
        try:
            yield
        except BaseException:
            in_hand = self.left[0] if self.left else None
            raise
        finally:
            self._hang_up()
            for delivery in self.left:
                if delivery is not in_hand:
                    settle(delivery, state=State.DUE, attempts=F("attempts") - 1)

    def _send(self, delivery: Delivery) -> bool:
        if BouncedAddress.fold(delivery.to) in self.bounced:
            fail(delivery, Failure(Why.RETURNED, is_final=True))
            return False
        if delivery.attempts > len(PAUSES) + 1:
            fail(delivery, Failure(Why.INTERRUPTED, is_final=True))
            return False
        try:
            letter = letters.compose(delivery)
        except Exception as error:
            _tell_staff(delivery, error)
            fail(delivery, Failure(Why.UNWRITTEN))
            return False
        if letter is None:
            settle(delivery, state=State.DROPPED, error="")
            return False
        return self._deliver(delivery, address(letter, delivery))

    def _deliver(self, delivery: Delivery, letter: EmailMessage) -> bool:
        try:
            self.connection.open()
            hand_over(self.connection, letter)
        except Exception as error:
            failure = failure_of(error)
            if failure.why == Why.UNWRITTEN:
                _tell_staff(delivery, error)
            if failure.is_of_server:
                self.trouble += 1
                self._hang_up()
            if failure.why == Why.TURNED_AWAY:
                log.error("The mail server does not let us in: %s", failure)
            fail(delivery, failure)
            return False
        self.trouble = 0
        settle(delivery, state=State.SENT, sent_at=timezone.now(), error="")
        return True

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.close()


def _is_fresh(delivery: Delivery) -> bool:
    return delivery.claimed_at is not None and timezone.now() - delivery.claimed_at < WORKS_FOR


def hand_over(connection: Any, letter: EmailMessage) -> None:
    """Returns when the server has answered that it has the letter."""
    connection.send_messages([letter])


def address(letter: EmailMessage, delivery: Delivery) -> EmailMessage:
    """The headers that all letters have, whatever they say."""
    headers = letter.extra_headers
    headers["Message-ID"] = message_id(delivery)
    headers.setdefault("Auto-Submitted", "auto-generated")
    if settings.BOUNCE_ADDRESS:
        # What comes back goes there (RFC 5321, 4.4); whoever answers still answers to the sender.
        headers.setdefault("From", letter.from_email)
        letter.from_email = settings.BOUNCE_ADDRESS
    return letter


def message_id(delivery: Delivery) -> str:
    return f"<{delivery.uuid}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


def settle(delivery: Delivery, **fields: Any) -> bool:
    """End our claim on it; only if it is still ours."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at)
    return bool(ours.update(claimed_at=None, **fields))


def fail(delivery: Delivery, failure: Failure) -> None:
    """Try again after a while that grows, or not at all."""
    if failure.is_final or delivery.attempts > len(PAUSES):
        settle(delivery, state=State.FAILED, error=str(failure))
        log.warning("Letter %s has failed: %s", delivery.uuid, failure)
        return
    pause = PAUSES[delivery.attempts - 1]
    settle(delivery, state=State.DUE, error=str(failure), due_at=timezone.now() + pause)


def _tell_staff(delivery: Delivery, error: Exception) -> None:
    """Where it went wrong; the words of the error may hold what the letter says."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename}:{frame.lineno}"
    log.error("Letter %s could not be written: %s at %s", delivery.uuid, type(error).__name__, place)
