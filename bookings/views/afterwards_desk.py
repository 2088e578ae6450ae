"""What delegates thought of a date, and how their commitments stand, for its organisers."""

from operator import attrgetter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import exporting, filing, impact, opinions
from bookings.feedback_table import in_no_order, rows
from bookings.models import Commitment
from bookings.models.afterwards import CommitmentQuerySet
from bookings.views.desk import page
from people.models import AuditEvent
from seminars.cards import card
from seminars.models import SeminarDate
from seminars.views.workspace import date_of
from ui import charts
from ui.pagination import page_of

# In the address, where the number of a heading stands otherwise.
NO_HEADING = "none"
# More than any key of ours has, and as many as both databases can look for.
MOST_DIGITS = 19


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
            scale=max(opinions.USEFULNESS),
        ),
        commitments=impact.commitments([date.pk], opinions.ALL)[0],
        page=page_of(request, _public_of(date)), headings=opinions.by_heading(date), comments=opinions.comments_of(date).count(),
    )  # fmt: skip


def _with_seminar(one: SeminarDate, date: SeminarDate) -> SeminarDate:
    one.seminar = date.seminar
    return one


def _public_of(date: SeminarDate) -> CommitmentQuerySet:
    found = Commitment.objects.filter(booking__seminar_date=date, visibility=Commitment.Visibility.PUBLIC)
    return found.with_standing().select_related("booking__organisation").order_by("-made_at", "-pk")


def comments(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """What they wrote, to be put under headings by hand; all of it, what is under one heading, or under none."""
    date = date_of(request, slug, date_slug)
    if request.method == "POST":
        _say(request, filing.file(date, _keys_of(request, "shown"), _keys_of(request, "answer")))
        return redirect(request.get_full_path())
    headings = opinions.by_heading(date)
    written = opinions.comments_of(date)
    chosen = request.GET.get("heading", "")
    heading = next((one for one in headings if str(one.pk) == chosen), None)
    narrowed = written.filter(themes=heading) if heading else written
    if chosen == NO_HEADING:
        narrowed = written.filter(themes=None)
    return page(
        request, "comments", date, _("What they wrote"), headings=sorted(headings, key=attrgetter("name")),
        page=page_of(request, in_no_order(narrowed).prefetch_related("themes")), heading_shown=heading,
        is_without=chosen == NO_HEADING, all_written=written.count(), without=written.filter(themes=None).count(),
        is_few=opinions.of_dates([date])[date.pk].is_few, desk_tab="organise-feedback",
    )  # fmt: skip


def _keys_of(request: HttpRequest, name: str) -> filing.Headings:
    """By the answer, the headings that the form sends for it: `answer-7=3&answer-7=5`, or `shown-7=3 5`."""
    found: filing.Headings = {}
    for field, values in request.POST.lists():
        what, _dash, key = field.partition("-")
        if what == name and _is_key(key):
            found[int(key)] = {int(word) for value in values for word in value.split() if _is_key(word)}
    return found


def _is_key(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < MOST_DIGITS


def _say(request: HttpRequest, saved: filing.Saved) -> None:
    words = ngettext(
        "Saved. %(number)s answer of this page is under a heading.",
        "Saved. %(number)s answers of this page are under headings.",
        saved.filed,
    )
    messages.success(request, words % {"number": saved.filed})
    if saved.by_others:
        words = ngettext(
            "Somebody else filed %(number)s of these answers since you opened the page. What both of you did is kept.",
            "Somebody else filed %(number)s of these answers since you opened the page. What both of you did is kept.",
            saved.by_others,
        )
        messages.info(request, words % {"number": saved.by_others})


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
