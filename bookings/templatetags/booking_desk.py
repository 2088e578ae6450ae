"""What pages about one date share: the tabs to them, and the figures beside a date in a list of dates."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

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
