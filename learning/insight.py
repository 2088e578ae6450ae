"""What a theme or a tag looks like from outside: trend, neighbours, who did it. Read from tallies, at any size."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    JSONField,
    OuterRef,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, JSONObject, RowNumber
from django.utils import timezone

from learning.models import Author, Facet, Lesson, Tally, WriteUp
from people.models import Organisation
from themes.models import Tag

MOST = 30  # neighbours of each kind
YEARS = 10  # a trend's length
Kind = Facet.Kind


@dataclass
class Neighbour:
    """A facet that occurs together with the one looked at, and in how many write-ups."""

    pk: str
    count: int
    label: dict[str, Any] = field(default_factory=dict)


@dataclass
class Neighbourhood:
    years: list[tuple[int, int]]  # (year, write-ups), oldest first, without gaps
    themes: list[Neighbour]
    tags: list[Neighbour]
    organisations: list[Neighbour]
    total: int


def neighbourhood(kind: str, value: int | str, today: date | None = None) -> Neighbourhood:
    """Everything filed together with one facet, in one query."""
    label = Case(
        When(other_kind=Kind.TAG, then=_label(Tag, name="name", slug="slug")),
        When(
            other_kind=Kind.ORGANISATION,
            then=_label(Organisation, name_en="name_en", name_cy="name_cy", slug="slug"),
        ),
        output_field=JSONField(),
    )
    ranked = (
        Tally.objects.filter(kind=kind, value=str(value), count__gt=0)
        .filter(other_kind__in=[Kind.YEAR, Kind.THEME, Kind.TAG, Kind.ORGANISATION])
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[F("other_kind")],
                order_by=[F("count").desc(), F("other_value").asc()],
            )
        )
        .filter(rank__lte=MOST)
        .annotate(label=label)
        .order_by("-count", "other_value")
    )
    found: dict[str, list[Neighbour]] = {}
    for row in ranked.values_list("other_kind", "other_value", "count", "label"):
        found.setdefault(row[0], []).append(Neighbour(row[1], row[2], row[3] or {}))
    return Neighbourhood(
        years=_without_gaps(
            {int(n.pk): n.count for n in found.get(Kind.YEAR, [])}, today or timezone.localdate()
        ),
        themes=found.get(Kind.THEME, []),
        tags=found.get(Kind.TAG, []),
        organisations=found.get(Kind.ORGANISATION, []),
        total=sum(n.count for n in found.get(Kind.YEAR, [])),
    )


def _label(model: Any, **columns: str) -> Subquery:
    rows = model.objects.filter(pk=Cast(OuterRef("other_value"), BigIntegerField()))
    return Subquery(rows.values(json=JSONObject(**columns))[:1], output_field=JSONField())


def _without_gaps(counts: dict[int, int], today: date) -> list[tuple[int, int]]:
    if not counts:
        return []
    first = max(min(counts), today.year - YEARS + 1)
    return [(year, counts.get(year, 0)) for year in range(first, max(today.year, max(counts)) + 1)]


@dataclass(frozen=True)
class Signed:
    """An author as the page of a theme names them: with a page of their own if they show it."""

    name: str
    role: str
    slug: str


def first_author(place: int) -> Subquery:
    authors = Author.objects.filter(write_up=OuterRef("write_up")).order_by("position", "pk")
    columns = JSONObject(
        name="name",
        role="role",
        slug=Case(
            When(member__is_visible=True, member__is_active=True, then=F("member__slug")),
            default=Value(None, output_field=CharField()),
        ),
    )
    return Subquery(authors.values(json=columns)[place : place + 1], output_field=JSONField())


def signed(row: dict[str, str | None]) -> Signed:
    return Signed(row["name"] or "", str(dict(Author.Role.choices)[row["role"] or ""]), row["slug"] or "")


def newest_filed(kind: str, value: int | str, most: int) -> list[WriteUp]:
    """The newest write-ups under one facet, read along its index, with their lessons, and the two who signed first."""
    filed = (
        Facet.objects.filter(kind=kind, value=str(value))
        .order_by("-published_at", "-write_up")
        .select_related("write_up__organisation")
        .annotate(first=first_author(0), second=first_author(1))
        .prefetch_related("write_up__lessons")
    )
    found = []
    for row in filed[:most]:
        row.write_up.signed = [signed(one) for one in (row.first, row.second) if one]  # type: ignore[attr-defined]
        found.append(row.write_up)
    return found


def most_kept(kind: str, value: int | str, most: int) -> list[Lesson]:
    """The lessons of published write-ups under one facet that most members keep; none that nobody keeps."""
    lessons = Lesson.objects.filter(
        kept__gt=0, write_up__facets__kind=kind, write_up__facets__value=str(value)
    ).select_related("write_up__organisation")
    return list(lessons.order_by("-kept", "-write_up__published_at", "position")[:most])
