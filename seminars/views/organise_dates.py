"""The dates of a seminar: when and where it is held; moving, cancelling, reinstating."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.refusal import Refused
from seminars import news
from seminars.forms import say_refusal
from seminars.forms.dates import CancellationForm, DetailsForm, NewDateForm, TimesForm
from seminars.models import SeminarDate
from seminars.views.workspace import (
    confirmation,
    date_of,
    form_page,
    page,
    posted,
    seminar_of,
    tell_notes,
    tell_refusal,
)
from ui.dates import weekday


@require_safe
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    found = seminar.dates.select_related("venue").prefetch_related("slots__runs").order_by("starts_at")
    return page(request, "dates", seminar, "dates", dates=found, among_actions=settings.AMONG_DATE_ACTIONS)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    venue = request.GET.get("venue", "")
    form = NewDateForm(posted(request), initial={"venue": venue} if venue.isdecimal() else {})
    if request.method == "POST" and form.is_valid():
        date = form.create(seminar)
        messages.success(request, _("The date is added. Next comes its programme."))
        return redirect("seminars:organise-programme", slug, date.slug)
    return form_page(
        request, seminar, "dates", form, _("A new date"), button=_("Add the date"), back=_list(slug),
        venue_address=reverse("seminars:organise-venue-new", args=[slug]),
    )  # fmt: skip


def date(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Where and how; the times change on a page of their own, because everybody must be told."""
    date = date_of(request, slug, date_slug)
    venue = request.GET.get("venue", "")
    form = DetailsForm(
        posted(request), instance=date, initial={"venue": venue} if venue.isdecimal() else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            tell_notes(request, form.save_details(date, request.user))
            messages.success(request, _("The date is saved."))
            return redirect(_list(slug))
        except Refused as refused:
            say_refusal(form, refused)
            date = date_of(request, slug, date_slug)
    venue_address = reverse("seminars:organise-venue-new", args=[slug]) + f"?date={date.slug}"
    return form_page(
        request, date.seminar, "dates", form, _name(date), back=_list(slug), date=date, venue_address=venue_address,
        consequences=news.ask(date, "relocated"),
    )  # fmt: skip


def move(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = TimesForm(posted(request), instance=date)
    if request.method == "POST" and form.is_valid():
        try:
            cleaned = form.cleaned_data
            date.move(cleaned["starts_at"], cleaned["ends_at"], by=request.user, timezone=cleaned["timezone"])
            messages.success(request, _("The date is moved, and its programme with it."))
            return redirect(_list(slug))
        except Refused as refused:
            say_refusal(form, refused)
            date = date_of(request, slug, date_slug)
    return form_page(
        request, date.seminar, "dates", form, _("Move %(date)s") % {"date": _name(date)}, button=_("Move the date"),
        back=_list(slug), introduction=_("Its programme moves with it, and its address stays."),
        consequences=news.ask(date, "moved"),
    )  # fmt: skip


def cancellation(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = CancellationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            date.cancel(form.cleaned_data["reason_en"], form.cleaned_data["reason_cy"], by=request.user)
            messages.success(request, _("The date is cancelled. Its page stays, and says so."))
            return redirect(_list(slug))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date.seminar, "dates", form, _("Cancel %(date)s?") % {"date": _name(date)},
        button=_("Cancel this date"), is_dangerous=True, back=_list(slug),
        introduction=_("Everybody reads the reason on its page. You can reinstate the date later."),
        consequences=news.ask(date, "cancelled"),
    )  # fmt: skip


def reinstatement(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    if request.method == "POST":
        try:
            date.reinstate(by=request.user)
            messages.success(request, _("The date is held after all."))
        except Refused as refused:
            tell_refusal(request, refused)
        return redirect(_list(slug))
    if not date.is_cancelled:
        messages.info(request, _("This date is not cancelled."))
        return redirect(_list(slug))
    return confirmation(
        request, date.seminar, "dates", _("Hold %(date)s after all?") % {"date": _name(date)}, _("Yes, hold it"),
        _list(slug), is_harmless=True, consequences=news.ask(date, "reinstated"),
        introduction=_("Its page says again that it is held, and the reason why it was cancelled goes from it."),
    )  # fmt: skip


def removal(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """A date of a draft can go without trace; one that was public is cancelled instead."""
    date = date_of(request, slug, date_slug)
    if date.seminar.is_public:
        messages.error(request, _("The seminar is public, so this date is cancelled and not removed."))
        return redirect("seminars:organise-cancellation", slug, date_slug)
    if request.method == "POST":
        try:
            date.remove(by=request.user)
            messages.success(request, _("The date is removed."))
        except Refused as refused:
            tell_refusal(request, refused)
        return redirect(_list(slug))
    return confirmation(
        request, date.seminar, "dates", _("Remove %(date)s?") % {"date": _name(date)}, _("Remove this date"),
        _list(slug), introduction=_("Its programme goes with it. The sessions and their speakers stay."),
    )  # fmt: skip


def _list(slug: str) -> str:
    return reverse("seminars:organise-dates", args=[slug])


def _name(date: SeminarDate) -> str:
    where = date.venue.tr("town") if date.venue else _("online")
    return f"{weekday(date.local_start)}, {where}"
