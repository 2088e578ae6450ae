"""What a steward's page shows: the least that is needed to find somebody at the door. No address, no need, no note."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from bookings.models import Booking, CheckIn
from seminars.models import SeminarDate
from ui.bilingual import either
from ui.folding import fold
from ui.sorting import reading_key

EXPECTED = (Booking.State.CONFIRMED, Booking.State.ATTENDED, Booking.State.NO_SHOW)


@dataclass(frozen=True)
class Arrival:
    code: str
    name: str
    body: str
    way: str
    check_in: int | None  # the key of the live check-in
    note: str | None  # what the device that made it called it
    is_settled: bool  # the day is closed, so that it stays
    folded: str  # what a search looks in

    @property
    def is_here(self) -> bool:
        return self.check_in is not None


def arrivals(seminar_date: SeminarDate) -> list[Arrival]:
    """Those with a place, by the last word of their names, in the reader's alphabetical order."""
    rows = Booking.objects.filter(seminar_date=seminar_date, state__in=EXPECTED).select_related(
        "organisation", "pool"
    )
    live = CheckIn.objects.filter(undone_at=None, booking__seminar_date=seminar_date)
    here = {
        booking: (pk, str(note)) for booking, pk, note in live.values_list("booking", "pk", "client_uuid")
    }
    found = [_arrival(row, *here.get(row.pk, (None, None))) for row in rows]
    return sorted(found, key=lambda one: in_order(one.name))


def _arrival(row: Booking, check_in: int | None, note: str | None) -> Arrival:
    return Arrival(
        code=row.code,
        name=row.name,
        body=str(either(row.organisation, "name")) if row.organisation else row.organisation_name,
        way=row.pool.get_attendance_display(),
        check_in=check_in,
        note=note,
        is_settled=row.state != Booking.State.CONFIRMED,
        folded=fold(f"{row.name} {row.affiliation} {row.code}"),
    )


def in_order(name: str) -> tuple[Any, Any]:
    """The key by which lists for the door are sorted: the last word of a name, and then the whole of it."""
    return reading_key(_family(name)), reading_key(name)


def _family(name: str) -> str:
    """People queue by the last word of their names."""
    return name.rsplit(" ", 1)[-1]


def matching(found: list[Arrival], words: str) -> list[Arrival]:
    """Those whose name, body or code hold all of the words."""
    wanted = fold(words).split()
    return [one for one in found if all(word in one.folded for word in wanted)]


def as_data(found: list[Arrival]) -> list[dict[str, object]]:
    """For the device that has no connection: [{"code", "name", "body", "way", "note", "is_settled", "folded"}, ...]"""
    return [{name: value for name, value in asdict(one).items() if name != "check_in"} for one in found]


def etag(found: list[Arrival]) -> str:
    text = json.dumps(as_data(found), ensure_ascii=False)
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
