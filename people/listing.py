"""The list of organisations: one light query for order and counts, one for the page that is shown.

The database cannot sort by the Welsh alphabet, and there are some hundreds of organisations: they are sorted here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from people.models import Organisation
from ui.bilingual import either
from ui.sorting import reading_key

FACETS = ("kind", "nation", "region")


@dataclass(frozen=True)
class Listing:
    ids: list[int]
    # How many there would be for each value of a facet, the other facets staying as they are.
    counts: dict[str, dict[str, int]]


def listing(wanted: dict[str, str]) -> Listing:
    found = Organisation.objects.named_like(wanted.get("q", "")).only("name_en", "name_cy", *FACETS)
    if "shared" in wanted:
        found = found.filter(pk__in=that_shared())
    rows = list(found.order_by())
    counts = {
        facet: dict(Counter(getattr(row, facet) for row in rows if _fits(row, wanted, but=facet)))
        for facet in FACETS
    }
    shown = sorted(
        (row for row in rows if _fits(row, wanted)), key=lambda row: reading_key(either(row, "name"))
    )
    return Listing([row.pk for row in shown], counts)


def that_shared() -> set[int]:
    """The organisations that show a write-up or a seminar to everybody."""
    return {
        pk
        for name in ("write_ups", "seminars")
        for pk in _model(name)
        .objects.published()
        .order_by()
        .values_list("organisation", flat=True)
        .distinct()
    }


def _model(name: str) -> Any:
    """Of the apps above, asked for by the name of their relation."""
    return Organisation._meta.get_field(name).related_model


def in_order(ids: Iterable[int]) -> list[Organisation]:
    rows = Organisation.objects.in_bulk(list(ids))
    return [rows[pk] for pk in ids]


def shared_counts(ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many write-ups and seminars each organisation shows to everybody, asked of the apps above by their names."""
    counts: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for name in ("write_ups", "seminars"):
        rows = (
            _model(name)
            .objects.published()
            .filter(organisation__in=counts)
            .order_by()
            .values_list("organisation")
        )
        for pk, number in rows.annotate(Count("pk")):
            counts[pk][name] = number
    return counts


def _fits(row: Organisation, wanted: dict[str, str], but: str = "") -> bool:
    return all(getattr(row, facet) == wanted[facet] for facet in FACETS if facet in wanted and facet != but)
