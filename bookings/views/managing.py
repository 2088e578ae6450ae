"""A delegate's own booking: how it stands, and the answers of one click. What is typed is in `managing_changes`."""

from collections.abc import Callable
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from bookings import calendar_entries, changing
from bookings.letters.values import link
from bookings.models import Booking
from bookings.standing import Standing
from bookings.views.secret import WITH_ALL, managed
from people.refusal import Refused
from seminars import wording
from seminars.cards import card
from ui.bilingual import reader_language

# There is no session behind a secret link: the address says what has just been done.
SAID = {
    "accepted": gettext_lazy("The place is yours."),
    "declined": gettext_lazy("You have declined the place. It goes to the next person."),
    "left": gettext_lazy("You have left the queue."),
    "cancelled": gettext_lazy("Your booking is cancelled."),
    "withdrawn": gettext_lazy("Your request is withdrawn."),
    "split": gettext_lazy("From now on, each of you is offered a place as soon as there is one."),
    "workshops": gettext_lazy("Your workshops are saved."),
    "details": gettext_lazy("Your details are saved."),
    "moved": gettext_lazy("This is your booking now. The old place is given up."),
    "way": gettext_lazy("How you take part is changed."),
    "queued": gettext_lazy("You are in the queue here, and keep what you have until you win a place."),
}


def page(
    request: HttpRequest, name: str, booking: Booking, token: str, *, acted: bool = False, **context: Any
) -> HttpResponse:
    """`acted`: what answers a click has no address that could be read again, in either language."""
    if acted:
        context["other_language_address"] = _in_other_language(booking, token)
    return render(
        request,
        f"bookings/managing/{name}.html",
        {
            "booking": booking,
            "token": token,
            "seminar": booking.seminar_date.seminar,
            "date": booking.seminar_date,
            "card": card(booking.seminar_date, themes=False),
            **context,
        },
    )


def _in_other_language(booking: Booking, token: str) -> str:
    with override("en" if reader_language() == "cy" else "cy"):
        if token:
            return reverse("bookings:manage", args=[token])
        return booking.seminar_date.get_absolute_url()


def back_to(token: str, said: str = "") -> HttpResponse:
    response = redirect("bookings:manage", token)
    if said:
        response["Location"] += f"?said={said}"
    return response


@require_safe
@managed
def manage(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    return _standing(request, booking, token, said=SAID.get(request.GET.get("said", ""), ""))


def _standing(request: HttpRequest, booking: Booking, token: str, **context: Any) -> HttpResponse:
    date = booking.seminar_date
    standing = Standing(booking)
    return page(
        request,
        "booking",
        booking,
        token,
        standing=standing,
        line=standing.line,
        map_address=wording.map_address(date),
        access=date.venue.tr("access") if date.venue and date.is_in_person else "",
        qr=_qr(booking) if standing.is_delegate and not date.is_past else "",
        **context,
    )


def _qr(booking: Booking) -> str:
    """What is held out at the door; drawn into the page, so that it is there without a connection."""
    address = link("check-in", booking.seminar_date.uuid, booking.code)
    return segno.make(address or booking.code, micro=False, error="m").svg_inline(border=4, omitsize=True)


def _done(
    request: HttpRequest, booking: Booking, token: str, verb: Callable[[Booking], None], said: str
) -> HttpResponse:
    """Do it and say so; where it was refused, the booking as it stands now, with the words above."""
    try:
        verb(booking)
    except Refused as refused:
        current = Booking.objects.select_related(*WITH_ALL).get(pk=booking.pk)
        return _standing(request, current, token, refusals=refused.sentences, acted=True)
    return back_to(token, said)


@require_safe
@managed
def entry(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The same entry as in the confirmation, for whoever lost that: its UID and number are the same."""
    if not Standing(booking).is_delegate:
        return back_to(token)
    response = HttpResponse(
        calendar_entries.entry(booking, calendar_entries.REQUEST),
        content_type="text/calendar; charset=utf-8; method=REQUEST",
    )
    response["Content-Disposition"] = 'attachment; filename="booking.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def acceptance(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if request.method != "POST":
        # The address of a refusal, opened again; and programs that open every link of a letter accept nothing.
        return back_to(token)
    return _done(request, booking, token, changing.accept, "accepted")


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def refusal(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if request.method == "POST":
        return _done(request, booking, token, changing.decline_offer, "declined")
    if booking.state != Booking.State.OFFERED:
        return back_to(token)
    words = [_("It is offered to the next person in the queue, and cannot be taken back.")]
    if Standing(booking).is_whole:
        words.append(_("You decline for yourself alone: the others of your group can still accept theirs."))
    return _sure(request, booking, token, _("Decline this place?"), _("Decline the place"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def leaving(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if request.method == "POST":
        return _done(request, booking, token, changing.leave_queue, "left")
    if booking.state != Booking.State.WAITING:
        return back_to(token)
    words = [_("You lose your position. Whoever joins again later stands at the end.")]
    if Standing(booking).is_whole:
        words.append(_("You leave alone: the others of your group wait on."))
    return _sure(request, booking, token, _("Leave the queue?"), _("Leave the queue"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def cancellation(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    is_request = booking.state == Booking.State.REQUESTED
    if request.method == "POST":
        said = "withdrawn" if is_request else "cancelled"
        return _done(request, booking, token, changing.cancel, said)
    if not Standing(booking).can_cancel:
        return back_to(token)
    if is_request:
        words = [_("The organisers do not look at it any more.")]
        return _sure(
            request,
            booking,
            token,
            _("Withdraw your request?"),
            _("Withdraw the request"),
            words,
            others=True,
        )
    words = [_("The place and the workshops go to those who wait, and cannot be taken back.")]
    if booking.group:
        words.append(_("You cancel for yourself alone: the others of your group keep their places."))
    return _sure(
        request, booking, token, _("Cancel your booking?"), _("Cancel the booking"), words, others=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def split(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    standing = Standing(booking)
    if request.method == "POST" and standing.can_split:
        changing.split_group(booking)
        return back_to(token, "split")
    if not standing.can_split:
        return back_to(token)
    return _sure(
        request, booking, token, _("Come one by one?"), _("Wait one by one"),
        [_("Each of you is offered a place as soon as there is one, so that you may not all come. You cannot become "
           "one group again.")],
    )  # fmt: skip


def _sure(
    request: HttpRequest,
    booking: Booking,
    token: str,
    heading: str,
    button: str,
    words: list[str],
    **context: Any,
) -> HttpResponse:
    """Ask before what cannot be undone."""
    return page(
        request, "confirm", booking, token, heading=heading, button=button, introduction=words,
        back=reverse("bookings:manage", args=[token]), standing=Standing(booking), **context,
    )  # fmt: skip
