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
from ui.bilingual import Text


@dataclass(frozen=True, slots=True)
class DateCard:
    url: str
    title: Text
    summary: Text
    host: Text
    day: int
    month: str
    weekday: str
    when: str
    starts: str  # with its offset from UTC, for <time datetime>
    ends: str
    times: str
    zone: str
    place: str
    town: str
    attendance: str
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
    return DateCard(
        url=seminar_date.get_absolute_url(),
        title=seminar.tr("title"),
        summary=seminar.tr("summary"),
        host=seminar.organisation.tr("name"),
        day=start.day,
        month=wording.short_month(start.date()),
        weekday=wording.weekday(start.date()),
        when=wording.weekday_and_day(start.date()),
        starts=start.isoformat(),
        ends=end.isoformat(),
        times=wording.span(start, end),
        zone=wording.zone(seminar_date),
        place=wording.place(seminar_date),
        town=venue.tr("town") if venue else _("Online"),
        attendance=seminar_date.get_attendance_display(),
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
        Month(wording.month_and_year(first), first, [card(found) for found in group])
        for first, group in groupby(seminar_dates, key=month_of)
    ]
