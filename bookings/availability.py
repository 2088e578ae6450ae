"""What the public sees of a date's booking: places left, how long the queue is, and when it opens and closes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import waiting
from bookings.models import Booking, Pool
from seminars.models import Seminar, SeminarDate
from ui import dates
from ui.statements import Kept, hole

FEW = 5


@dataclass(frozen=True)
class Seats:
    """One way of taking part. `free` is what a newcomer can have: nothing, where somebody who waits comes first."""

    attendance: str
    free: int
    waiting: int
    # All that there are, taken or not.
    seats: int

    @property
    def label(self) -> str:
        return str(Pool.Attendance(self.attendance).label)

    @property
    def is_full(self) -> bool:
        return not self.free

    @property
    def state(self) -> str:
        """One word for the style sheet and the icon; `words` says it to the reader."""
        if self.is_full:
            return "full"
        return "few" if self.free <= FEW else "open"

    @property
    def icon(self) -> str:
        return "monitor" if self.attendance == Pool.Attendance.ONLINE else "users"

    @property
    def words(self) -> str:
        if self.free:
            return ngettext("%(left)s place left", "%(left)s places left", self.free) % {"left": self.free}
        if not self.waiting:
            return _("Full: you would be first in the queue")
        return ngettext("Full: %(waiting)s in the queue", "Full: %(waiting)s in the queue", self.waiting) % {
            "waiting": self.waiting
        }


@dataclass
class Availability:
    """One date that can be booked here, now, before or no more."""

    seminar_date: SeminarDate
    ways: list[Seats] = field(default_factory=list)
    now: datetime = field(default_factory=timezone.now)

    @property
    def state(self) -> str:
        date = self.seminar_date
        if date.is_cancelled or date.starts_at <= self.now:
            return "over"
        if date.seminar.state != Seminar.State.PUBLISHED or waiting.closes_at(date) <= self.now:
            return "closed"
        if date.booking_opens_at and self.now < date.booking_opens_at:
            return "to open"
        return "open"

    @property
    def is_full(self) -> bool:
        return all(way.is_full for way in self.ways)

    @property
    def opens(self) -> str:
        return _moment(self.seminar_date, self.seminar_date.booking_opens_at)

    @property
    def closes(self) -> str:
        """Only where it is before the start, which everybody expects."""
        closes = self.seminar_date.booking_closes_at
        if closes is None or closes >= self.seminar_date.starts_at:
            return ""
        return _moment(self.seminar_date, closes)

    @property
    def where(self) -> Any:
        venue = self.seminar_date.venue if self.seminar_date.is_in_person else None
        return venue.tr("town") if venue else _("Online")

    @property
    def day(self) -> str:
        return dates.day(self.seminar_date.local_start)

    @property
    def address(self) -> str:
        return reverse("bookings:book", args=[self.seminar_date.seminar.slug, self.seminar_date.slug])

    @property
    def offers(self) -> dict[str, Any]:
        """As schema.org says it."""
        is_open = self.state == "open"
        return {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "GBP",
            "availability": f"https://schema.org/{'InStock' if is_open and not self.is_full else 'SoldOut'}",
        }


def _moment(seminar_date: SeminarDate, moment: datetime | None) -> str:
    if moment is None:
        return ""
    here = moment.astimezone(seminar_date.tz)
    return f"{dates.weekday(here)}, {dates.clock(here)}"


def ways_of(seminar_date: SeminarDate) -> list[Seats]:
    return [_seats(pool) for pool in OF_DATE.rows(seminar_date=seminar_date.pk)]


def of_date(seminar_date: SeminarDate) -> Availability | None:
    """None where no places are booked here. One query."""
    found = Availability(seminar_date, ways_of(seminar_date))
    return found if found.ways else None


def of_seminar(seminar: Seminar) -> list[Availability]:
    """The dates to come that are booked here, in their order. One query, however many they are."""
    found: dict[int, Availability] = {}
    for pool in OF_SEMINAR.rows(seminar=seminar.pk, starts_at=timezone.now()):
        date = pool.seminar_date
        date.seminar = seminar
        found.setdefault(date.pk, Availability(date)).ways.append(_seats(pool))
    return [one for one in found.values() if one.state != "over"]


def _with_queues() -> Any:
    line = Booking.objects.filter(pool=OuterRef("pk"), state=Booking.State.WAITING).order_by()
    counted = line.values("pool").annotate(number=Count("pk")).values("number")
    # As `waiting.has_first_claim`, but for whole groups that would fit: those have been offered their places already.
    first = line.filter(Q(priority__gt=0) | Q(group=None) | Q(group__is_whole=False))
    return (
        Pool.objects.held()
        .filter(seminar_date__booking_rules__isnull=False)
        .annotate(
            waiting=Coalesce(Subquery(counted, output_field=IntegerField()), 0), has_first_claim=Exists(first)
        )
    )


# Asked by every page of booking, and by the public pages of a seminar and of a date.
OF_DATE = Kept(lambda: _with_queues().filter(seminar_date=hole(Pool, "seminar_date")).order_by("attendance"))
OF_SEMINAR = Kept(
    lambda: (
        _with_queues()
        .filter(
            seminar_date__seminar=hole(SeminarDate, "seminar"),
            seminar_date__starts_at__gt=hole(SeminarDate, "starts_at"),
        )
        .select_related("seminar_date__venue")
        .order_by("seminar_date__starts_at", "seminar_date", "attendance")
    )
)


def _seats(pool: Any) -> Seats:
    return Seats(pool.attendance, 0 if pool.has_first_claim else pool.free, pool.waiting, pool.seats)
