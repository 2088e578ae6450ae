"""How a date is booked: the page that tells it all."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import places, rules_told, taking, waiting
from bookings.models import Booking, OwnQuestion
from bookings.views.arranging_page import arranged, page, pools_of, ways_left
from seminars.models import SeminarDate, Session


@require_safe
def arrangement(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    rules, pools = date.booking_rules, pools_of(date)
    if rules.pk is None:
        return page(
            request, "unarranged", date, _("How this date is booked"), ways=ways_left(date, pools), sources=_sources(date)
        )  # fmt: skip
    has_workshops = _has_workshops(date)
    queues = dict(
        Booking.objects.filter(seminar_date=date, state=Booking.State.WAITING)
        .order_by()
        .values_list("pool")
        .annotate(number=Count("pk"))
    )
    asked = OwnQuestion.objects.filter(seminar_date=date).aggregate(
        booking=Count("pk", filter=Q(purpose=OwnQuestion.Purpose.BOOKING)),
        feedback=Count("pk", filter=Q(purpose=OwnQuestion.Purpose.FEEDBACK)),
    )
    return page(
        request, "arrangement", date, _("How this date is booked"), rules=rules, closed=taking.why_closed(date),
        pools=[(pool, queues.get(pool.pk, 0)) for pool in pools], ways=ways_left(date, pools),
        closes=waiting.closes_at(date), told=rules_told.sentences(rules, has_workshops), has_workshops=has_workshops,
        is_drawn=rules.workshops == rules.Workshops.DRAWN, is_to_be_drawn=places.is_to_be_drawn(rules), asked=asked,
        sources=_sources(date),
    )  # fmt: skip


def _has_workshops(date: SeminarDate) -> bool:
    return date.slots.filter(runs__session__kind=Session.Kind.WORKSHOP).exists()


def _sources(date: SeminarDate) -> bool:
    others = SeminarDate.objects.filter(seminar=date.seminar_id, booking_rules__isnull=False)
    return others.exclude(pk=date.pk).exists()
