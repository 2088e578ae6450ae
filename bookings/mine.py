"""The bookings of a member: those made as a member, and those made with an address that is proved to be theirs."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bookings.models import Booking, CheckIn, Commitment, Delivery, Need, OwnAnswer, Place, Question
from bookings.models.booking import BookingQuerySet
from people import mydata
from people.models import Member
from ui.folding import fold_email

State = Booking.State
NEXT = 3
# Rows that hang on a booking and are about whoever it is for.
HANGING = (Need, OwnAnswer, Place, CheckIn, Commitment, Question, Delivery)


def of(member: Member) -> BookingQuerySet:
    """Whoever has confirmed an address owns what was booked with it, until somebody else does."""
    addresses = [fold_email(address) for address in member.confirmed_emails()]
    theirs = Q(member=member) | Q(member=None, email_folded__in=addresses)
    return Booking.objects.filter(theirs, anonymised_at=None)


def claim(member: Member) -> int:
    """Note whose they are, so that they stay theirs when an address changes; returns how many were new."""
    found = list(of(member).filter(member=None).values_list("pk", flat=True))
    # One by one: whoever holds several rows, and no pool, could wait in a circle with a move between them.
    return sum(Booking.objects.filter(pk=key, member=None).update(member=member) for key in found)


def to_show(bookings: BookingQuerySet) -> BookingQuerySet:
    return bookings.select_related("seminar_date__seminar", "seminar_date__venue", "pool").order_by(
        "seminar_date__starts_at", "pk"
    )


def is_manageable(booking: Booking) -> bool:
    """Whether its link still opens something."""
    return booking.seminar_date.ends_at > timezone.now() - timedelta(days=7)


def export(member: Member) -> list[dict[str, Any]]:
    """For `people.mydata`: what was told and done with each booking, beside its row."""
    bookings = list(of(member).select_related("seminar_date__seminar", "pool").order_by("pk"))
    told: dict[int, dict[str, Any]] = {booking.pk: {"booking": mydata.row(booking)} for booking in bookings}
    for model in HANGING:
        name = model._meta.model_name or ""
        for row in mydata.with_names(model._base_manager.filter(booking__in=bookings).order_by("pk")):
            if isinstance(row, Delivery) and fold_email(row.to) != row.booking.email_folded:
                # To whoever booked it, or handed it over: that address is not theirs.
                continue
            booking_id: int = row.booking_id
            told[booking_id].setdefault(name, []).append(mydata.row(row))
    return [*told.values()]
