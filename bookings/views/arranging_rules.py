"""The rules by which a date is booked, and the arrangement of another date taken over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bookings import arranging
from bookings.forms.arranging import CopyForm, RulesForm
from bookings.models import Draw
from bookings.views.arranging_page import arranged, form_page, main_address, me
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import SeminarDate
from seminars.views.workspace import posted, tell_notes


def rules(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    is_drawn = Draw.objects.filter(seminar_date=date, published_at__isnull=False).exists()
    form = RulesForm(
        posted(request), instance=date.booking_rules, seminar_date=date, is_drawn_already=is_drawn
    )
    if request.method == "POST" and form.is_valid():
        try:
            arranging.save_rules(form.save(commit=False), by=me(request))
            messages.success(request, _("The rules are saved."))
            return redirect(main_address(date))
        except Refused as refused:
            say_refusal(form, refused)
    drawn = _("The workshops are drawn already, so that how they are given does not change any more.")
    return form_page(
        request, date, form, _("The rules of booking"), _("Save the rules"), note=drawn if is_drawn else ""
    )


def copy(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Rules, numbers of places and own questions of another date, in one step."""
    date = arranged(request, slug, date_slug)
    others = SeminarDate.objects.filter(seminar=date.seminar, booking_rules__isnull=False).exclude(pk=date.pk)
    sources = others.select_related("seminar", "venue", "booking_rules").order_by("starts_at")
    if not sources:
        messages.info(request, _("No other date of this seminar has an arrangement that could be copied."))
        return redirect(main_address(date))
    form = CopyForm(posted(request), sources=sources, initial={"source": sources[0].pk})
    if request.method == "POST" and form.is_valid():
        try:
            notes = arranging.copy(form.cleaned_data["source"], date, by=me(request))
            messages.success(request, _("The arrangement is copied."))
            tell_notes(request, notes)
            return redirect(main_address(date))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date, form, _("Copy the arrangement of another date"), _("Copy it"),
        introduction=_(
            "Its rules, its numbers of places and its own questions, in one step. Bookings stay as they are; where "
            "there are more places than before, the queue is offered them."
        ),
    )  # fmt: skip
