"""Who is not there yet: areas and sectors of Wales with nobody on a date, and those who came to its series before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from bookings.models import Booking
from people.models import Organisation
from seminars.models import SeminarDate
from ui.bilingual import either
from ui.sorting import reading_key

State = Booking.State
MOST_EARLIER = 40


@dataclass(frozen=True)
class Sector:
    """The organisations of Wales of one kind: how many there are, and how many of them come or wait."""

    label: str
    total: int
    here: int


@dataclass
class Missing:
    """Who is not there yet."""

    areas: Sequence[Organisation]
    sectors: Sequence[Sector]
    earlier: Sequence[Organisation]


def of(seminar_date: SeminarDate) -> Missing:
    """Of all the organisations in Wales, and of those that came earlier: one query, and the rest is counted here."""
    here = Booking.objects.live().filter(seminar_date=seminar_date, organisation=OuterRef("pk"))
    rows = (
        Organisation.objects.annotate(is_here=Exists(here), came=_came_earlier(seminar_date))
        .filter(Q(nation=Organisation.Nation.WALES) | Q(came=True, is_here=False))
        .only("name_en", "name_cy", "kind", "nation")
    )
    found = sorted(rows, key=lambda one: reading_key(either(one, "name")))
    wales = [one for one in found if one.nation == Organisation.Nation.WALES]
    totals, present = Counter(one.kind for one in wales), Counter(one.kind for one in wales if one.is_here)
    labels = dict(Organisation.Kind.choices)
    sectors = [Sector(str(labels[kind]), total, present[kind]) for kind, total in totals.items()]
    return Missing(
        areas=[one for one in wales if one.kind == Organisation.Kind.COUNCIL and not one.is_here],
        sectors=sorted(sectors, key=lambda one: (one.here > 0, -one.total, one.label)),
        earlier=[one for one in found if one.came and not one.is_here][:MOST_EARLIER],
    )


def _came_earlier(seminar_date: SeminarDate) -> Any:
    """Whether an organisation came to earlier seminars of the series."""
    if not seminar_date.seminar.series_id:
        return Value(False)
    return Exists(
        Booking.objects.filter(
            organisation=OuterRef("pk"),
            state__in=[State.ATTENDED, State.CONFIRMED],
            seminar_date__seminar__series=seminar_date.seminar.series_id,
            seminar_date__ends_at__lt=min(seminar_date.starts_at, timezone.now()),
        ).exclude(seminar_date__seminar=seminar_date.seminar_id)
    )
