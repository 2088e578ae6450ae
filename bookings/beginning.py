"""The row of a booking as it begins, whoever it is for and however they came to it; and in which state it begins."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, QuerySet

from bookings import seats, waiting
from bookings.models import Booking, BookingRules, Pool
from bookings.tokens import new_code
from seminars.models import SeminarDate
from ui.folding import fold_email
from ui.statements import Kept, hole, holes

if TYPE_CHECKING:
    from bookings.taking import Person, Request

State = Booking.State
ABOUT = ("name", "email", "kind", "organisation", "organisation_name", "language", "is_on_list", "member")
NEEDED = [
    *("state", "starts_at", "ends_at", "timezone", "attendance", "booking_opens_at", "booking_closes_at"),
    *("seminar__state", "seminar__organisation", "booking_rules__seminar_date", "booking_rules__workshops"),
    *("booking_rules__needs_approval", "booking_rules__most_in_group", "booking_rules__no_show_limit"),
    "booking_rules__keep_needs_days",
]
NO_KEY, NO_POOL = uuid.UUID(int=0), 0


def begin(
    date: SeminarDate, pool: Pool, state: str, who: "Person | Booking", now: datetime, **more: Any
) -> Booking:
    """A booking that is not saved yet, for a person of a form or for whoever another booking is for."""
    about = {name: getattr(who, name) for name in ABOUT}
    return Booking(
        seminar_date=date,
        pool=pool,
        state=state,
        created_at=now,
        queued_at=now if state == State.WAITING else None,
        confirmed_at=now if state == State.CONFIRMED else None,
        **about,
        **more,
    ).prepare()


@dataclass(frozen=True)
class Known:
    """A date as it now is, and what stands there: bookings of the same form or of the same addresses, a queue; and free codes."""

    # Only what booking asks for has been read of it; the rest is read when it is asked for.
    date: SeminarDate
    is_made: bool
    # Those of the addresses that have a booking on the date.
    booked: frozenset[str]
    has_queue: bool
    codes: list[str]


def look(date_id: int, pool_id: int, key: uuid.UUID | None, folded: Sequence[str], number: int) -> Known:
    """One look at all that so many bookings must know: others wait for the lock under which it is done."""
    while True:
        codes = [new_code() for _each in range(number)]
        (date,) = _as_it_is(number, len(folded)).rows(
            id=date_id, pool=pool_id, code=codes, email_folded=folded, request_key=key or NO_KEY
        )
        # 27 to the power of 6 codes a date: two that are the same are rare, and looked for all the same.
        if len(set(codes)) == number and not date.has_code:
            return Known(
                date=date,
                is_made=key is not None and date.is_made,
                booked=_booked(date_id, folded) if date.is_booked else frozenset(),
                has_queue=date.has_queue,
                codes=codes,
            )


def _booked(date_id: int, folded: Sequence[str]) -> frozenset[str]:
    found = Booking.objects.live().filter(seminar_date=date_id, email_folded__in=folded)
    return frozenset(found.values_list("email_folded", flat=True))


@cache
def _as_it_is(codes: int, addresses: int) -> Kept:
    def write() -> QuerySet[Any]:
        rows, here = Booking.objects.order_by(), hole(Booking, "seminar_date", "id")
        # The sum keeps SQLite from reading every booking of the date; those of an address are few.
        same = rows.live().filter(email_folded__in=holes(Booking, "email_folded", addresses))
        code = rows.filter(seminar_date=here, code__in=holes(Booking, "code", codes))
        return (
            SeminarDate.objects.filter(pk=hole(SeminarDate, "id"))
            .select_related("seminar", "booking_rules")
            .only(*NEEDED)
            .annotate(
                is_made=Exists(rows.filter(request_key=hole(Booking, "request_key"))),
                is_booked=Exists(same.alias(of=F("seminar_date") + 0).filter(of=here)),
                has_queue=Exists(rows.filter(pool=hole(Booking, "pool"), state=State.WAITING)),
                has_code=Exists(code),
            )
            .order_by()
        )

    return Kept(write)


def a_code(date: SeminarDate) -> str:
    """One that nobody on this date has."""
    return look(date.pk, NO_POOL, None, (), 1).codes[0]


def first_states(request: "Request", known: Known, pool: Pool, now: datetime) -> Sequence[str]:
    """What each person's booking begins as; the seats of those who are confirmed are taken."""
    number, rules = len(request.people), known.date.booking_rules
    if not request.organiser and (rules.needs_approval or _missed_too_many(request, rules, now)):
        return [State.REQUESTED] * number
    if known.has_queue and waiting.comes_first(pool):
        return [State.WAITING] * number
    wanted = number if request.is_whole else min(number, max(pool.free, 1))
    while wanted:
        if seats.take(pool, wanted):
            return [State.CONFIRMED] * wanted + [State.WAITING] * (number - wanted)
        pool.refresh_from_db(fields=["capacity", "extra", "taken"])
        wanted = 0 if request.is_whole else min(wanted - 1, pool.free)
    return [State.WAITING] * number


def _missed_too_many(request: "Request", rules: BookingRules, now: datetime) -> bool:
    """The rebooking rule: who missed so many dates of the organisation within a year waits for approval."""
    if rules.no_show_limit is None:
        return False
    folded = [fold_email(person.email) for person in request.people if person.email]
    missed = Counter(
        Booking.objects.filter(
            state=State.NO_SHOW,
            email_folded__in=folded,
            seminar_date__seminar__organisation=request.seminar_date.seminar.organisation_id,
            seminar_date__starts_at__gt=now - timedelta(days=365),
        ).values_list("email_folded", flat=True)
    )
    return any(times >= max(1, rules.no_show_limit) for times in missed.values())
