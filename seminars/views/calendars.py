"""The month calendar, the calendar files and the Atom feeds."""

import calendar as weeks
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seminars import wording
from seminars.calendar import calendar_of, last_changed, since
from seminars.cards import DateCard, card, for_cards
from seminars.feeds import DateFeed
from seminars.filters import after, asked_theme, before, midnight
from seminars.models import Seminar, SeminarDate
from ui.bilingual import reader_language
from ui.dates import WEEKDAYS
from ui.dates import month as told_month

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    iso: str
    number: int
    name: str
    cards: list[DateCard]
    is_of_month: bool
    is_today: bool


@login_not_required
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month of days; a date stands on the day that the clock of its own place shows."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    first = date(year, month, 1)
    around = SeminarDate.objects.public().filter(
        starts_at__gte=midnight(first) - timedelta(days=1),
        starts_at__lt=midnight(after(first)) + timedelta(days=1),
    )
    cards = [card(found, themes=False) for found in for_cards(around.order_by("starts_at"), themes=False)]
    by_day: dict[date, list[DateCard]] = {}
    for found in cards:
        if (found.local_day.year, found.local_day.month) == (year, month):
            by_day.setdefault(found.local_day, []).append(found)
    today = timezone.localdate()

    def day(of: date) -> Day:
        here = of.month == month
        return Day(
            of,
            of.isoformat(),
            of.day,
            wording.opening_line(wording.weekday_and_day(of)),
            by_day.get(of, []) if here else [],
            here,
            of == today,
        )

    return render(
        request,
        "seminars/month.html",
        {
            "title": told_month(first),
            "weeks": [[day(of) for of in week] for week in weeks.Calendar().monthdatescalendar(year, month)],
            "weekdays": [wording.opening_line(name) for name in WEEKDAYS[reader_language()]],
            "days": [day(of) for of in sorted(by_day)],
            "count": sum(map(len, by_day.values())),
            "previous": before(first) if before(first).year >= FIRST_YEAR else None,
            "next": after(first) if after(first).year <= LAST_YEAR else None,
            "previous_name": told_month(before(first)),
            "next_name": told_month(after(first)),
            "this_month": today,
        },
    )


@login_not_required
@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """What is coming and what was in the last ninety days, cancelled dates too, so that calendars drop them."""
    dates = for_cards(SeminarDate.objects.public()).filter(ends_at__gte=since()).order_by("starts_at")
    name = _("Seminars of the Good Practice Exchange")
    if theme := asked_theme(request):
        dates = dates.filter(seminar__themes=theme)
        name = _("Seminars: %(name)s") % {"name": theme.tr("name")}
    return calendar_response(request, list(dates), name=name, filename="seminars.ics")


@login_not_required
@require_safe
def one_date(request: HttpRequest, slug: str, date_slug: str) -> HttpResponseBase:
    dates = for_cards(SeminarDate.objects.filter(seminar__in=Seminar.objects.visible_to(request.user)))
    found = get_object_or_404(dates, seminar__slug=slug, slug=date_slug)
    return calendar_response(request, [found], filename=f"{slug}-{date_slug}.ics")


@login_not_required
@require_safe
def feed(request: HttpRequest, slug: str | None = None) -> HttpResponseBase:
    response = DateFeed()(request, **({"slug": slug} if slug else {}))
    response["Content-Type"] = "application/atom+xml; charset=utf-8"
    return conditional(request, response)


def calendar_response(
    request: HttpRequest, dates: list[SeminarDate], *, filename: str, name: str = ""
) -> HttpResponseBase:
    response = HttpResponse(
        calendar_of(dates, name),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
    return conditional(request, response, max(map(last_changed, dates), default=None))


def conditional(
    request: HttpRequest, response: HttpResponse, changed: datetime | None = None
) -> HttpResponseBase:
    """Programs ask again and again: "not modified" where every byte is as it was."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    stamp = int(changed.timestamp()) if changed else None
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, etag=etag, last_modified=stamp, response=response) or response
