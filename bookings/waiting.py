"""The queue of a pool: who waits, who is offered a seat and until when, and why a free seat was offered to nobody.

The order is priority, then time. People who booked as a whole group are one party. A party that does not fit into what
is free is passed over, so that no seat stays empty; one with priority is not: it holds what becomes free until it fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, places, seats, working_time
from bookings.models import Booking, BookingRules, Delivery, Pool
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import Seminar, SeminarDate
from ui.statements import Hole, Kept, hole

State = Booking.State


@dataclass
class Party:
    """One booking, or the bookings of a whole group."""

    bookings: list[Booking] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.bookings)

    @property
    def has_priority(self) -> bool:
        return any(booking.priority for booking in self.bookings)


class Line(NamedTuple):
    """Where somebody stands in a queue, from 1, or 0 for who does not wait; how many parties it has, and how many people."""

    position: int = 0
    length: int = 0
    people: int = 0


# What tells parties apart: a whole group is one, anybody else is one by themselves.
_PARTY = Case(
    When(group__is_whole=True, then=F("group_id")), default=-F("pk"), output_field=BigIntegerField()
)
_ALONE = Q(group=None) | Q(group__is_whole=False)


def _queue(pool_id: int) -> QuerySet[Booking]:
    return Booking.objects.in_queue().filter(pool=pool_id)


def parties(pool: Pool) -> list[Party]:
    """Those who wait for a seat of the pool, in order."""
    found: dict[object, Party] = {}
    for booking in _queue(pool.pk).select_related("group"):
        group = booking.group if booking.group and booking.group.is_whole else None
        found.setdefault(("group", group.pk) if group else booking.pk, Party()).bookings.append(booking)
    return list(found.values())


def has_queue(pool: Pool) -> bool:
    return _queue(pool.pk).exists()


def has_first_claim(pool: Pool) -> bool:
    """Whether somebody waits who comes before any newcomer: who has priority, or fits into what is free.

    Of those who wait, nobody fits while seats are free (`promote` saw to that), unless no offers can be made now.
    """
    return has_queue(pool) and comes_first(pool)


def comes_first(pool: Pool) -> bool:
    """As `has_first_claim`, of a pool that somebody is known to wait for."""
    if pool.is_full:
        return True
    queue = _queue(pool.pk).order_by()
    if queue.filter(Q(priority__gt=0) | _ALONE).exists():
        return True
    sizes = queue.values("group").annotate(size=Count("pk"))
    return sizes.filter(size__lte=pool.free).exists()


def why_no_offers(seminar_date: SeminarDate, now: datetime | None = None) -> str:
    """Why nobody on this date is offered anything, in words; empty where offers can be made."""
    now = now or timezone.now()
    if seminar_date.is_cancelled:
        return _("The date is cancelled.")
    if seminar_date.seminar.state != Seminar.State.PUBLISHED:
        return _("The seminar is not published.")
    if closes_at(seminar_date) <= now:
        return _("Booking is closed.")
    return ""


def why_not(pool: Pool, now: datetime | None = None) -> str:
    """Why a free seat of the pool was offered to nobody, in words; empty where none is free or nobody waits."""
    if not pool.free or not (first := _queue(pool.pk).select_related("group").first()):
        return ""
    if reason := why_no_offers(pool.seminar_date, now):
        return reason
    if first.priority:
        whole = first.group if first.group and first.group.is_whole else None
        size = _queue(pool.pk).filter(group=whole).count() if whole else 1
        return _("A party of %(size)s with priority is first in the queue, and %(free)s places are free.") % {
            "size": size,
            "free": pool.free,
        }
    return _(
        "Those who wait are whole groups, and none of them fits into the places that are free (%(free)s)."
    ) % {"free": pool.free}


def closes_at(seminar_date: SeminarDate) -> datetime:
    return min(seminar_date.booking_closes_at or seminar_date.starts_at, seminar_date.starts_at)


def answer_by(seminar_date: SeminarDate, rules: BookingRules, now: datetime) -> datetime:
    """Working hours from now, and never past the close."""
    return min(working_time.after(now, rules.hours_to_answer), closes_at(seminar_date))


def promote(seminar_date: SeminarDate, now: datetime | None = None) -> int:
    """Offer what is free to those who wait; under the pools of the date. Returns how many were offered a seat."""
    now = now or timezone.now()
    free = [pool for pool in Pool.objects.filter(seminar_date=seminar_date).order_by("pk") if pool.free]
    if not free:
        return 0
    # Read anew: it may have been moved or cancelled while the caller waited for its pools.
    date = SeminarDate.objects.select_related("seminar", "booking_rules").get(pk=seminar_date.pk)
    if why_no_offers(date, now):
        return 0
    offered = [booking for pool in free for booking in _next_of(pool)]
    if offered:
        expires = answer_by(date, date.booking_rules, now)
        Booking.objects.filter(pk__in=[one.pk for one in offered], state=State.WAITING).update(
            state=State.OFFERED, offer_expires_at=expires
        )
        for booking in offered:
            booking.state, booking.offer_expires_at = State.OFFERED, expires
        outbox.write(Delivery.Kind.OFFER, offered)
    return len(offered)


def _next_of(pool: Pool) -> list[Booking]:
    """Take the pool's free seats for those whose turn it is."""
    queue = _queue(pool.pk)
    if not queue.filter(group__is_whole=True).exists():
        # Each is a party of one: no more of them need be read than there are seats.
        chosen = list(queue[: pool.free])
    else:
        chosen = _those_who_fit(pool)
    return chosen if seats.take(pool, len(chosen)) else []


