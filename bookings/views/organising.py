"""How a date stands: its figures, who is missing, what to do next; and its delegates' needs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import figures, overview
from bookings.models import Booking, Need
from bookings.templatetags.booking_desk import address_if
from bookings.views.desk import page
from people.models import AuditEvent
from seminars.views.workspace import date_of

NEEDS_PER_PAGE = 100


@require_safe
def bookings(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    found = figures.of(date)
    return page(
        request, "overview", date, _("Bookings"), figures=found, charts=overview.drawn(found),
        steps=overview.next_steps(date, found), letters=address_if("organise-letters", slug, date_slug),
        arrange=address_if("arrange", slug, date_slug),
    )  # fmt: skip


def needs(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """How many need what, for everybody who runs the seminar; the texts only for who asks, and that is audited."""
    date = date_of(request, slug, date_slug)
    shown = None
    if request.method == "POST":
        AuditEvent.record(request.user, "needs-read", date)
        found = Need.objects.filter(booking__seminar_date=date, booking__state__in=Booking.LIVE)
        ordered = found.select_related("booking__organisation", "booking__pool").order_by(
            "kind", "booking__name_folded", "pk"
        )
        shown = Paginator(ordered, NEEDS_PER_PAGE).get_page(request.POST.get("page"))
    counts = figures.needs(date)
    return page(
        request, "needs", date, _("Needs"), shown=shown,
        counts=[(label, counts[kind]) for kind, label in Need.Kind.choices],
    )  # fmt: skip
