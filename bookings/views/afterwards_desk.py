"""What delegates thought of a date, and how their commitments stand, for its organisers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import exporting, impact, opinions
from bookings import feedback as giving
from bookings.feedback_table import in_no_order, rows
from bookings.models import Commitment, FeedbackTheme
from bookings.views.desk import page
from people.models import AuditEvent
from seminars.cards import card
from seminars.models import SeminarDate
from seminars.views.workspace import date_of
from ui import charts
from ui.pagination import page_of


@require_safe
def feedback(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    dates = list(
        SeminarDate.objects.filter(seminar=date.seminar)
        .scheduled()
        .select_related("venue")
        .order_by("starts_at")
    )
    found = opinions.of_dates([date, *dates])
    compared = [(one, card(_with_seminar(one, date), themes=False), found[one.pk]) for one in dates]
    compared = [row for row in compared if row[2].number]
    return page(
        request, "feedback", date, _("Afterwards"), opinions=found[date.pk], charts=opinions.drawn(found[date.pk]),
        own=opinions.own_questions(date), compared=[row[1:] for row in compared],
        comparison=charts.bars(
            "means", _("How useful was it? From 1 to 5, on average"),
            [(f"{shown.town}, {shown.day_name}", one.mean) for _date, shown, one in compared], [_("Date"), _("Average")],
        ),
        commitments=impact.commitments_of([date.pk])[date.pk],
        public=_public_of(date), headings=opinions.by_heading(date), comments=opinions.comments_of(date).count(),
    )  # fmt: skip


def _with_seminar(one: SeminarDate, date: SeminarDate) -> SeminarDate:
    one.seminar = date.seminar
    return one


def _public_of(date: SeminarDate) -> list[Commitment]:
    found = Commitment.objects.filter(booking__seminar_date=date, visibility=Commitment.Visibility.PUBLIC)
    return list(found.with_standing().select_related("booking__organisation"))


def comments(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """What they wrote, to be put under headings by hand."""
    date = date_of(request, slug, date_slug)
    headings = list(FeedbackTheme.objects.filter(seminar=date.seminar))
    shown = page_of(request, in_no_order(opinions.comments_of(date)).prefetch_related("themes"))
    if request.method == "POST":
        number = giving.file_under(
            date.seminar,
            {
                one.pk: [int(key) for key in request.POST.getlist(f"answer-{one.pk}") if key.isdecimal()]
                for one in shown
            },
        )
        messages.success(
            request,
            ngettext("%(number)s answer is filed.", "%(number)s answers are filed.", number)
            % {"number": number},
        )
        return redirect(f"{request.path}?page={shown.number}")
    return page(
        request, "comments", date, _("What they wrote"), page=shown, headings=headings,
        is_few=opinions.of_dates([date])[date.pk].is_few, desk_tab="organise-feedback",
    )  # fmt: skip


@require_safe
def export(request: HttpRequest, slug: str, date_slug: str) -> HttpResponseBase:
    date = date_of(request, slug, date_slug)
    AuditEvent.record(request.user, "feedback-exported", date)
    response = StreamingHttpResponse(
        exporting.as_csv(rows(date)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{date.slug}-feedback.csv"'},
    )
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def hiding(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """Take a commitment off the public pages, whatever it says; the delegate keeps it."""
    date = date_of(request, slug, date_slug)
    shown = Commitment.objects.filter(
        pk=pk, booking__seminar_date=date, visibility=Commitment.Visibility.PUBLIC
    )
    # The same answer for what was never public and for a second click: nothing to learn, and nothing to undo.
    if shown.update(visibility=Commitment.Visibility.PRIVATE):
        AuditEvent.record(request.user, "commitment-hidden", date, commitment=pk)
        messages.success(request, _("It is not public any more. Whoever wrote it still sees it."))
    return redirect(reverse("bookings:organise-feedback", args=[slug, date_slug]))