def _those_who_fit(pool: Pool) -> list[Booking]:
    chosen: list[Booking] = []
    left = pool.free
    for party in parties(pool):
        if party.size <= left:
            chosen += party.bookings
            left -= party.size
        elif party.has_priority:
            break
        if not left:
            break
    return chosen


def position(booking: Booking) -> int:
    """1 for whoever is next; 0 for who does not wait. Whole groups count as one."""
    return line_of(booking).position


def line_of(booking: Booking) -> Line:
    """Where somebody stands in the queue, counted by the database; two queries, however long it is."""
    if booking.state != State.WAITING:
        return Line()
    queue = _queue(booking.pool_id)
    own = Q(pk=booking.pk) | Q(group=booking.group_id, group__is_whole=True)
    party = list(queue.filter(own).values_list("priority", "queued_at", "pk"))
    if not any(pk == booking.pk for _priority, _at, pk in party):
        return Line()
    # A whole group stands where the first of them does.
    priority, at, pk = party[0]
    same = Q(priority=priority) & (Q(queued_at__lt=at) | Q(queued_at=at, pk__lt=pk))
    found = queue.order_by().aggregate(
        before=Count(_PARTY, distinct=True, filter=Q(priority__gt=priority) | same),
        length=Count(_PARTY, distinct=True),
        people=Count("pk"),
    )
    return Line(found["before"] + 1, found["length"], found["people"])


def expire(seminar_date: SeminarDate, now: datetime | None = None) -> int:
    """End the offers of a date whose time is over, and offer their seats to the next; both pages and `tick` call it.

    On a cancelled date nothing ends: its offers are given new time if it is reinstated.
    """
    now = now or timezone.now()
    if not ANY_DUE.rows(seminar_date=seminar_date.pk, offer_expires_at=now):
        return 0
    with seats.holding(seminar_date):
        due = _due(seminar_date.pk, now).order_by("pk")
        ended = [booking for booking in due if booking.become(State.LAPSED)]
        outbox.withdraw(ended)
        places.let_go(ended)
        give_back(ended)
        outbox.write(Delivery.Kind.LAPSED, ended)
        promote(seminar_date, now)
    return len(ended)


def _due(seminar_date_id: int | Hole, now: datetime | Hole) -> QuerySet[Booking]:
    return Booking.objects.filter(
        seminar_date=seminar_date_id,
        seminar_date__state=SeminarDate.State.SCHEDULED,
        state=State.OFFERED,
        offer_expires_at__lte=now,
    )


# Every page of booking asks it.
ANY_DUE = Kept(
    lambda: (
        _due(hole(Booking, "seminar_date"), hole(Booking, "offer_expires_at"))
        .order_by()
        .values_list("pk")[:1]
    )
)


def expire_all(now: datetime | None = None) -> int:
    now = now or timezone.now()
    dates = SeminarDate.objects.filter(
        bookings__state=State.OFFERED, bookings__offer_expires_at__lte=now, state=SeminarDate.State.SCHEDULED
    ).select_related("seminar")
    return sum(expire(seminar_date, now) for seminar_date in dates.distinct())


def give_back(bookings: Iterable[Booking]) -> None:
    """Give the seats of bookings that have ended back to their pools."""
    by_pool: dict[int, int] = {}
    for booking in bookings:
        by_pool[booking.pool_id] = by_pool.get(booking.pool_id, 0) + 1
    for pool in Pool.objects.filter(pk__in=by_pool):
        seats.give_back(pool, by_pool[pool.pk])


def give_new_time(seminar_date: SeminarDate, now: datetime | None = None) -> None:
    """For a date that is held after all, or moved: its offers can be answered again, unless it has closed."""
    now = now or timezone.now()
    _offer_until(answer_by(seminar_date, seminar_date.booking_rules, now), _offered(seminar_date), now)


def heed_close(seminar_date: SeminarDate, now: datetime | None = None) -> None:
    """For a date that closes earlier than it did: its offers end by then."""
    close = closes_at(seminar_date)
    _offer_until(close, _offered(seminar_date).filter(offer_expires_at__gt=close), now or timezone.now())


def _offered(seminar_date: SeminarDate) -> QuerySet[Booking]:
    return Booking.objects.filter(seminar_date=seminar_date, state=State.OFFERED).order_by("pk")


def _offer_until(expires: datetime, offered: QuerySet[Booking], now: datetime) -> None:
    """Give these offers another end. The letter that they have says the old one: they get it anew, while there is time."""
    changed = list(offered.exclude(offer_expires_at=expires))
    Booking.objects.filter(pk__in=[one.pk for one in changed]).update(offer_expires_at=expires)
    if expires > now:
        outbox.withdraw(changed, kind=Delivery.Kind.OFFER)
        outbox.write(Delivery.Kind.OFFER, changed)


def prefer(booking: Booking, priority: int, reason: str, *, by: Member | None) -> None:
    """Put somebody before others in the queue, for a reason; 0 takes it back.

    It is audited without the reason: that is about a person, and is forgotten with the booking.
    """
    reason = reason.strip() if priority else ""
    if priority and not reason:
        raise Refused(_("Give a reason."))
    with seats.holding(booking.seminar_date):
        current = Booking.objects.select_related("group").get(pk=booking.pk)
        if current.state != State.WAITING:
            raise Refused(_("This booking is not in the queue any more."))
        rows = Booking.objects.filter(state=State.WAITING)
        group = current.group
        rows = rows.filter(group=group) if group and group.is_whole else rows.filter(pk=current.pk)
        rows.update(priority=priority, priority_reason=reason)
        AuditEvent.record(by, "queue-priority", current, priority=priority)
        promote(current.seminar_date)
