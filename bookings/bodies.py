"""The organisations that matter to one date: all of Wales, those that come or wait, those that came to its series before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils import timezone

from bookings.models import Booking
from people.models import Organisation
from seminars.models import SeminarDate
from ui.bilingual import either
from ui.sorting import reading_key

State = Booking.State


@dataclass(frozen=True)
class Body:
    """An organisation, how many of it have booked, how many more wait for a place or an answer, and whether it came to
    earlier seminars of the series."""

    organisation: Organisation
    booked: int
    hoping: int
    came: bool

    @property
    def is_here(self) -> bool:
        return self.booked + self.hoping > 0

    @property
    def in_wales(self) -> bool:
        return self.organisation.nation == Organisation.Nation.WALES


def of(seminar_date: SeminarDate) -> Sequence[Body]:
    """In the order of the reader's alphabet. Two queries, however many book."""
    rows = Booking.objects.live().filter(seminar_date=seminar_date).exclude(organisation=None).order_by()
    here = {
        pk: (booked, live - booked)
        for pk, live, booked in rows.values_list("organisation").annotate(
            live=Count("pk"), booked=Count("pk", filter=Q(state__in=Booking.BOOKED))
        )
    }
    found = (
        Organisation.objects.annotate(came=_came_earlier(seminar_date))
        .filter(Q(nation=Organisation.Nation.WALES) | Q(came=True) | Q(pk__in=here))
        .only("name_en", "name_cy", "kind", "nation", "region")
    )
    bodies = [Body(one, *here.get(one.pk, (0, 0)), one.came) for one in found]
    return sorted(bodies, key=lambda one: reading_key(either(one.organisation, "name")))


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
