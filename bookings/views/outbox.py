"""The letters of a date, for its organisers: what went, what is to go, and what could not be sent."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import mail_failures, outbox
from bookings.models import BouncedAddress, Delivery
from bookings.views.desk import page
from seminars.models import SeminarDate
from seminars.views.workspace import date_of
from ui.pagination import page_of

State = Delivery.State
PER_PAGE = 50
# What an organiser can ask for. A letter that is just being sent is one that is to be sent.
SHOWN = {
    "failed": [State.FAILED],
    "due": [State.DUE, State.SENDING],
    "sent": [State.SENT],
    "dropped": [State.DROPPED],
}


@require_safe
def letters(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    found = Delivery.objects.filter(booking__seminar_date=date)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    states = SHOWN.get(state, list(State))
    rows = found.filter(state__in=states) if state in SHOWN else found
    shown = page_of(
        request, rows.select_related("booking"), PER_PAGE, total=sum(counts.get(one, 0) for one in states)
    )
    return page(
        request, "letters", date, _("Letters"), page=shown, state=state if state in SHOWN else "",
        rows=_told(shown.object_list), total=sum(counts.values()), failed=counts.get(State.FAILED, 0),
        filters=[(name, State(name).label, sum(counts.get(one, 0) for one in SHOWN[name])) for name in SHOWN],
    )  # fmt: skip


def _told(deliveries: Any) -> list[dict[str, Any]]:
    """Each letter with why it did not go, and whether anything can be sent to its address."""
    found = list(deliveries)
    folded = {one.pk: BouncedAddress.fold(one.recipient) for one in found}
    bounced = set(
        BouncedAddress.objects.filter(folded__in=set(folded.values())).values_list("folded", flat=True)
    )
    return [
        {
            "letter": one,
            "why": mail_failures.in_words(one.error),
            "bounces": folded[one.pk] in bounced,
            "can_repeat": one.state == State.FAILED,
        }
        for one in found
    ]


@require_POST
def repeat(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    delivery = get_object_or_404(
        Delivery.objects.select_related("booking"), pk=pk, booking__seminar_date=date
    )
    if outbox.send_again(delivery, request.user):
        messages.success(request, _("The letter is sent again now."))
    else:
        messages.info(request, _("This letter needs no repeating: it has not failed."))
    return _back(date)


@require_POST
def repeat_all(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    if number := outbox.send_failed_again(date, request.user):
        words = ngettext("%(n)s letter is sent again now.", "%(n)s letters are sent again now.", number)
        messages.success(request, words % {"n": number})
    else:
        messages.info(request, _("There is no letter that can be sent again just so."))
    return _back(date)


def _back(date: SeminarDate) -> HttpResponse:
    return redirect("bookings:organise-letters", date.seminar.slug, date.slug)
