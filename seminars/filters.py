"""What a list of seminar dates can be narrowed by, read from an address that anybody may have typed.

What cannot be understood is told in a sentence and otherwise left out: a mistyped address still shows the list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Organisation
from seminars import wording
from seminars.models import SeminarDate
from seminars.models.date import SeminarDateQuerySet
from themes.models import Theme
from ui.dates import month as told_month

FIELDS = ("theme", "region", "attendance", "month", "year")
MONTH = re.compile(r"^(\d{4})-(\d{2})$", re.ASCII)
SLUG = re.compile(r"^[-\w]{1,120}\Z", re.ASCII)
YEAR = re.compile(r"^\d{4}$", re.ASCII)
MOST_MONTHS = 24
# How somebody takes part; a date that is held both ways is found by either.
ATTENDANCE = {
    "in-person": (
        gettext_lazy("In person"),
        [SeminarDate.Attendance.IN_PERSON, SeminarDate.Attendance.BOTH],
    ),
    "online": (gettext_lazy("Online"), [SeminarDate.Attendance.ONLINE, SeminarDate.Attendance.BOTH]),
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass
class DateFilter:
    """The chosen values, each empty where nothing is chosen, and what was wrong with the others."""

    themes: list[Theme]
    theme: Theme | None = None
    region: str = ""
    attendance: str = ""
    month: date | None = None
    year: int | None = None
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, asked: Mapping[str, str], themes: list[Theme]) -> "DateFilter":
        found = cls(themes)
        for name in FIELDS:
            if value := asked.get(name, "").strip()[:120]:
                getattr(found, f"_read_{name}")(value)
        return found

    def _read_theme(self, value: str) -> None:
        self.theme = theme_named(value, self.themes)
        if self.theme is None:
            self.problems.append(_("There is no theme “%(value)s”.") % {"value": value})

    def _read_region(self, value: str) -> None:
        if value in Organisation.Region.values:
            self.region = value
        else:
            self.problems.append(_("There is no region “%(value)s”.") % {"value": value})

    def _read_attendance(self, value: str) -> None:
        if value in ATTENDANCE:
            self.attendance = value
        else:
            self.problems.append(
                _("Attendance is “in-person” or “online”, not “%(value)s”.") % {"value": value}
            )

    def _read_month(self, value: str) -> None:
        match = MONTH.match(value)
        try:
            self.month = date(int(match[1]), int(match[2]), 1) if match else None
            if self.month and self.month.year in (1, 9999):  # no room for the day before or after
                self.month = None
        except ValueError:
            self.month = None
        if self.month is None:
            self.problems.append(_("“%(value)s” is not a month. Write it like 2026-10.") % {"value": value})

    def _read_year(self, value: str) -> None:
        if YEAR.match(value) and 1 < int(value) < 9999:
            self.year = int(value)
        else:
            self.problems.append(_("“%(value)s” is not a year. Write it like 2026.") % {"value": value})

    def apply(self, dates: SeminarDateQuerySet) -> SeminarDateQuerySet:
        if self.theme:
            dates = dates.filter(seminar__themes=self.theme)
        if self.region:
            dates = dates.filter(Q(venue__region=self.region) & ~Q(attendance="online"))
        if self.attendance:
            dates = dates.filter(attendance__in=ATTENDANCE[self.attendance][1])
        if self.month:
            dates = dates.filter(
                starts_at__gte=midnight(self.month), starts_at__lt=midnight(after(self.month))
            )
        if self.year:
            dates = dates.filter(
                starts_at__gte=midnight(date(self.year, 1, 1)),
                starts_at__lt=midnight(date(self.year + 1, 1, 1)),
            )
        return dates

    @property
    def is_narrowed(self) -> bool:
        return bool(self.theme or self.region or self.attendance or self.month or self.year)

    @property
    def theme_name(self) -> str:
        return self.theme.tr("name") if self.theme else ""

    @property
    def month_value(self) -> str:
        return f"{self.month:%Y-%m}" if self.month else ""

    @property
    def year_value(self) -> str:
        return str(self.year or "")


def theme_named(slug: str, themes: list[Theme]) -> Theme | None:
    """By its slug in either language: an address that is shared across languages still works."""
    return next((theme for theme in themes if slug in (theme.slug_en, theme.slug_cy)), None)


def asked_theme(request: HttpRequest) -> Theme | None:
    """The theme that a feed's address asks for; 404 where there is none, for a feed has nobody to talk to."""
    slug = request.GET.get("theme", "")
    if not slug:
        return None
    if not SLUG.match(slug):
        raise Http404
    return get_object_or_404(Theme.objects.named(slug))


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=wording.home_zone())


def after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def theme_choices(themes: list[Theme]) -> list[Choice]:
    return [Choice(theme.tr_slug, theme.tr("name")) for theme in themes]


def attendance_choices() -> list[Choice]:
    return [Choice(value, str(label)) for value, (label, _kept) in ATTENDANCE.items()]


def region_choices(regions: list[str]) -> list[Choice]:
    """In the order of the model, which starts at home."""
    used = set(regions)
    return [Choice(value, str(label)) for value, label in Organisation.Region.choices if value in used]


def month_choices(first: datetime, last: datetime | None) -> list[Choice]:
    """Every month from the first moment to the last; two years at most."""
    month = first.astimezone(wording.home_zone()).date().replace(day=1)
    end = last.astimezone(wording.home_zone()).date() if last else month
    choices: list[Choice] = []
    while month <= end and len(choices) < MOST_MONTHS:
        choices.append(Choice(f"{month:%Y-%m}", told_month(month)))
        month = after(month)
    return choices


def year_choices(first: datetime | None, last: datetime) -> list[Choice]:
    """Every year from the last moment back to the first."""
    oldest = (first or last).astimezone(wording.home_zone()).year
    return [Choice(str(year), str(year)) for year in range(last.year, oldest - 1, -1)]
