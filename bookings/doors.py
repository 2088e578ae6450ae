"""What a steward's page shows: the least that is needed to find somebody at the door. No address, no need, no note."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.db.models import Q

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
    folded: str  # what a search looks in

    @property
    def is_here(self) -> bool:
        return self.check_in is not None


def arrivals(seminar_date: SeminarDate, words: str = "") -> list[Arrival]:
    """Those with a place, in the reader's alphabetical order; with words, those whose name, body or code hold them all."""
    rows = Booking.objects.filter(seminar_date=seminar_date, state__in=EXPECTED).select_related(
        "organisation", "pool"
    )
    here = dict(
        CheckIn.objects.filter(Q(undone_at=None), booking__seminar_date=seminar_date).values_list(
            "booking", "pk"
        )
    )
    found = [
        Arrival(
            row.code,
            row.name,
            str(either(row.organisation, "name")) if row.organisation else row.organisation_name,
            row.pool.get_attendance_display(),
            here.get(row.pk),
            fold(f"{row.name} {row.affiliation} {row.code}"),
        )
        for row in rows
    ]
    wanted = fold(words).split()
    shown = [one for one in found if all(word in one.folded for word in wanted)]
    return sorted(shown, key=lambda one: (reading_key(_family(one.name)), reading_key(one.name)))


def _family(name: str) -> str:
    """People queue by the last word of their names."""
    return name.rsplit(" ", 1)[-1]


def as_data(found: list[Arrival]) -> list[dict[str, object]]:
    """For the device that has no connection."""
    return [{**asdict(one), "check_in": one.is_here} for one in found]


def etag(found: list[Arrival]) -> str:
    text = json.dumps(as_data(found), ensure_ascii=False)
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
