"""The day as organisers prepare and close it: the stewards' link, lists on paper, badges, the programme as a file."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import arriving, doors, pdf
from bookings.models import Booking, BookingRules, Place
from bookings.tokens import new_nonce
from bookings.views import desk
from people.models import AuditEvent
from people.refusal import Refused
from people.requests import MemberRequest
from seminars.cards import card
from seminars.lineup import programme_of
from seminars.models import SeminarDate
from seminars.views.workspace import confirmation, date_of, tell_refusal
from ui.dates import weekday


def _page(request: HttpRequest, name: str, date: SeminarDate, heading: str, **context: Any) -> HttpResponse:
    return desk.page(request, f"../day/{name}", date, heading, desk_tab="stewards", **context)


def _rules(date: SeminarDate) -> BookingRules:
    return get_object_or_404(BookingRules, seminar_date=date)


@require_safe
def stewards(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    rules = _rules(date)
    rules.seminar_date = date
    link = request.build_absolute_uri(reverse("bookings:steward", args=[arriving.steward_token(rules)]))
    picture = segno.make(link, micro=False, error="m").svg_inline(border=4, omitsize=True)
    return _page(
        request, "stewards", date, _("Check-in"), link=link,
        # Drawn by segno from an address of ours: no text of anybody's is in it.
        qr=mark_safe(picture),  # nosec B308 B703
        counts=arriving.counts(date), is_open=arriving.is_open(date),
        opens=date.starts_at - arriving.BEFORE, closes=date.ends_at + arriving.AFTER,
        can_close=date.is_past and Booking.objects.confirmed().filter(seminar_date=date).exists(),
        has_pdf=pdf.is_installed(),
    )  # fmt: skip


@require_POST
def new_link(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """The old link opens nothing any more, on no device."""
    date = date_of(request, slug, date_slug)
    BookingRules.objects.filter(pk=_rules(date).pk).update(steward_nonce=new_nonce())
    AuditEvent.record(request.user, "stewards-link-changed", date)
    messages.success(request, _("There is a new link. The old one opens nothing any more."))
    return redirect("bookings:stewards", slug, date_slug)


def closing(request: MemberRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    back = reverse("bookings:stewards", args=[slug, date_slug])
    if request.method == "POST":
        try:
            number = arriving.settle(date, by=request.user)
            said = ngettext("%(count)s booking is settled.", "%(count)s bookings are settled.", number)
            if number:
                messages.success(request, said % {"count": number})
            else:
                messages.warning(
                    request, _("Nobody was checked in, so nobody knows who came: nothing is settled.")
                )
        except Refused as refused:
            tell_refusal(request, refused)
        return redirect(back)
    return confirmation(
        request, date.seminar, "dates", _("Close the day of %(date)s?") % {"date": weekday(date.local_start)},
        _("Close the day"), back,
        introduction=_(
            "Who was checked in has attended, and the others did not come. That cannot be undone: wait until every "
            "steward’s device has sent what it noted. It closes by itself a day after the end."
        ),
    )  # fmt: skip


@require_safe
def paper(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """For a door without electricity: everybody by name, and by code."""
    date = date_of(request, slug, date_slug)
    found = doors.arrivals(date)
    return _page(
        request, "paper", date, _("Who comes, on paper"), by_name=found,
        by_code=sorted(found, key=lambda one: one.code),
    )  # fmt: skip


@require_safe
def sheets(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """One list for each workshop that is held."""
    date = date_of(request, slug, date_slug)
    places = (
        Place.objects.filter(
            run__slot__seminar_date=date, state=Place.State.CONFIRMED, booking__state__in=doors.EXPECTED
        )
        .select_related("booking__organisation", "run__room", "run__slot", "session")
        .order_by("slot__starts_at", "session__position", "run")
    )
    runs: dict[int, tuple[Any, list[Booking]]] = {}
    for place in places:
        place.run.session, place.run.slot.seminar_date = place.session, date
        runs.setdefault(place.run_id, (place.run, []))[1].append(place.booking)
    found = [(run, sorted(people, key=lambda one: doors.in_order(one.name))) for run, people in runs.values()]
    return _page(request, "sheets", date, _("Lists for the workshops"), runs=found)


def _badges(date: SeminarDate) -> list[Booking]:
    found = Booking.objects.filter(seminar_date=date, state__in=doors.EXPECTED, pool__attendance="in person")
    return sorted(found.select_related("organisation"), key=lambda one: doors.in_order(one.name))


@require_safe
def badges(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    return _page(request, "badges", date, _("Badges"), badges=_badges(date), has_pdf=pdf.is_installed())


@require_safe
def badges_pdf(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    context = {
        "seminar": date.seminar,
        "date": date,
        "badges": _badges(date),
        "page_address": reverse("bookings:badges", args=[slug, date_slug]),
    }
    response = pdf.pdf_of(request, "bookings/day/badges_pdf.html", context, f"badges-{date.slug}")
    response["Cache-Control"] = "no-store, private"
    return response


@login_not_required
@require_safe
def programme_pdf(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """What the page of the date says, for paper; of the private part of a date nothing."""
    date = get_object_or_404(
        SeminarDate.objects.public()
        .select_related("seminar__organisation", "venue")
        .defer("joining_link", "joining_instructions_en", "joining_instructions_cy"),
        seminar__slug=slug,
        slug=date_slug,
    )
    timetable, speakers = programme_of(date)
    context = {
        "date": date,
        "seminar": date.seminar,
        "card": card(date, themes=False),
        "timetable": timetable,
        "speakers": speakers,
        "access": date.venue.tr("access") if date.venue and date.is_in_person else "",
        "page_address": date.get_absolute_url(),
    }
    return pdf.pdf_of(request, "bookings/day/programme_pdf.html", context, f"programme-{date.slug}")
