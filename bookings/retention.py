"""What is forgotten, and when: needs after days, people after months, everywhere that they live."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bookings import tokens
from bookings.following_up import months_after
from bookings.models import (
    Booking,
    BookingRules,
    BouncedAddress,
    Commitment,
    Delivery,
    Need,
    OwnAnswer,
    Question,
)
from bookings.models.rules import LEAST_MONTHS
from seminars.models import SeminarDate
from ui.folding import fold_email

NAMELESS = "–"
AT_ONCE = 500
OPEN = Q(visibility=Commitment.Visibility.PUBLIC)
NOTHING_TO_FIND_THEM_BY = {
    "name": NAMELESS, "name_folded": "", "email": "", "email_folded": "", "organisation_name": "", "member": None,
    "booked_by_name": "", "booked_by_email": "", "reason": "", "priority": 0, "priority_reason": "",
    "is_on_list": False, "request_key": None,
}  # fmt: skip


@dataclass(frozen=True)
class Forgotten:
    """So many things of a kind, of one date or of none. It says nothing of anybody."""

    what: str
    of: str
    number: int


# -- people -------------------------------------------------------------------------------------------------------


def anonymise(bookings: Iterable[Booking]) -> Counter[str]:
    """Take the person out of bookings that have ended: numbers, kinds and organisations stay. Returns what went."""
    gone: Counter[str] = Counter()
    keys = [booking.pk for booking in bookings]
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            gone.update(_anonymise(keys[start : start + AT_ONCE]))
    return gone


def _anonymise(keys: Sequence[int]) -> Counter[str]:
    Need.objects.filter(booking__in=keys).delete()
    gone = Counter({what: _delete(rows) for what, rows in _attached(keys).items()})
    for what, (rows, nobody) in _kept_for_everybody(keys).items():
        gone[what] = rows.update(**nobody)
    left = list(Booking.objects.filter(pk__in=keys))
    for booking in left:
        # Whoever has an old letter finds nothing with its link.
        booking.nonce, booking.token_hash, booking.later_hash = tokens.new_nonce(), "", ""
        booking.prepare()
    Booking.objects.bulk_update(left, ["nonce", "token_hash", "later_hash"])
    found = Booking.objects.filter(pk__in=keys)
    gone["bookings"] = found.update(**NOTHING_TO_FIND_THEM_BY, anonymised_at=timezone.now())
    return gone


def _attached(keys: Sequence[int]) -> dict[str, QuerySet[Any]]:
    """What goes with them, row by row; and needs, which are long gone."""
    mine = Q(booking__in=keys)
    return {
        "answers": OwnAnswer.objects.filter(mine),
        "letters": Delivery.objects.filter(mine),
        "commitments": Commitment.objects.filter(mine & ~OPEN),
    }


def _kept_for_everybody(keys: Sequence[int]) -> dict[str, tuple[QuerySet[Any], dict[str, Any]]]:
    """What everybody was to see stays, without who asked it and without who was to help; with what takes them out."""
    mine = Q(booking__in=keys)
    return {
        "questions": (Question.objects.filter(mine), {"author_name": "", "booking": None}),
        "helpers": (Commitment.objects.filter(mine & OPEN).exclude(with_whom=""), {"with_whom": ""}),
    }


def _delete(rows: QuerySet[Any]) -> int:
    """How many rows went, without those that hung on them."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def ended() -> Q:
    """Bookings from which nobody waits for anything any more."""
    return Q(seminar_date__ends_at__lt=timezone.now()) | ~Q(state__in=Booking.LIVE)


# -- what is due --------------------------------------------------------------------------------------------------


def needs_due(now: datetime) -> QuerySet[Need]:
    """Those whose day, which the form promised, is over."""
    return Need.objects.filter(delete_after__lt=timezone.localdate(now))


def dates_due(now: datetime) -> Iterator[SeminarDate]:
    """Dates that were held as many months ago as their organisers keep bookings, and have some with a name."""
    named = Booking.objects.filter(anonymised_at=None)
    long_ago = BookingRules.objects.filter(
        Exists(named.filter(seminar_date=OuterRef("seminar_date"))),
        seminar_date__ends_at__lt=now - LEAST_MONTHS * timedelta(days=28),
    )
    for rules in long_ago.select_related("seminar_date__seminar").order_by("seminar_date__ends_at", "pk"):
        date = rules.seminar_date
        if months_after(date.local_end.date(), rules.keep_bookings_months) < timezone.localdate(now):
            yield date


def addresses_due(now: datetime) -> list[int]:
    """Of addresses that letters came back from, those that no booking has that keeps its name."""
    kept: set[str] = set()
    named = Booking.objects.filter(anonymised_at=None).exclude(seminar_date__in=list(dates_due(now)))
    for name in ("email", "booked_by_email"):
        kept |= {fold_email(address) for address in named.values_list(name, flat=True).distinct().iterator()}
    known = BouncedAddress.objects.values_list("pk", "folded")
    return [key for key, folded in known if folded not in kept]


def forget_needs(now: datetime | None = None, *, only_look: bool = False) -> list[Forgotten]:
    due = needs_due(now or timezone.now())
    of = Counter(
        f"{seminar}/{date}"
        for seminar, date in due.values_list(
            "booking__seminar_date__seminar__slug", "booking__seminar_date__slug"
        )
    )
    if not only_look:
        due.delete()
    return [Forgotten("needs", date, number) for date, number in sorted(of.items())]


def forget_people(now: datetime | None = None, *, only_look: bool = False) -> list[Forgotten]:
    found = []
    for date in dates_due(now or timezone.now()):
        due = Booking.objects.filter(seminar_date=date, anonymised_at=None)
        gone = _count(due) if only_look else anonymise(due)
        of = f"{date.seminar.slug}/{date.slug}"
        found += [Forgotten(what, of, number) for what, number in sorted(gone.items()) if number]
    return found


def _count(due: QuerySet[Booking]) -> Counter[str]:
    keys = list(due.values_list("pk", flat=True))
    gone: Counter[str] = Counter(bookings=len(keys))
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        gone.update({what: rows.count() for what, rows in _attached(batch).items()})
        gone.update({what: rows.count() for what, (rows, _nobody) in _kept_for_everybody(batch).items()})
    return gone


def forget_addresses(now: datetime | None = None, *, only_look: bool = False) -> list[Forgotten]:
    due = addresses_due(now or timezone.now())
    if not only_look:
        BouncedAddress.objects.filter(pk__in=due).delete()
    return [Forgotten("addresses", "", len(due))] if due else []
