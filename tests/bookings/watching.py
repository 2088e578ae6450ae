"""What must be true between one step of a booking's life and the next."""

import uuid
from collections import Counter
from datetime import datetime
from typing import Any

from django.utils import timezone

from bookings import waiting
from bookings.models import Booking, Delivery, Pool
from seminars.models import SeminarDate

STEPS_ALLOWED = {
    ("", "requested"), ("", "waiting"), ("", "confirmed"),
    ("requested", "confirmed"), ("requested", "declined"),
    ("waiting", "offered"), ("waiting", "left"),
    ("offered", "confirmed"), ("offered", "declined"), ("offered", "lapsed"),
    ("confirmed", "cancelled"), ("confirmed", "attended"), ("confirmed", "no show"),
}  # fmt: skip
# The letter of each way into a state. Who says no themselves sees that it is done, and is not written to.
LETTERS = {
    ("", "requested"): "requested",
    ("", "waiting"): "queued",
    ("", "confirmed"): "confirmation",
    ("requested", "confirmed"): "confirmation",
    ("offered", "confirmed"): "confirmation",
    ("waiting", "offered"): "offer",
    ("offered", "lapsed"): "lapsed",
    ("confirmed", "cancelled"): "cancellation",
}


class Watcher:
    """Remembers how everything was after the last step."""

    def __init__(self) -> None:
        self.states: dict[int, str] = {}
        self.rows: dict[int, Any] = {}
        self.told: dict[uuid.UUID, int] = {}
        # Until when an offer is kept, as its last letter says.
        self.offered: dict[int, datetime | None] = {}
        self.last_letter = 0
        self.numbers = 0
        self.overtaken: Pool | None = None
        # In the step that follows, an organiser sends a letter once more.
        self.may_repeat = False
        self.taken: Counter[tuple[str, str]] = Counter()

    def a_key(self) -> uuid.UUID:
        self.numbers += 1
        return uuid.UUID(int=self.numbers)

    def expect_no_overtaking(self, date: SeminarDate, attendance: str) -> None:
        """Nobody new is given a seat of this pool in the step that follows, if somebody has the first claim now."""
        pool = Pool.objects.filter(seminar_date=date, attendance=attendance).first()
        self.overtaken = pool if pool and waiting.has_first_claim(pool) else None

    def look(self) -> None:
        letters = list(
            Delivery.objects.filter(pk__gt=self.last_letter)
            .select_related("booking__seminar_date")
            .order_by("pk")
        )
        bookings = Booking.objects.select_related("seminar_date").in_bulk()
        for booking in bookings.values():
            self.look_at(booking, [one for one in letters if one.booking_id == booking.pk])
        self.look_at_calendars(letters)
        self.states = {booking.pk: booking.state for booking in bookings.values()}
        self.rows = {pk: _of_person(booking) for pk, booking in bookings.items()}
        self.last_letter = max([self.last_letter, *(letter.pk for letter in letters)])
        self.overtaken = None
        self.may_repeat = False

    def look_at(self, booking: Booking, letters: list[Delivery]) -> None:
        before, now = self.states.get(booking.pk, ""), str(booking.state)
        kinds = [letter.kind for letter in letters]
        self.look_at_offer(booking, "offer" in kinds)
        if before == now:
            if now not in Booking.NEXT:
                assert self.rows[booking.pk] == _of_person(booking), "what has ended is changed no more"
                assert not kinds
            return
        path = _path(before, now)
        assert path, f"{before} became {now}"
        self.taken.update(path)
        if self.overtaken and booking.pool_id == self.overtaken.pk and before == "":
            assert now != "confirmed", "somebody new was given a seat that another had a claim to"
        wanted = LETTERS.get(path[-1])
        if booking.came_without_booking and wanted == "confirmation":
            wanted = None
        if wanted == "cancellation" and _has_moved(booking):
            wanted = None
        if wanted:
            assert kinds.count(wanted) == 1, f"{before} became {now}, and the letters are {kinds}"

    def look_at_offer(self, booking: Booking, is_told: bool) -> None:
        """Who is offered a seat knows until when."""
        if is_told:
            self.offered[booking.pk] = booking.offer_expires_at
        until = booking.offer_expires_at
        if until and until > timezone.now() and not booking.seminar_date.is_cancelled:
            assert self.offered.get(booking.pk) == until, "who was offered a seat was told another end"

    def look_at_calendars(self, letters: list[Delivery]) -> None:
        """Each that tells of something says a number that is higher than the one before it."""
        told: dict[uuid.UUID, int] = {}
        for letter in letters:
            if not letter.calendar:
                continue
            uid = uuid.UUID(letter.detail["uid"]) if "uid" in letter.detail else letter.booking.calendar_uid
            number = letter.detail.get("sequence", letter.booking.sequence)
            # What is told later may be what was told before: the link for joining is in no calendar.
            higher = number > self.told.get(uid, -1) or letter.due_at > letter.written_at
            higher |= self.may_repeat and number == self.told.get(uid)
            assert higher, f"{letter.kind}: {number} was told before"
            assert uid not in told or letter.kind == "change", f"told twice at once: {letter.kind}"
            told[uid] = number
        self.told |= told
        for booking in Booking.objects.confirmed().select_related("seminar_date"):
            told_before = self.told.get(booking.calendar_uid)
            assert told_before is None or booking.sequence >= told_before


def _path(before: str, now: str) -> list[tuple[str, str]]:
    """The allowed steps from one state to another, in one verb at most three."""
    paths = [[step] for step in STEPS_ALLOWED if step[0] == before]
    for _length in range(3):
        if found := next((path for path in paths if path[-1][1] == now), None):
            return found
        paths = [[*path, step] for path in paths for step in STEPS_ALLOWED if step[0] == path[-1][1]]
    return []


def _has_moved(booking: Booking) -> bool:
    return booking.replaced_by.filter(state="confirmed").exists()


def _of_person(booking: Booking) -> tuple[Any, ...]:
    return (
        booking.state,
        booking.name,
        booking.email,
        booking.pool_id,
        booking.ended_at,
        booking.ical_sequence,
    )
