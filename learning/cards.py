"""A write-up as a list shows it: every text, date and address made in Python, so that a template only prints."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import ngettext

from learning.browsing import Choice
from learning.citing import together
from learning.models import Author, Facet, Lesson, WriteUp
from ui import dates
from ui.addresses import address_of
from ui.bilingual import Text

MOST_THEMES = 3
KINDS = dict(WriteUp.Kind.choices)
COLUMNS = (
    "slug", "kind", "title_en", "title_cy", "summary_en", "summary_cy", "published_at", "state",
    "organisation__name_en", "organisation__name_cy", "organisation__slug",
)  # fmt: skip


@dataclass
class Card:
    address: str
    title: Text
    summary: Text
    kind: str
    date: str
    iso: str
    organisation: Text
    lessons: str
    authors: str = ""
    themes: list[tuple[str, Text]] = field(default_factory=list)  # address, name


def day(moment: datetime | None) -> tuple[str, str]:
    """In words, and for machines."""
    if moment is None:
        return "", ""
    local = timezone.localtime(moment)
    return dates.day(local), local.date().isoformat()


def counted(lessons: int) -> str:
    if not lessons:
        return ""
    return ngettext("%(n)s lesson", "%(n)s lessons", lessons) % {"n": lessons}


def card(
    write_up: WriteUp, lessons: int, authors: str = "", themes: list[tuple[str, Text]] | None = None
) -> Card:
    """Of a write-up read with its organisation; asks the database nothing."""
    shown, iso = day(write_up.published_at)
    return Card(
        address=write_up.get_absolute_url(),
        title=write_up.tr("title"),
        summary=write_up.tr("summary"),
        kind=str(KINDS[write_up.kind]),
        date=shown,
        iso=iso,
        organisation=write_up.organisation.tr("name"),
        lessons=counted(lessons),
        authors=authors,
        themes=themes or [],
    )


def short_cards(write_ups: Iterable[WriteUp]) -> list[Card]:
    """Without authors and themes, of write-ups read with their organisations and lessons."""
    return [card(write_up, len(write_up.lessons.all())) for write_up in write_ups]


def for_cards(write_ups: QuerySet[WriteUp]) -> QuerySet[WriteUp]:
    lessons = (
        Lesson.objects.filter(write_up=OuterRef("pk")).order_by().values("write_up").annotate(n=Count("pk"))
    )
    return (
        write_ups.select_related("organisation")
        .only(*COLUMNS)
        .annotate(lesson_count=Coalesce(Subquery(lessons.values("n"), output_field=IntegerField()), 0))
    )


def cards(write_ups: Iterable[WriteUp], themes: list[Choice]) -> list[Card]:
    """Cards of write-ups that `for_cards` read; two queries more, for authors and themes."""
    write_ups = list(write_ups)
    pks = [write_up.pk for write_up in write_ups]
    names = defaultdict(list)
    for pk, name in (
        Author.objects.filter(write_up__in=pks).order_by("position", "pk").values_list("write_up", "name")
    ):
        names[pk].append(name)
    by_value = {theme.value: (place, theme) for place, theme in enumerate(themes)}
    filed = defaultdict(list)
    for pk, value in Facet.objects.filter(write_up__in=pks, kind=Facet.Kind.THEME).values_list(
        "write_up", "value"
    ):
        if value in by_value and by_value[value][1].framework == "editorial":
            filed[pk].append(by_value[value])
    addresses: dict[str, str] = {}
    made = []
    for write_up in write_ups:
        labels = []
        for _place, theme in sorted(filed[write_up.pk], key=lambda pair: pair[0])[:MOST_THEMES]:
            if theme.slug not in addresses:
                addresses[theme.slug] = address_of("themes:theme", theme.slug)
            labels.append((addresses[theme.slug], theme.name))
        made.append(
            card(write_up, write_up.lesson_count, together(names[write_up.pk]), labels)  # type: ignore[attr-defined]
        )
    return made
