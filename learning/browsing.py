"""Reading the facets: which write-ups, how many, and what each further choice would leave.

A list page costs the same number of queries whatever it shows. Numbers come from `Tally` with no facet or one chosen,
and from a count over `Facet` with more; the page itself is read along the facets' index and never counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from learning.models import Facet, Tally, WriteUp
from people.models import Organisation
from themes.models import Tag, Theme
from ui.bilingual import Text, reader_language

PAGE = 20
DEEPEST = 50  # pages; further down, narrowing serves the reader better than paging
MOST_CHOSEN = 6
MOST_OFFERED = 12  # organisations and tags
KINDS = Facet.Kind
FIXED: dict[str, Any] = {
    KINDS.SECTOR: Organisation.Kind,
    KINDS.REGION: Organisation.Region,
    KINDS.KIND: WriteUp.Kind,
}
TITLES = {
    KINDS.THEME: _("Theme"),
    KINDS.TAG: _("Tag"),
    KINDS.ORGANISATION: _("Organisation"),
    KINDS.SECTOR: _("Kind of organisation"),
    KINDS.REGION: _("Region"),
    KINDS.KIND: _("Kind"),
    KINDS.YEAR: _("Year"),
}
BY_SLUG = {kind: {slugify(value): value for value in choices.values} for kind, choices in FIXED.items()}
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Choice:
    """One thing the list can be narrowed by: `kind` and `value` as filed, `slug` as in an address."""

    kind: str
    value: str
    slug: str
    name: Text
    framework: str = ""
    position: int = 0

    @property
    def title(self) -> str:
        if self.framework:
            return str(Theme.Framework(self.framework).label)
        return str(TITLES[KINDS(self.kind)])


@dataclass
class Offer:
    """A choice with how many write-ups it leaves, and the address that makes it."""

    choice: Choice
    count: int
    address: str


@dataclass
class Group:
    title: str
    offers: list[Offer]
    is_open: bool = False


@dataclass
class Filter:
    """What a reader chose, all of it together; `unknown` says that the address named something that is not there."""

    chosen: list[Choice] = field(default_factory=list)
    themes: list[Choice] = field(default_factory=list)
    unknown: bool = False

    def query(self, *, adding: Choice | None = None, removing: Choice | None = None) -> str:
        kept = [choice for choice in self.chosen if choice != removing]
        pairs = [(choice.kind, choice.slug) for choice in [*kept, *([adding] if adding else [])]]
        return "?" + urlencode(pairs) if pairs else ""

    def has(self, kind: str, value: str) -> bool:
        return any(choice.kind == kind and choice.value == value for choice in self.chosen)

    @property
    def title(self) -> str:
        return " · ".join(choice.name for choice in self.chosen)


def name_of(english: str, welsh: str) -> Text:
    wanted, text, other = ("cy", welsh, english) if reader_language() == "cy" else ("en", english, welsh)
    return Text(text, wanted) if text else Text(other, "en" if wanted == "cy" else "cy", is_fallback=True)


def _theme_rows(themes: QuerySet[Theme]) -> QuerySet[Any, Any]:
    return themes.order_by().values_list(
        Value("theme", CharField()), "pk", "slug_en", "slug_cy", "name_en", "name_cy", "framework", "position"
    )  # fmt: skip


def _tag_rows(tags: QuerySet[Tag]) -> QuerySet[Any, Any]:
    return tags.order_by().values_list(
        Value("tag", CharField()), "pk", "slug", Cast(Value(""), CharField()), "name", F("name"),
        Value("", CharField()), Value(0),
    )  # fmt: skip


def _organisation_rows(organisations: QuerySet[Organisation]) -> QuerySet[Any, Any]:
    return organisations.order_by().values_list(
        Value("organisation", CharField()), "pk", "slug", Cast(Value(""), CharField()), "name_en", "name_cy",
        Value("", CharField()), Value(0),
    )  # fmt: skip


def _choice(row: tuple[Any, ...]) -> Choice:
    kind, pk, slug, welsh_slug, english, welsh, framework, position = row
    if reader_language() == "cy" and welsh_slug:
        slug = welsh_slug
    return Choice(kind, str(pk), slug, name_of(english, welsh), framework, position)


def read_filter(asked: QueryDict | Mapping[str, Any]) -> Filter:
    """The filter of an address, in one query. Whatever it does not know is left out and said so."""
    wanted: dict[str, list[str]] = {}
    for kind in KINDS.values:
        values = asked.getlist(kind) if isinstance(asked, QueryDict) else []
        # PostgreSQL refuses the letter NUL; no slug holds a question mark.
        wanted[kind] = [value[:120].replace("\0", "?") for value in dict.fromkeys(values) if value]
    total = sum(map(len, wanted.values()))
    rows = _theme_rows(Theme.objects.all()).union(
        _tag_rows(Tag.objects.filter(slug__in=wanted[KINDS.TAG][:MOST_CHOSEN])),
        _organisation_rows(Organisation.objects.filter(slug__in=wanted[KINDS.ORGANISATION][:MOST_CHOSEN])),
        all=True,
    )
    known: dict[tuple[str, str], Choice] = {}
    themes = []
    for row in rows:
        choice = _choice(row)
        known[choice.kind, row[2]] = choice
        if choice.kind == KINDS.THEME:
            known[choice.kind, row[3]] = choice
            themes.append(choice)
    chosen = []
    for kind, slugs in wanted.items():
        for slug in slugs:
            named = known.get((kind, slug)) or _fixed(kind, slug)
            if named is not None and named not in chosen:
                chosen.append(named)
    kept = chosen[:MOST_CHOSEN]
    return Filter(kept, sorted(themes, key=lambda theme: theme.position), unknown=len(kept) < total)


def _fixed(kind: str, slug: str) -> Choice | None:
    if kind == KINDS.YEAR:
        return _year(slug) if slug.isascii() and slug.isdigit() and len(slug) == 4 else None
    value = BY_SLUG.get(kind, {}).get(slug)
    return _of_fixed(kind, value) if value is not None else None


def _year(value: str) -> Choice:
    return Choice(KINDS.YEAR.value, value, value, Text(value, reader_language()))


def _of_fixed(kind: str, value: str) -> Choice:
    label = str(FIXED[kind](value).label)
    return Choice(kind, value, slugify(value), Text(label, reader_language()))


def filed_under(chosen: Iterable[Choice]) -> QuerySet[Facet]:
    """The rows of the first choice whose write-ups are filed under all the others."""
    first, *others = chosen
    rows = Facet.objects.filter(kind=first.kind, value=first.value)
    for other in others:
        rows = rows.filter(
            Exists(Facet.objects.filter(write_up=OuterRef("write_up"), kind=other.kind, value=other.value))
        )
    return rows


def count(chosen: list[Choice]) -> tuple[int, Counts]:
    """How many write-ups there are, and how many of them each facet would leave; in one query."""
    counted: Counts
    if len(chosen) >= 2:
        within = filed_under(chosen).values("write_up")
        counted = {
            (kind, value): number
            for kind, value, number in Facet.objects.filter(write_up__in=within)
            .values_list("kind", "value")
            .annotate(Count("pk"))
            .order_by()
        }
        return counted.get((chosen[0].kind, chosen[0].value), 0), counted
    if chosen:
        tallies = Tally.objects.filter(kind=chosen[0].kind, value=chosen[0].value)
        columns = ("other_kind", "other_value")
    else:
        tallies = Tally.objects.filter(other_kind="", other_value="")
        columns = ("kind", "value")
    # Tags and organisations are many: only the fullest of each kind are read.
    fullest = Window(RowNumber(), partition_by=[F(columns[0])], order_by=[F("count").desc(), F(columns[1])])
    rows = (
        tallies.filter(count__gt=0)
        .annotate(rank=fullest)
        .filter(
            Q(rank__lte=MOST_OFFERED + MOST_CHOSEN) | ~Q(**{f"{columns[0]}__in": ["tag", "organisation"]})
        )
        .values_list(*columns, "count")
    )
    counted = {(kind, value): number for kind, value, number in rows}
    return counted.pop(("", ""), 0), counted


def offers(chosen: Filter, counted: Counts, path: str) -> list[Group]:
    """The panel: groups of choices that leave something and narrow, fullest first where they have no order of their own."""
    by_kind: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (kind, value), number in counted.items():
        if not chosen.has(kind, value):
            by_kind[kind].append((number, value))
    for kind in (KINDS.TAG, KINDS.ORGANISATION):
        by_kind[kind] = sorted(by_kind[kind], key=lambda pair: (-pair[0], pair[1]))[:MOST_OFFERED]
    named = _named(by_kind)

    def made(choice: Choice, number: int) -> Offer:
        return Offer(choice, number, path + chosen.query(adding=choice))

    theme_counts = {value: number for number, value in by_kind[KINDS.THEME]}
    groups = []
    for framework, title in (
        (Theme.Framework.EDITORIAL, _("Themes")),
        (Theme.Framework.GOAL, _("Well-being goals")),
        (Theme.Framework.WAY, _("Ways of working")),
    ):
        found = [
            made(theme, theme_counts[theme.value])
            for theme in chosen.themes
            if theme.framework == framework and theme.value in theme_counts
        ]
        groups.append(Group(str(title), found, is_open=framework == Theme.Framework.EDITORIAL))
    for kind, title in TITLES.items():
        if kind == KINDS.THEME:
            continue
        if kind == KINDS.YEAR:
            pairs = sorted(by_kind[kind], key=lambda pair: pair[1], reverse=True)
            found = [made(_year(value), number) for number, value in pairs]
        elif kind in FIXED:
            pairs = sorted(by_kind[kind], reverse=True)
            found = [
                made(_of_fixed(kind, value), number) for number, value in pairs if value in FIXED[kind].values
            ]
        else:
            found = [
                made(named[kind, value], number) for number, value in by_kind[kind] if (kind, value) in named
            ]
        groups.append(Group(str(title), found, is_open=kind == KINDS.KIND))
    return [group for group in groups if group.offers]


def _named(by_kind: Mapping[str, list[tuple[int, str]]]) -> dict[tuple[str, str], Choice]:
    """Names of tags and organisations, in one query."""
    tags = [int(value) for _number, value in by_kind[KINDS.TAG]]
    bodies = [int(value) for _number, value in by_kind[KINDS.ORGANISATION]]
    rows = _tag_rows(Tag.objects.filter(pk__in=tags)).union(
        _organisation_rows(Organisation.objects.filter(pk__in=bodies)), all=True
    )
    return {(choice.kind, choice.value): choice for choice in map(_choice, rows)}


def found(chosen: list[Choice], start: int = 0, stop: int = PAGE) -> QuerySet[WriteUp]:
    """The write-ups from `start` to `stop`, newest first."""
    if not chosen:
        return WriteUp.objects.published().newest_first()[start:stop]
    rows = filed_under(chosen).order_by("-published_at", "-write_up")[start:stop]
    return WriteUp.objects.filter(pk__in=rows.values("write_up")).newest_first()
