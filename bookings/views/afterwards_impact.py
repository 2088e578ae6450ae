"""What came of one seminar, and of all of them: the same page for everybody, so that it can be shared and kept."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import impact, impact_charts
from bookings.impact import Row
from bookings.models import Commitment
from bookings.models.afterwards import CommitmentQuerySet
from seminars.cards import card
from seminars.models import Seminar
from seminars.views.detail import write_ups_from
from ui import charts
from ui.pagination import page_of

MOST_SHOWN = 12


NEWEST = ("-made_at", "-pk")


def _public(**which: Any) -> CommitmentQuerySet:
    shown = Commitment.objects.public().filter(**which).with_standing()
    return shown.select_related("booking__organisation", "booking__seminar_date__seminar").order_by(*NEWEST)


def _newest_public(**which: Any) -> CommitmentQuerySet:
    """The first few. They are chosen before it is looked up how each stands: of thousands, that takes longest."""
    newest = Commitment.objects.public().filter(**which).order_by(*NEWEST).values("pk")[:MOST_SHOWN]
    return _public(pk__in=newest)


@login_not_required
@require_safe
def of_seminar(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = get_object_or_404(
        Seminar.objects.visible_to(request.user).select_related("organisation"), slug=slug
    )
    held = impact.held_of(seminar)
    found = impact.of(held)
    context = {
        "seminar": seminar,
        "impact": found,
        "charts": impact_charts.drawn(found) | {"attended": _by_date(seminar, held)},
        "page": page_of(request, _public(booking__seminar_date__seminar=seminar)),
        "write_ups": write_ups_from(seminar),
        "has_been": held.exists(),
    }
    return render(request, "bookings/afterwards/impact.html", context)


def _by_date(seminar: Seminar, held: impact.Held) -> charts.Chart:
    rows = impact.rows_of(held, impact.DATE)
    bars = []
    for date in held.select_related("venue").order_by("starts_at"):
        date.seminar = seminar
        shown = card(date, themes=False)
        bars.append((f"{shown.town}, {shown.day_name}", rows[date.pk].attended))
    return charts.bars("attended", _("People who came, by date"), bars, [_("Date"), _("People who came")])


@login_not_required
@require_safe
def overall(request: HttpRequest) -> HttpResponse:
    years = impact.years(impact.held_by_all())
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    held = impact.held_by_all(year)
    found = impact.of(held)
    page = page_of(request, impact.latest_seminars(held))
    write_ups = impact.published_write_ups(year)
    of_year: dict[str, Any] = {"booking__seminar_date__in": held.order_by().values("pk")} if year else {}
    context = {
        "impact": found,
        "years": years,
        "year": year,
        "page": page,
        "rows": _of_seminars(held, [one["seminar"] for one in page]),
        "charts": impact_charts.drawn(found),
        "commitments": list(_newest_public(**of_year)),
        "write_ups_number": write_ups.count(),
        "write_ups": list(write_ups.order_by("-published_at", "-pk")[:MOST_SHOWN]),
    }
    return render(request, "bookings/afterwards/impact_overall.html", context)


def _of_seminars(held: impact.Held, keys: list[int]) -> list[tuple[Seminar, Row]]:
    """In the order of the keys."""
    seminars = Seminar.objects.in_bulk(keys)
    rows = impact.rows_of(held.filter(seminar__in=keys), impact.SEMINAR)
    return [(seminars[key], rows[key]) for key in keys]
