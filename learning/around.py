"""The small things round a write-up (themes, tags, organisations, seminars), read together in one query."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from learning.browsing import name_of
from learning.models import WriteUp
from people.models import Organisation
from seminars.models import Seminar
from themes.models import Tag, Theme
from ui.addresses import address_of
from ui.bilingual import Text, reader_language

NOTHING = Cast(Value(""), CharField())
ZERO = Value(0, IntegerField())


@dataclass
class Link:
    pk: int
    name: Text
    address: str
    framework: str = ""
    position: int = 0
    slug: str = ""


@dataclass
class Series:
    pk: int
    title: Text
    address: str


@dataclass
class Around:
    themes: list[Link] = field(default_factory=list)
    tags: list[Link] = field(default_factory=list)
    partners: list[Link] = field(default_factory=list)
    seminars: list[Link] = field(default_factory=list)
    lesson_themes: dict[int, list[Link]] = field(default_factory=dict)  # by the lesson's number
    series: Series | None = None

    @property
    def filed(self) -> list[tuple[str, str]]:
        """Its facets that tell which others are related, the most telling first, and not too many."""
        tags = [("tag", str(tag.pk)) for tag in self.tags[:8]]
        return tags + [("theme", str(theme.pk)) for theme in self.themes[:8]]

    @property
    def editorial(self) -> list[Link]:
        return [theme for theme in self.themes if theme.framework == Theme.Framework.EDITORIAL]

    @property
    def goals_and_ways(self) -> list[Link]:
        return [theme for theme in self.themes if theme.framework != Theme.Framework.EDITORIAL]


def around(write_up: WriteUp) -> Around:
    pk = write_up.pk
    themes = ("slug_en", "slug_cy", "name_en", "name_cy", "framework", "position")
    rows = (
        Theme.objects.filter(write_ups=pk)
        .order_by()
        .values_list(Value("theme", CharField()), "pk", *themes, ZERO, NOTHING, NOTHING)
        .union(
            Theme.objects.filter(lessons__write_up=pk)
            .order_by()
            .values_list(
                Value("lesson", CharField()), "pk", *themes[:-1], "lessons__position", "position", NOTHING, NOTHING
            ),
            Tag.objects.filter(
                tagged__object_id=pk,
                tagged__content_type__app_label="learning",
                tagged__content_type__model="writeup",
            )
            .order_by()
            .values_list(
                Value("tag", CharField()), "pk", "slug", NOTHING, "name", F("name"), NOTHING, ZERO, ZERO, NOTHING, NOTHING
            ),
            Organisation.objects.filter(partner_write_ups=pk)
            .order_by()
            .values_list(
                Value("partner", CharField()), "pk", "slug", NOTHING, "name_en", "name_cy", NOTHING, ZERO, ZERO,
                NOTHING, NOTHING,
            ),
            Seminar.objects.published()
            .filter(write_ups=pk)
            .order_by()
            .values_list(
                Value("seminar", CharField()), "pk", "slug", NOTHING, "title_en", "title_cy", "series__slug", "series",
                ZERO, "series__title_en", "series__title_cy",
            ),
            all=True,
        )
    )  # fmt: skip
    found = Around()
    for row in rows:
        _add(found, row)
    for links in (found.tags, found.partners, found.seminars):
        links.sort(key=lambda link: link.name.casefold())
    order = list(Theme.Framework.values)
    for links in (found.themes, *found.lesson_themes.values()):
        links.sort(key=lambda link: (order.index(link.framework), link.position))
    return found


def _add(found: Around, row: tuple[Any, ...]) -> None:
    kind, pk, slug, welsh_slug, english, welsh, extra, number, more, other_en, other_cy = row
    if reader_language() == "cy" and welsh_slug:
        slug = welsh_slug
    name = name_of(english, welsh)
    if kind == "theme":
        found.themes.append(Link(pk, name, address_of("themes:theme", slug), extra, number, slug))
    elif kind == "lesson":
        link = Link(pk, name, address_of("themes:theme", slug), extra, more, slug)
        found.lesson_themes.setdefault(number, []).append(link)
    elif kind == "tag":
        found.tags.append(Link(pk, name, address_of("themes:tag", slug), slug=slug))
    elif kind == "partner":
        found.partners.append(Link(pk, name, address_of("people:organisation", slug), slug=slug))
    else:
        found.seminars.append(Link(pk, name, address_of("seminars:seminar", slug), slug=slug))
        if number and found.series is None:
            found.series = Series(number, name_of(other_en, other_cy), address_of("seminars:series", extra))
