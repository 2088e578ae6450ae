"""A delegate's feedback, behind their own later link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import certificates
from bookings import feedback as opinions
from bookings.forms.afterwards import FeedbackForm
from bookings.forms.own_questions import answers
from bookings.models import Booking
from bookings.views.secret import later
from seminars.cards import card
from seminars.views.detail import write_ups_from
from seminars.views.workspace import posted
from ui.bilingual import reader_language


def page(
    request: HttpRequest,
    name: str,
    booking: Booking,
    token: str,
    heading: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    date = booking.seminar_date
    names = {
        "booking": booking,
        "token": token,
        "date": date,
        "seminar": date.seminar,
        "card": card(date, themes=False),
        "heading": heading,
        **context,
    }
    return render(request, f"bookings/afterwards/{name}.html", names, status=status)


def closed(
    request: HttpRequest, booking: Booking, token: str, heading: str, why: str, here: str
) -> HttpResponse:
    """Why this is shut; whoever was there finds the way to what is not."""
    has_been = not opinions.why_not_here(booking)
    return page(
        request, "closed", booking, token, heading, status=403, why=why, here=here if has_been else ""
    )


@require_http_methods(["GET", "HEAD", "POST"])
@later
def feedback(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if booking.feedback_at:
        return _thanks(request, booking, token)
    heading = _("How was it?")
    if why := opinions.why_not(booking):
        return closed(request, booking, token, heading, why, here="feedback")
    form = FeedbackForm(posted(request), questions=opinions.questions_of(booking.seminar_date))
    if request.method == "POST" and form.is_valid():
        opinions.give(booking, form.opinion, answers(form), reader_language())
        # Whoever was first, in another window perhaps, is thanked as well.
        return redirect("bookings:feedback", token)
    return page(request, "feedback", booking, token, heading, form=form, here="feedback")


def _thanks(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    return page(
        request, "thanks", booking, token, _("Thank you for your feedback"), here="feedback",
        write_ups=write_ups_from(booking.seminar_date.seminar),
        has_certificate=not certificates.why_not(booking),
    )  # fmt: skip
