"""The row of a booking as it begins, whoever it is for and however they came to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bookings.models import Booking, Pool
from bookings.tokens import new_code
from seminars.models import SeminarDate

if TYPE_CHECKING:
    from bookings.taking import Person

State = Booking.State
ABOUT = ("name", "email", "kind", "organisation", "organisation_name", "language", "is_on_list", "member")


def begin(
    date: SeminarDate, pool: Pool, state: str, who: "Person | Booking", now: datetime, **more: Any
) -> Booking:
    """A booking that is not saved yet, for a person of a form or for whoever another booking is for.

    Its code may be another's until `give_codes` has looked.
    """
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


def give_codes(date: SeminarDate, bookings: Sequence[Booking]) -> None:
    """27 to the power of 6 codes a date: two that are the same are rare, and looked for all the same."""
    while True:
        codes = [booking.code for booking in bookings]
        taken = set(Booking.objects.filter(seminar_date=date, code__in=codes).values_list("code", flat=True))
        if not taken and len(set(codes)) == len(codes):
            return
        for booking in bookings:
            booking.code = new_code()
