"""Whether a letter is still needed when it leaves: what it would tell may have changed since it was written."""

import re

from django.utils import timezone

from bookings.letters.unsubscribing import has_unsubscribed
from bookings.letters.values import review_of
from bookings.models import Booking, Delivery
from bookings.models.booking import LINK_LASTS
from ui.folding import fold_email

State = Booking.State
Kind = Delivery.Kind

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT.*")
COMING = (State.CONFIRMED, State.ATTENDED)
# The states of the booking in which each of these tells the truth.
TRUE_OF = {
    Kind.CONFIRMATION: COMING,
    Kind.REQUESTED: (State.REQUESTED,),
    Kind.QUEUED: (State.WAITING,),
    Kind.OFFER: (State.OFFERED,),
    Kind.OFFER_EXPIRING: (State.OFFERED,),
    Kind.LAPSED: (State.LAPSED,),
    Kind.DECLINED: (State.DECLINED,),
    Kind.CHANGE: (State.REQUESTED, State.WAITING, State.OFFERED, State.CONFIRMED),
    Kind.CANCELLATION: (State.CANCELLED, State.DECLINED, State.LEFT),
    Kind.DATE_CANCELLED: (State.REQUESTED, State.WAITING, State.OFFERED, State.CONFIRMED),
    Kind.REMINDER: (State.CONFIRMED,),
    Kind.JOINING: COMING,
    Kind.THANKS: COMING,
    Kind.LINK: Booking.LIVE,
}
# They speak of a date that is to be held.
OF_A_DATE_TO_COME = {
    Kind.CONFIRMATION, Kind.REQUESTED, Kind.QUEUED, Kind.OFFER, Kind.OFFER_EXPIRING, Kind.LAPSED, Kind.CHANGE,
    Kind.REMINDER, Kind.JOINING,
}  # fmt: skip


def is_needed(delivery: Delivery) -> bool:
    booking, kind = delivery.booking, Kind(delivery.kind)
    if booking.anonymised_at:
        return False
    if kind == Kind.HANDED_OVER:
        return True
    # It was handed over, or the address was put right: whoever has the old one must not read of it any more.
    if fold_email(delivery.to) != fold_email(booking.address):
        return False
    if kind in TRUE_OF and booking.state not in TRUE_OF[kind]:
        return False
    if kind in OF_A_DATE_TO_COME and not _is_to_come(delivery):
        return False
    return _MORE[kind](delivery) if kind in _MORE else True


def _is_to_come(delivery: Delivery) -> bool:
    date, now = delivery.booking.seminar_date, timezone.now()
    # A reminder is of no use once it has begun.
    last = date.starts_at if delivery.kind == Kind.REMINDER else date.ends_at
    return not date.is_cancelled and last > now


def _has_time_left(delivery: Delivery) -> bool:
    until = delivery.booking.offer_expires_at
    return until is not None and until > timezone.now()


def _is_of_this_time(delivery: Delivery) -> bool:
    """A date that was moved gets its reminders again, at the new times: `once` ends with the start that they were for."""
    stamp = (delivery.once or "").rpartition(" ")[2]
    return (
        not _STAMP.fullmatch(stamp) or stamp == f"{delivery.booking.seminar_date.starts_at:%Y-%m-%dT%H:%M%z}"
    )


def _is_cancelled(delivery: Delivery) -> bool:
    return delivery.booking.seminar_date.is_cancelled


def _link_opens(delivery: Delivery) -> bool:
    return delivery.booking.seminar_date.ends_at + LINK_LASTS > timezone.now()


def _is_unanswered(delivery: Delivery) -> bool:
    review = review_of(delivery)
    return review is not None and review.answered_at is None


def _is_for_them(delivery: Delivery) -> bool:
    """Of the selection still, and not unsubscribed since."""
    message, booking = delivery.message, delivery.booking
    if message is None:
        return False
    if not booking.is_live and booking.state not in message.audience.get("states", []):
        return False
    if message.is_about_the_booking:
        return True
    return not has_unsubscribed(delivery.to, booking.seminar_date.seminar.organisation_id)


_MORE = {
    Kind.OFFER: _has_time_left,
    Kind.OFFER_EXPIRING: _has_time_left,
    Kind.DATE_CANCELLED: _is_cancelled,
    Kind.REMINDER: _is_of_this_time,
    Kind.JOINING: _is_of_this_time,
    Kind.LINK: _link_opens,
    Kind.FOLLOW_UP: _is_unanswered,
    Kind.MESSAGE: _is_for_them,
}
