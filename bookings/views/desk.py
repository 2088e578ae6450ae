"""What the organisers' pages about one date have in common."""

from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from bookings.models import Booking, Need
from people.models import Member
from seminars.models import Run, SeminarDate, Session
from seminars.views.workspace import date_of


def booking_of(request: HttpRequest, slug: str, date_slug: str, pk: int) -> Booking:
    """A booking of a date that this member may run; with whether it has needs, and its date workshops."""
    return of_date(date_of(request, slug, date_slug), pk)


def of_date(date: SeminarDate, pk: int) -> Booking:
    workshops = Run.objects.filter(slot__seminar_date=date, session__kind=Session.Kind.WORKSHOP)
    booking = get_object_or_404(
        Booking.objects.filter(seminar_date=date)
        .select_related("organisation", "pool", "group", "replaces__seminar_date")
        .annotate(
            has_needs=Exists(Need.objects.filter(booking=OuterRef("pk"))), has_workshops=Exists(workshops)
        ),
        pk=pk,
    )
    booking.seminar_date = booking.pool.seminar_date = date
    return booking


def who(request: HttpRequest) -> Member:
    """Whoever is signed in: nobody else comes as far as these pages."""
    return cast(Member, request.user)


def page(
    request: HttpRequest, name: str, date: SeminarDate, heading: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Personal data: no shared cache keeps it, and no other site is told where somebody comes from."""
    names = {"seminar": date.seminar, "date": date, "tab": "dates", "heading": heading, **context}
    response = render(request, f"bookings/organising/{name}.html", names, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def form_page(
    request: HttpRequest,
    date: SeminarDate,
    form: Any,
    heading: str,
    button: str,
    back: str,
    **context: Any,
) -> HttpResponse:
    """One form under its heading; without a form, a question that the button says yes to."""
    return page(request, "form", date, heading, form=form, button=button or _("Save"), back=back, **context)
