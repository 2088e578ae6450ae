"""The bookings of a date as a list, and the requests that wait for an organiser, several at once."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings import changing, places
from bookings.forms.organising import ListFilter, ReasonForm
from bookings.models import Booking, Place, Pool
from bookings.views.desk import form_page, page, who
from people.models import Organisation
from people.refusal import Refused
from seminars.models import SeminarDate
from seminars.views.workspace import date_of, tell_refusal
from ui.pagination import page_of

PER_PAGE = 50


def filter_of(request: HttpRequest, date: SeminarDate) -> ListFilter:
    """What the address says of which bookings of the date to show."""
    booked = Booking.objects.filter(seminar_date=date).order_by()
    bodies = Organisation.objects.filter(pk__in=booked.values("organisation"))
    return ListFilter(
        request.GET,
        runs=places.to_choose_from(date),
        organisations=bodies.only("name_en", "name_cy"),
    )


@require_safe
def bookings(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = filter_of(request, date)
    narrowed = form.narrow(Booking.objects.filter(seminar_date=date))
    in_queue = form.cleaned_data.get("state") == Booking.State.WAITING
    order = ("-priority", "queued_at", "pk") if in_queue else ("name_folded", "pk")
    rows = narrowed.order_by(*order).select_related("organisation", "pool")
    # Of what is only wished for, the first choices: lots may bring others.
    shown = Place.objects.exclude(state=Place.State.WANTED, rank__gt=1).order_by("slot__starts_at", "rank")
    places_of = Prefetch("places", shown.select_related("run__session", "slot"))
    found = page_of(request, rows.prefetch_related(places_of), PER_PAGE)
    for booking in found:
        booking.pool.seminar_date = booking.seminar_date = date
        for place in booking.places.all():
            place.slot.seminar_date = date
    return page(
        request, "list", date, _("List of bookings"), filter_form=form, page=found, is_used=form.is_used, in_queue=in_queue,
        narrowed_by=request.GET.urlencode() if form.is_used else "",
    )  # fmt: skip


def requests(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Those who wait for approval: some are chosen, the choice is shown once more, and then it is done."""
    date = date_of(request, slug, date_slug)
    waiting = (
        Booking.objects.filter(seminar_date=date, state=Booking.State.REQUESTED)
        .select_related("organisation", "pool")
        .order_by("created_at", "pk")
    )
    does = request.POST.get("do", "")
    if does not in {"approve", "decline"}:
        return page(
            request, "requests", date, _("Requests"), page=page_of(request, waiting, PER_PAGE),
            pools=Pool.objects.filter(seminar_date=date), are_chosen="all" in request.GET,
        )  # fmt: skip
    keys = [key for key in request.POST.getlist("booking") if key.isdecimal() and len(key) < 19][:PER_PAGE]
    chosen = list(waiting.filter(pk__in=keys))
    here = redirect("bookings:organise-requests", slug, date_slug)
    if not chosen:
        messages.error(request, _("Choose at least one request."))
        return here
    form = None
    if does == "decline":
        data = request.POST if "sure" in request.POST else None
        form = ReasonForm(data, hint=_("They read it in the letter that tells them."))
    if "sure" not in request.POST or (form and not form.is_valid()):
        return _are_you_sure(request, date, chosen, does, form, here.url)
    _settle(request, chosen, form.cleaned_data["reason"] if form else None)
    return here


def _are_you_sure(
    request: HttpRequest,
    date: SeminarDate,
    chosen: list[Booking],
    does: str,
    form: ReasonForm | None,
    back: str,
) -> HttpResponse:
    number = len(chosen)
    if does == "approve":
        heading = ngettext("Approve %(number)s request?", "Approve %(number)s requests?", number)
        button = _("Yes, approve")
    else:
        heading = ngettext("Decline %(number)s request?", "Decline %(number)s requests?", number)
        button = _("Yes, decline")
    kept = [("do", does), ("sure", "1"), *(("booking", one.pk) for one in chosen)]
    return form_page(
        request, date, form, heading % {"number": number}, button, back, kept=kept, chosen=chosen,
        is_dangerous=does == "decline", introduction=_("Each of them is told by a letter."),
    )  # fmt: skip


def _settle(request: HttpRequest, chosen: list[Booking], reason: str | None) -> None:
    done = 0
    for booking in chosen:
        try:
            if reason is None:
                changing.approve(booking, by=who(request))
            else:
                changing.decline_request(booking, reason, by=who(request))
            done += 1
        except Refused as refused:
            tell_refusal(request, refused)
            break
    if done:
        words = ngettext("%(number)s request is settled.", "%(number)s requests are settled.", done)
        messages.success(request, words % {"number": done})
