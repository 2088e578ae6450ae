"""How a date stands: its figures, who is missing, what to do next; and its delegates' needs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import bodies, figures, overview, places, taking
from bookings.forms.organising_bodies import BodiesFilter
from bookings.models import Booking, Need
from bookings.templatetags.booking_desk import address_if
from bookings.views.desk import page
from people.models import AuditEvent
from seminars.views.workspace import date_of
from ui.pagination import page_of

NEEDS_PER_PAGE = 100
BODIES_PER_PAGE = 50


@require_safe
def bookings(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    found = figures.of(date)
    return page(
        request, "overview", date, _("Bookings"), figures=found, charts=overview.drawn(date, found),
        needed=[(label, found.needs[kind]) for kind, label in Need.Kind.choices],
        closed=taking.why_closed(date), is_to_be_drawn=bool(found.rules and places.is_to_be_drawn(found.rules)),
        steps=overview.next_steps(date, found), arrange=address_if("arrange", slug, date_slug),
    )  # fmt: skip


@require_safe
def organisations(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Which organisations come and which are missing, to invite them: what the figures of the overview count."""
    date = date_of(request, slug, date_slug)
    form = BodiesFilter(request.GET)
    found = form.narrow(bodies.of(date))
    return page(
        request, "bodies", date, _("Organisations"), filter_form=form, is_used=form.is_used,
        page=page_of(request, found, BODIES_PER_PAGE),
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
