"""What pages about one date share: the tabs to them, and the figures beside a date in a list of dates."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Count, F, Sum
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking, Pool
from seminars.models import SeminarDate

register = template.Library()
# The name of the page, its words and its icon; one whose page does not exist is left out.
TABS = (
    ("organise-bookings", _("Bookings"), "layout-dashboard"),
    ("organise-list", _("List"), "list"),
    ("arrange", _("How it is booked"), "sliders-horizontal"),
    ("organise-letters", _("Letters"), "mail"),
    ("messages", _("Messages"), "send"),
    ("stewards", _("Check-in"), "scan-line"),
    ("organise-questions", _("Questions"), "message-circle-question-mark"),
    ("organise-feedback", _("Afterwards"), "chart-column"),
)
# Pages that belong to a tab that is not named as they are.
UNDER = {
    "organise-requests": "organise-bookings",
    "organise-needs": "organise-bookings",
    "organise-bodies": "organise-bookings",
    "organise-export": "organise-list",
    "organise-new": "organise-list",
    "organise-booking": "organise-list",
}


@dataclass(frozen=True)
class Tab:
    words: Any
    icon: str
    address: str
    is_current: bool


def address_if(name: str, *args: object) -> str:
    """The address of a page of bookings, or nothing where there is no such page."""
    try:
        return reverse(f"bookings:{name}", args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def listed(date: SeminarDate, name: str = "list", **query: Any) -> str:
    """`{% listed date state="booked" as address %}`: a list about a date, narrowed to the rows that a figure counts."""
    address = reverse(f"bookings:organise-{name}", args=[date.seminar.slug, date.slug])
    return f"{address}?{urlencode(query)}" if query else address


@register.simple_tag(takes_context=True)
def desk_tabs(context: Context, date: SeminarDate) -> list[Tab]:
    """`{% desk_tabs date as tabs %}`: the pages about a date. A page may name its tab by `desk_tab`."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = match.url_name if match else ""
    current = context.get("desk_tab") or UNDER.get(name, name)
    return [
        Tab(words, icon, address, name == current)
        for name, words, icon in TABS
        if (address := address_if(name, date.seminar.slug, date.slug))
    ]


@dataclass(frozen=True)
class Booked:
    """How a date stands, in figures."""

    taken: int
    seats: int
    waiting: int
    requested: int


@register.simple_tag(takes_context=True)
def booked_on(context: Context, date: SeminarDate) -> Booked | None:
    """`{% booked_on date as booked %}`, in a list of `dates`: two queries for all of them. None: it cannot be booked."""
    request = context["request"]
    if not hasattr(request, "booked_on_dates"):
        request.booked_on_dates = _booked([one.pk for one in context.get("dates") or [date]])
    found: Booked | None = request.booked_on_dates.get(date.pk)
    return found


def _booked(keys: list[int]) -> dict[int, Booked]:
    states = [Booking.State.WAITING, Booking.State.REQUESTED]
    rows = Booking.objects.filter(seminar_date__in=keys, state__in=states).order_by()
    waits = {
        (date, state): number
        for date, state, number in rows.values_list("seminar_date", "state").annotate(Count("pk"))
    }
    pools = Pool.objects.filter(seminar_date__in=keys).order_by().values_list("seminar_date")
    return {
        date: Booked(taken, seats, *(waits.get((date, state), 0) for state in states))
        for date, taken, seats in pools.annotate(Sum("taken"), all_seats=Sum(F("capacity") + F("extra")))
    }
