"""What the public pages of a date and of a seminar say about places. Each tag costs one query, or two for a member."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from bookings import availability, mine
from bookings.availability import Availability
from bookings.models import Booking
from seminars.calendar import absolute
from seminars.models import Seminar, SeminarDate
from ui.structured_data import script

register = template.Library()


@register.simple_tag
def places_of_date(seminar_date: SeminarDate) -> Availability | None:
    return availability.of_date(seminar_date)


@register.simple_tag(takes_context=True)
def own_booking(context: dict[str, Any], seminar_date: SeminarDate) -> Booking | None:
    """A signed-in member's own booking for the date, of which a public page shows the state and no secret link."""
    user = context["request"].user
    if not user.is_authenticated:
        return None
    return mine.of(user).live().filter(seminar_date=seminar_date).order_by("pk").last()


@register.simple_tag
def places_of_seminar(seminar: Seminar) -> list[Availability]:
    return availability.of_seminar(seminar)


@register.filter
def offers(found: Availability) -> SafeString:
    """The same event as in the head of the page, by its @id, with what is on offer."""
    return script(
        {
            "@context": "https://schema.org",
            "@type": "EducationEvent",
            "@id": absolute(found.seminar_date.get_absolute_url()),
            "offers": {**found.offers, "url": absolute(found.address)},
        }
    )
