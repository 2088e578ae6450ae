"""Looking the words up in what is published. Plain: every word must occur somewhere in a row's folded text.

Small tables (themes, series) are read whole and compared here; large ones hold their folded text, so that case and
accents make no difference on either database.
"""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learning.models import Lesson, Tally, WriteUp
from people.models import Organisation
from search.asking import Question, beginning_near, holds, marked
from seminars.models import Seminar, Series
from themes.models import Tag, Theme
from ui.bilingual import Text
from ui.folding import fold

FEW = 6  # of each section beside the write-ups
LESSONS = 3  # of each write-up found
POPULAR = 16


@dataclass
class Hit:
    address: str
    title: SafeString
    lang: str  # empty in the reader's language
    text: SafeString = field(default_factory=lambda: SafeString(""))
    text_lang: str = ""
    meta: str = ""
    lessons: list["Hit"] = field(default_factory=list)
    number: int = 0


@dataclass
class Section:
    key: str
    title: str
    count: int
    hits: list[Hit]

    @property
    def more(self) -> int:
        return self.count - len(self.hits)


def _lang(text: Text) -> str:
    return text.lang if text.is_fallback else ""


def _hit(row: Any, words: tuple[str, ...], title: str = "title", text: str = "", meta: str = "") -> Hit:
    name, said = row.tr(title), row.tr(text) if text else Text("", "en")
    return Hit(
        row.get_absolute_url(), marked(name, words), _lang(name), marked(said, words), _lang(said), meta
    )


def _each_word(rows: QuerySet[Any], words: Iterable[str]) -> QuerySet[Any]:
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def write_ups(question: Question) -> QuerySet[WriteUp]:
    found: QuerySet[WriteUp] = _each_word(WriteUp.objects.published().newest_first(), question.words)
    return found.select_related("organisation").only(
        "slug", "title_en", "title_cy", "summary_en", "summary_cy", "published_at", "state", "kind",
        "organisation__name_en", "organisation__name_cy", "organisation__slug",
    )  # fmt: skip


def write_up_hits(page: Iterable[WriteUp], words: tuple[str, ...]) -> list[Hit]:
    """With the lessons that hold one of the words, in one query more."""
    page = list(page)
    by_write_up: dict[int, list[Lesson]] = {}
    for lesson in Lesson.objects.filter(write_up__in=[row.pk for row in page]).order_by(
        "write_up", "position"
    ):
        texts = (lesson.title_en, lesson.title_cy, lesson.body_en, lesson.body_cy)
        folded = fold(" ".join(filter(None, texts)))
        if any(word in folded for word in words):
            by_write_up.setdefault(lesson.write_up_id, []).append(lesson)
    hits = []
    for row in page:
        hit = _hit(row, words, text="summary", meta=row.organisation.tr("name"))
        for lesson in by_write_up.get(row.pk, [])[:LESSONS]:
            lesson.write_up = row
            one = _hit(lesson, words)
            one.number = lesson.position
            if not any(word in fold(lesson.tr("title")) for word in words):
                body = lesson.tr("body")
                plain = html.unescape(strip_tags(getattr(lesson, f"body_{body.lang}_html")))
                one.text = marked(beginning_near(" ".join(plain.split()), words), words)
                one.text_lang = _lang(body)
            hit.lessons.append(one)
        hits.append(hit)
    return hits


def beside(question: Question) -> list[Section]:
    """Seminars, themes, organisations and series: the first few of each, with how many there are."""
    words = question.words
    seminars = _each_word(Seminar.objects.published().order_by("-published_at", "-pk"), words)
    organisations = _each_word(Organisation.objects.order_by("name_en", "name_cy", "pk"), words)
    themes = _held(Theme.objects.all(), ("name_en", "name_cy", "summary_en", "summary_cy"), words)
    series = _held(
        Series.objects.filter(seminars__in=Seminar.objects.published()).distinct(),
        ("title_en", "title_cy"),
        words,
    )
    sections = [
        _section("seminars", _("Seminars"), seminars, lambda row: _hit(row, words, text="summary")),
        _section("themes", _("Themes"), themes, lambda row: _hit(row, words, "name", "summary")),
        _section("organisations", _("Organisations"), organisations, lambda row: _hit(row, words, "name")),
        _section("series", _("Series"), series, lambda row: _hit(row, words)),
    ]
    return [section for section in sections if section.count]


def _section(key: str, title: str, rows: Any, shown: Callable[[Any], Hit]) -> Section:
    if isinstance(rows, list):
        return Section(key, title, len(rows), [shown(row) for row in rows[:FEW]])
    first = list(rows[: FEW + 1])
    count = len(first) if len(first) <= FEW else rows.count()
    return Section(key, title, count, [shown(row) for row in first[:FEW]])


def _held(rows: QuerySet[Any], columns: tuple[str, ...], words: tuple[str, ...]) -> list[Model]:
    return [row for row in rows if holds(" ".join(getattr(row, column) for column in columns), words)]


def popular_tags() -> list[Tag]:
    """The tags that most published write-ups carry."""
    fullest = list(
        Tally.objects.filter(kind="tag", other_kind="", count__gt=0)
        .order_by("-count", "value")
        .values_list("value", flat=True)[:POPULAR]
    )
    known = {str(tag.pk): tag for tag in Tag.objects.filter(pk__in=[int(value) for value in fullest])}
    return [known[value] for value in fullest if value in known]
