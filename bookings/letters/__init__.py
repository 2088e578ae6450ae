"""What letters say. A letter is written when it leaves, from what is true then; nothing where it is no longer needed."""

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import timezone, translation

from bookings import outbox
from bookings.feedback import CAME, OPEN_FOR
from bookings.letters.mail import mail_of, page_of
from bookings.letters.needed import is_needed
from bookings.letters.texts import words_for
from bookings.letters.values import Values
from bookings.models import Booking, Delivery
from bookings.models.booking import LINK_LASTS
from ui.folding import fold_email

__all__ = ["compose", "is_needed", "link_again"]


def compose(delivery: Delivery) -> EmailMultiAlternatives | None:
    """The letter in the delegate's language; nothing where it is no longer needed."""
    if not is_needed(delivery):
        return None
    with translation.override(delivery.language):
        return mail_of(page_of(words_for(delivery), Values(delivery)), delivery)


def link_again(email: str) -> int:
    """Send the links of all live bookings of an address to it; returns how many. At most one an hour for each.

    Where the link that manages a booking has ended, and feedback is still taken, the letter of thanks goes again.
    """
    now = timezone.now()
    folded = fold_email(email)
    if not folded:
        return 0
    # Those who were booked by a colleague, and gave no address of their own, are the colleague's.
    theirs = Q(email_folded=folded) | Q(email="", booked_by_email__iexact=email.strip())
    found = Booking.objects.live().filter(theirs, anonymised_at=None)
    open_ones = found.filter(seminar_date__ends_at__gt=now - LINK_LASTS)
    over = found.filter(
        seminar_date__ends_at__lte=now - LINK_LASTS, seminar_date__ends_at__gt=now - OPEN_FOR, state__in=CAME
    )
    once = f"link {now:%Y-%m-%d %H}"
    return len(
        outbox.write(Delivery.Kind.LINK, open_ones, once=once)
        + outbox.write(Delivery.Kind.THANKS, over, once=once)
    )
