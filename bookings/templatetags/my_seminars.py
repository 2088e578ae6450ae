"""A member's next seminars, for their desk: it belongs to an app below, which knows nothing of bookings."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from bookings import mine
from bookings.models import Booking
from seminars.cards import card

register = template.Library()
State = Booking.State


@register.simple_tag(takes_context=True)
def next_seminars(context: Context) -> dict[str, Any]:
    """`{% next_seminars as seminars %}`: the next ones, and how many the member waits for."""
    member = context["request"].user
    states = [State.REQUESTED, State.WAITING, State.OFFERED, State.CONFIRMED, State.ATTENDED]
    found = mine.to_show(mine.of(member).filter(state__in=states, seminar_date__ends_at__gte=timezone.now()))
    rows = list(found)
    sure = [one for one in rows if one.state in {State.CONFIRMED, State.ATTENDED}]
    offered = [one for one in rows if one.state == State.OFFERED]
    return {
        "rows": [
            {"booking": one, "card": card(one.seminar_date, themes=False),
             "address": reverse("bookings:manage", args=[one.token])}
            for one in (offered + sure)[: mine.NEXT]
        ],
        "waiting": len(rows) - len(sure) - len(offered),
    }  # fmt: skip
