"""A seminar date as a card of a list shows it: everything in words already, so that the template only places it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from seminars import wording
from seminars.models import SeminarDate
from seminars.models.date import SeminarDateQuerySet
from themes.models import Theme
from ui.bilingual import Text, reader_language
from ui.dates import SHORT_MONTHS, SHORT_WEEKDAYS
from ui.dates import day as told_day
from ui.dates import month as told_month


@dataclass(frozen=True, slots=True)
class DateCard:
    url: str
    seminar_url: str
    title: Text
    summary: Text
    day: int
    month: str
    short_weekday: str
    day_name: str  # 13 September 2016
    month_name: str
    when: str  # Tuesday 13 September 2016
    starts: str  # with its offset from UTC, for <time datetime>
    ends: str
    start_clock: str
    end_words: str
    times: str
    zone: str
    place: str
    place_icon: str
    town: str
    opens: str
    is_cancelled: bool
    is_past: bool
    moved: str
    reason: Text
    themes: list[Theme]
    local_day: date

    @property
    def state(self) -> str:
        """One word for the style sheet; the badge says it to the reader."""
        if self.is_cancelled:
            return "cancelled"
        if self.is_past:
            return "past"
        return "moved" if self.moved else "coming"

    @property
    def badge(self) -> str:
        return {
            "cancelled": _("Cancelled"),
            "moved": _("Moved"),
            "past": _("Has taken place"),
            "coming": "",
        }[self.state]


def for_cards(dates: SeminarDateQuerySet, *, themes: bool = True) -> SeminarDateQuerySet:
    """With all that a card or a calendar entry reads, in one query, and one more for the themes."""
    dates = dates.select_related("seminar__organisation", "venue").defer(
        "joining_link",
        "joining_instructions_en",
        "joining_instructions_cy",
        "seminar__focus_en",
        "seminar__focus_cy",
        "seminar__focus_en_html",
        "seminar__focus_cy_html",
    )
    return dates.prefetch_related("seminar__themes") if themes else dates


def card(seminar_date: SeminarDate, *, themes: bool = True) -> DateCard:
    seminar = seminar_date.seminar
    start, end = seminar_date.local_start, seminar_date.local_end
    venue = seminar_date.venue if seminar_date.is_in_person else None
    language = reader_language()
    return DateCard(
        url=seminar_date.get_absolute_url(),
        seminar_url=seminar.get_absolute_url(),
        title=seminar.tr("title"),
        summary=seminar.tr("summary"),
        day=start.day,
        month=SHORT_MONTHS[language][start.month - 1],
        short_weekday=SHORT_WEEKDAYS[language][start.weekday()],
        day_name=told_day(start),
        month_name=told_month(start),
        when=wording.opening_line(wording.weekday_and_day(start.date())),
        starts=start.isoformat(),
        ends=end.isoformat(),
        start_clock=f"{start:%H:%M}",
        end_words=wording.end_words(start, end),
        times=wording.span(start, end),
        zone=wording.zone(seminar_date),
        place=wording.place(seminar_date),
        place_icon="map-pin" if venue else "monitor",
        town=venue.tr("town") if venue else _("Online"),
        opens=wording.opening(seminar_date),
        is_cancelled=seminar_date.is_cancelled,
        is_past=seminar_date.ends_at < timezone.now(),
        moved=wording.moved(seminar_date),
        reason=wording.reason(seminar_date),
        themes=list(seminar.themes.all())[:3] if themes else [],
        local_day=start.date(),
    )


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    first: date
    cards: list[DateCard]


def by_month(seminar_dates: Iterable[SeminarDate]) -> list[Month]:
    """In the order given, which is by start; a month is one of the exchange's own clock."""
    home = wording.home_zone()

    def month_of(seminar_date: SeminarDate) -> date:
        return seminar_date.starts_at.astimezone(home).date().replace(day=1)

    return [
        Month(told_month(first), first, [card(found) for found in group])
        for first, group in groupby(seminar_dates, key=month_of)
    ]
