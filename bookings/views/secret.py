"""Pages behind a booking's own links. Whoever holds the link is the delegate: there is no account and no cookie."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings import waiting
from bookings.models import Booking
from ui.secret_links import behind_a_link

View = Callable[..., HttpResponse]
# What pages about a booking read, in one query.
WITH_ALL = (
    "seminar_date__seminar__organisation",
    "seminar_date__venue",
    "seminar_date__booking_rules",
    "pool",
    "group",
    "organisation",
    "replaces__seminar_date__venue",
)


def managed(view: View) -> View:
    """`view(request, booking, token, ...)`, for the link that manages a booking until a week after its date."""

    @behind_a_link
    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        booking = _found(token)
        if booking and booking.state in {Booking.State.OFFERED, Booking.State.WAITING}:
            # Reading ends offers whose time is over, this one or one that this delegate waits behind.
            booking = _found(token) if waiting.expire(booking.seminar_date) else booking
        return view(request, booking, token, **kwargs) if booking else ended(request)

    return answer


def later(view: View) -> View:
    """`view(request, booking, token, ...)`, for the link to feedback and commitments."""

    @behind_a_link
    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        booking = Booking.objects.by_later_token(token).select_related(*WITH_ALL).first()
        return view(request, booking, token, **kwargs) if booking else ended(request, is_later=True)

    return answer


def ended(request: HttpRequest, *, is_later: bool = False) -> HttpResponse:
    """The same answer for a link that was never one, that is over, and that was handed over."""
    return render(request, "bookings/managing/ended_link.html", {"is_later": is_later}, status=404)


def _found(token: str) -> Booking | None:
    return Booking.objects.by_token(token).select_related(*WITH_ALL).first()
