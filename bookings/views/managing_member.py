"""A member's seminars: everything that they booked, with the way to each."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings import feedback, mine
from bookings.models import Booking
from bookings.templatetags.booking_desk import address_if
from people.requests import MemberRequest
from seminars.cards import DateCard, card
from ui.pagination import page_of

State = Booking.State
COMING = (State.CONFIRMED, State.ATTENDED)
WAITING = (State.REQUESTED, State.WAITING, State.OFFERED)


@dataclass(frozen=True)
class Mine:
    booking: Booking
    card: DateCard
    manage: str
    feedback: str
    commitments: str
    certificate: str


@require_safe
@never_cache
def my_seminars(request: MemberRequest) -> HttpResponse:
    member, now = request.user, timezone.now()
    mine.claim(member)
    found = mine.to_show(Booking.objects.filter(member=member, anonymised_at=None))
    ahead = found.filter(seminar_date__ends_at__gte=now)
    past = found.filter(seminar_date__ends_at__lt=now).order_by("-seminar_date__starts_at", "pk")
    page = page_of(request, past)
    page.object_list = [_shown(booking) for booking in page.object_list]
    context: dict[str, Any] = {"coming": [], "waiting": [], "ended": [], "past": page}
    for booking in ahead:
        name = "coming" if booking.state in COMING else "waiting" if booking.state in WAITING else "ended"
        context[name].append(_shown(booking))
    return render(request, "bookings/managing/my_seminars.html", context)


def _shown(booking: Booking) -> Mine:
    may_answer = not booking.feedback_at and not feedback.why_not(booking)
    later = booking.later_token
    return Mine(
        booking,
        card(booking.seminar_date, themes=False),
        reverse("bookings:manage", args=[booking.token]) if mine.is_manageable(booking) else "",
        address_if("feedback", later) if may_answer else "",
        "" if feedback.why_not_here(booking) else address_if("commitments", later),
        address_if("certificate", later) if booking.state == State.ATTENDED else "",
    )
