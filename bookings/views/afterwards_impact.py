"""What came of one seminar, and of all of them: the same page for everybody, so that it can be shared and kept."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import impact, opinions
from bookings.impact import Impact
from bookings.models import Commitment
from bookings.models.afterwards import CommitmentQuerySet
from seminars.cards import card
from seminars.models import Seminar
from seminars.views.detail import write_ups_from
from ui import charts
from ui.pagination import page_of

MOST_SHOWN = 12


def _charts(found: Impact) -> dict[str, charts.Chart]:
    drawn = {
        "kinds": found.attended.kinds_chart(),
        "sectors": found.attended.sectors_chart(),
        "commitments": found.commitment.chart(),
    }
    return {**drawn, **opinions.drawn(found.opinion)}


def _public(**which: Any) -> CommitmentQuerySet:
    shown = Commitment.objects.public().filter(**which).with_standing()
    return shown.select_related("booking__organisation", "booking__seminar_date__seminar").order_by(
        "-made_at", "-pk"
    )


@login_not_required
@require_safe
def of_seminar(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = get_object_or_404(
        Seminar.objects.visible_to(request.user).select_related("organisation"), slug=slug
    )
    found = impact.of_seminar(seminar)
    cards = [card(date, themes=False) for date in found.dates]
    rows = [
        (shown, found.attended.by_date[date.pk], found.opinions[date.pk], found.commitments[date.pk])
        for date, shown in zip(found.dates, cards, strict=True)
    ]
    context = {
        "seminar": seminar,
        "impact": found,
        "rows": rows,
        "charts": _charts(found),
        "attended": charts.bars(
            "attended", _("People who came, by date"),
            [(f"{shown.town}, {shown.day_name}", row[1]) for shown, row in zip(cards, rows, strict=True)],
            [_("Date"), _("People who came")],
        ),
        "page": page_of(request, _public(booking__seminar_date__seminar=seminar)),
        "write_ups": write_ups_from(seminar),
    }  # fmt: skip
    return render(request, "bookings/afterwards/impact.html", context)


@login_not_required
@require_safe
def overall(request: HttpRequest) -> HttpResponse:
    found = impact.overall()
    write_ups = impact.published_write_ups()
    context = {
        "impact": found,
        "rows": impact.by_seminar(found),
        "charts": _charts(found),
        "commitments": list(_public()[:MOST_SHOWN]),
        "write_ups_number": write_ups.count(),
        "write_ups": list(write_ups.order_by("-published_at", "-pk")[:MOST_SHOWN]),
    }
    return render(request, "bookings/afterwards/impact_overall.html", context)
