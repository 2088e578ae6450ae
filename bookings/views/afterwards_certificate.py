"""The certificate of attendance, as a page and as a PDF, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import certificates, pdf
from bookings.models import Booking
from bookings.views.afterwards import closed, page
from bookings.views.secret import later
from seminars.cards import card


@require_safe
@later
def certificate(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    heading = _("Certificate of attendance")
    if why := certificates.why_not(booking):
        return closed(request, booking, token, heading, why, here="certificate")
    return page(
        request, "certificate", booking, token, heading, certificate=certificates.of(booking),
        has_pdf=pdf.is_installed(), here="certificate",
    )  # fmt: skip


@require_safe
@later
def certificate_pdf(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if why := certificates.why_not(booking):
        return closed(request, booking, token, _("Certificate of attendance"), why, here="certificate")
    date = booking.seminar_date
    context = {
        "booking": booking,
        "date": date,
        "seminar": date.seminar,
        "card": card(date, themes=False),
        "certificate": certificates.of(booking),
        "page_address": reverse("bookings:certificate", args=[token]),
    }
    return pdf.pdf_of(
        request, "bookings/afterwards/certificate_pdf.html", context, f"certificate-{date.slug}"
    )
