"""The row of a booking as it begins, whoever it is for and however they came to it; and in which state it begins."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from bookings import seats, waiting
from bookings.models import Booking, BookingRules, Pool
from bookings.tokens import new_code
from seminars.models import SeminarDate
from ui.folding import fold_email

if TYPE_CHECKING:
    from bookings.taking import Person, Request

State = Booking.State
ABOUT = ("name", "email", "kind", "organisation", "organisation_name", "language", "is_on_list", "member")


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
    """What stood in the table before: bookings of the same form, or of the same address on the date; and free codes."""

    is_made: bool
    # Those of the addresses that have a booking on the date.
    booked: frozenset[str]
    codes: list[str]


def look(date: SeminarDate, key: uuid.UUID | None, folded: Sequence[str], number: int) -> Known:
    """One look at all that may be in the way of so many bookings: others wait for the lock under which it is done."""
    while True:
        codes = [new_code() for _each in range(number)]
        in_the_way = Q(seminar_date=date, code__in=codes)
        if folded:
            in_the_way |= Q(seminar_date=date, email_folded__in=folded, state__in=Booking.LIVE)
        if key:
            in_the_way |= Q(request_key=key)
        rows = Booking.objects.filter(in_the_way).order_by()
        found = list(rows.values_list("request_key", "email_folded", "state", "code", "seminar_date"))
        # 27 to the power of 6 codes a date: two that are the same are rare, and looked for all the same.
        if len(set(codes)) == number and not set(codes) & {row[3] for row in found}:
            return Known(
                is_made=bool(key) and any(row[0] == key for row in found),
                booked=frozenset(
                    row[1]
                    for row in found
                    if row[1] in folded and row[2] in Booking.LIVE and row[4] == date.pk
                ),
                codes=codes,
            )


def a_code(date: SeminarDate) -> str:
    """One that nobody on this date has."""
    return look(date, None, (), 1).codes[0]


def first_states(request: "Request", rules: BookingRules, pool: Pool, now: datetime) -> Sequence[str]:
    """What each person's booking begins as; the seats of those who are confirmed are taken."""
    number = len(request.people)
    if not request.organiser and (rules.needs_approval or _missed_too_many(request, rules, now)):
        return [State.REQUESTED] * number
    if waiting.has_first_claim(pool):
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
