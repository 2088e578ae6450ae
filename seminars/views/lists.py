"""Lists of seminar dates, coming and past, and of series."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from seminars import filters, wording
from seminars.cards import by_month, for_cards
from seminars.filters import Choice, DateFilter
from seminars.models import Seminar, SeminarDate, Series, Venue
from seminars.models.date import SeminarDateQuerySet
from themes.models import Theme
from ui.dates import day as told_day
from ui.dates import month as told_month
from ui.pagination import page_of

PAGE = 24


@login_not_required
@require_safe
def upcoming(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    dates = SeminarDate.objects.public().upcoming(now)
    latest = dates.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return date_list(request, dates, "coming", months=filters.month_choices(now, latest))


@login_not_required
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    dates = SeminarDate.objects.public().past(now)
    earliest = dates.order_by("starts_at").values_list("starts_at", flat=True).first()
    return date_list(request, dates, "past", years=filters.year_choices(earliest, now))


def date_list(
    request: HttpRequest,
    dates: SeminarDateQuerySet,
    view: str,
    *,
    months: list[Choice] | None = None,
    years: list[Choice] | None = None,
) -> HttpResponse:
    """One page of these dates, narrowed as the address asks; only the results where htmx asks for them."""
    themes = list(Theme.objects.only("name_en", "name_cy", "slug_en", "slug_cy", "framework"))
    chosen = DateFilter.read(request.GET, themes)
    found = for_cards(chosen.apply(dates).order_by(*dates.query.order_by, "pk"))
    page = page_of(request, found, PAGE)
    today = timezone.localdate()
    if chosen.month and months is not None and f"{chosen.month:%Y-%m}" not in {c.value for c in months}:
        months = [*months, Choice(f"{chosen.month:%Y-%m}", told_month(chosen.month))]
    wants_part = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    context = {
        "view": view,
        "is_part": wants_part,
        "chosen": chosen,
        "page": page,
        "count": page.paginator.count,
        "months_shown": by_month(page.object_list),
        "themes": [theme for theme in themes if theme.framework == Theme.Framework.EDITORIAL] or themes,
        "regions": filters.region_choices(
            list(Venue.objects.order_by().values_list("region", flat=True).distinct())
        ),
        "attendances": filters.attendance_choices(),
        "months": months,
        "years": years,
        "this_month": chosen.month or today,
        "calendar_file": with_theme(reverse("seminars:calendar-file"), chosen),
        "feed": with_theme(reverse("seminars:feed"), chosen),
    }
    template = "_results" if wants_part else {"coming": "seminars", "past": "past"}[view]
    response = render(request, f"seminars/{template}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def with_theme(address: str, chosen: DateFilter) -> str:
    return f"{address}?theme={chosen.theme.tr_slug}" if chosen.theme else address


@login_not_required
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Series with something public in them; those with a date to come first."""
    public = Q(seminars__state__in=[Seminar.State.PUBLISHED, Seminar.State.ARCHIVED])
    now = timezone.now()
    coming = public & Q(seminars__dates__ends_at__gte=now) & Q(seminars__dates__state="scheduled")
    found = (
        Series.objects.filter(public)
        .select_related("organisation")
        .annotate(
            seminar_count=Count("seminars", filter=public, distinct=True),
            next_start=Min("seminars__dates__starts_at", filter=coming),
        )
    )
    rows = sorted(found, key=lambda one: (one.next_start is None, one.next_start or now, one.tr("title")))
    told = [
        (one, told_day(one.next_start.astimezone(wording.home_zone()).date()) if one.next_start else "")
        for one in rows
    ]
    return render(request, "seminars/series_list.html", {"rows": told, "this_month": now})
