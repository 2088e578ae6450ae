"""At the door: the stewards' link, the list, a code, a person without a booking. All of it works without script."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import arriving, doors
from bookings.forms.day import WalkInForm
from bookings.forms.organisations import suggestions
from bookings.models import Booking, CheckIn
from bookings.stewards import date_by_token, date_by_uuid, for_stewards, holds_link, may_check_in, remember
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import SeminarDate
from seminars.views.workspace import posted, tell_refusal
from seminars.wording import one_line
from ui.secret_links import unshared

MOST_SHOWN = 300


@login_not_required
@require_safe
def steward(request: HttpRequest, token: str) -> HttpResponse:
    """The link that makes a device one of a steward, for this date only."""
    date = date_by_token(token)
    if date is None:
        return unshared(render(request, "bookings/day/link_ended.html", status=404))
    remember(request, date)
    return unshared(redirect("bookings:check-in-desk", date.uuid))


@require_safe
@for_stewards
def desk(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    everybody = doors.arrivals(date)
    found = doors.matching(everybody, words)
    is_open, is_closed = arriving.is_open(date), any(one.is_settled for one in everybody)
    return render(
        request,
        "bookings/day/desk.html",
        {
            "date": date,
            "seminar": date.seminar,
            "words": words,
            "found": found[:MOST_SHOWN],
            "more": len(found) > MOST_SHOWN,
            "most": MOST_SHOWN,
            "data": doors.as_data(everybody),
            "counts": arriving.counts(date),
            "is_open": is_open,
            "is_closed": is_closed,
            "can_note": is_open and not is_closed,
            "keeps_copy": is_open and holds_link(request, date),
            "now": timezone.now(),
            "until": date.ends_at + arriving.AFTER,
        },
    )


@require_POST
@for_stewards
def arrival(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    """By the code of the booking, read out or from the list."""
    code = one_line(request.POST.get("code", "")).upper()
    booking = Booking.objects.filter(seminar_date=date, code=code).first()
    back = redirect("bookings:check-in-desk", date.uuid)
    if booking is None:
        messages.error(
            request, _("There is no booking with the code “%(code)s” on this date.") % {"code": code[:12]}
        )
        return back
    way = CheckIn.Way.NAME if request.POST.get("way") == "name" else CheckIn.Way.CODE
    _note(request, booking, way)
    return back


def _note(request: HttpRequest, booking: Booking, way: str) -> None:
    if not arriving.is_open(booking.seminar_date):
        messages.error(
            request, _("People can be checked in from the day before the date until the day after it.")
        )
        return
    was_here = booking.check_ins.filter(undone_at=None).exists()
    try:
        arriving.check_in(booking, way, client_uuid=uuid4(), by=request.user)
    except Refused as refused:
        tell_refusal(request, refused)
        return
    said = _("%(name)s was here already.") if was_here else _("%(name)s is here.")
    messages.success(request, said % {"name": booking.name})


@require_POST
@for_stewards
def arrival_removal(request: HttpRequest, date: SeminarDate, pk: int) -> HttpResponse:
    found = get_object_or_404(CheckIn.objects.select_related("booking"), pk=pk, booking__seminar_date=date)
    try:
        arriving.undo(found, by=request.user)
        messages.success(request, _("%(name)s is not here after all.") % {"name": found.booking.name})
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect("bookings:check-in-desk", date.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def walk_in(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    form = WalkInForm(posted(request), pools=list(date.pools.all()))
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            booking = arriving.walk_in(
                date, form.person, given["attendance"], key=given["key"], by=request.user
            )
            messages.success(
                request, _("%(name)s is here. Code: %(code)s.") % {"name": booking.name, "code": booking.code}
            )
            return redirect("bookings:check-in-desk", date.uuid)
        except Refused as refused:
            say_refusal(form, refused)
    context = {"date": date, "seminar": date.seminar, "form": form, "organisations": suggestions()}
    return render(request, "bookings/day/walk_in.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """What the QR code of a confirmation leads to: for a steward a button, for anybody else nothing about anybody."""
    date = date_by_uuid(uuid)
    if not may_check_in(request, date):
        return unshared(
            render(request, "bookings/day/show_this.html", {"date": date, "seminar": date.seminar})
        )
    booking = (
        Booking.objects.filter(seminar_date=date, code=one_line(code).upper())
        .select_related("organisation", "pool")
        .first()
    )
    if request.method == "POST" and booking is not None:
        booking.seminar_date = date
        _note(request, booking, CheckIn.Way.QR)
        return redirect(reverse("bookings:check-in-desk", args=[date.uuid]))
    context = {
        "date": date,
        "seminar": date.seminar,
        "booking": booking,
        "code": code[:12],
        "is_here": booking is not None and booking.check_ins.filter(undone_at=None).exists(),
    }
    response = render(request, "bookings/day/one.html", context, status=404 if booking is None else 200)
    response["Cache-Control"] = "no-store, private"
    return response
