"""What is forgotten, and when: needs after days, people after months, everywhere that they live."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bookings.models import Booking, Delivery, Need, OwnAnswer, Question

NAMELESS = "–"


@transaction.atomic
def anonymise(bookings: Iterable[Booking]) -> int:
    """Take the person out of bookings that have ended: numbers, kinds and organisations stay, and nothing to find them by."""
    keys = [booking.pk for booking in bookings]
    if not keys:
        return 0
    Need.objects.filter(booking__in=keys).delete()
    OwnAnswer.objects.filter(booking__in=keys).delete()
    Delivery.objects.filter(booking__in=keys).delete()
    Question.objects.filter(booking__in=keys).update(author_name="", booking=None)
    found = Booking.objects.filter(pk__in=keys)
    for booking in found:
        booking.commitments.exclude(visibility="public").delete()
    return found.update(
        name=NAMELESS, name_folded="", email="", email_folded="", organisation_name="", booked_by_name="", booked_by_email="",
        member=None, reason="", is_on_list=False, anonymised_at=timezone.now(),
    )  # fmt: skip


def ended() -> Q:
    """Bookings from which nobody waits for anything any more."""
    return Q(seminar_date__ends_at__lt=timezone.now()) | ~Q(state__in=Booking.LIVE)
