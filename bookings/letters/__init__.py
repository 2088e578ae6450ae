"""What letters say. A letter is written when it leaves, from what is true then."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.models import Delivery
from ui import dates

Kind = Delivery.Kind
# Letters that help somebody to come: of no use to who does not, or once the date is on.
BEFORE_THE_DAY = (Kind.REMINDER, Kind.JOINING)


def compose(delivery: Delivery) -> EmailMultiAlternatives | None:
    """The letter in the delegate's language; nothing where it is no longer needed."""
    if not is_needed(delivery):
        return None
    date = delivery.booking.seminar_date
    with translation.override(delivery.language):
        when = f"{dates.weekday(date.local_start)}, {dates.clock(date.local_start)}"
        lines = [delivery.booking.name, "", date.seminar.tr("title"), when, "", _manage(delivery)]
        subject = f"{delivery.get_kind_display()}: {date.seminar.tr('title')}"
        return EmailMultiAlternatives(subject, "\n".join(map(str, lines)), to=[delivery.to])


def is_needed(delivery: Delivery) -> bool:
    booking, kind = delivery.booking, delivery.kind
    if booking.anonymised_at:
        return False
    if kind in BEFORE_THE_DAY:
        return booking.is_confirmed and not booking.seminar_date.is_cancelled
    if kind in (Kind.OFFER, Kind.OFFER_EXPIRING):
        return booking.state == booking.State.OFFERED
    return True


def _manage(delivery: Delivery) -> str:
    try:
        address = reverse("bookings:manage", args=[delivery.booking.token])
    except NoReverseMatch:
        return ""
    return _("Your booking:") + f" {settings.SITE_ADDRESS}{address}"
