"""What letters say. A letter is written when it leaves, from what is true then; nothing where it is no longer needed."""

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import timezone, translation

from bookings import outbox
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
    """Send the links of all live bookings of an address to it; returns how many. At most one an hour for each."""
    now = timezone.now()
    folded = fold_email(email)
    if not folded:
        return 0
    # Those who were booked by a colleague, and gave no address of their own, are the colleague's.
    theirs = Q(email_folded=folded) | Q(email="", booked_by_email__iexact=email.strip())
    found = Booking.objects.live().filter(
        theirs, anonymised_at=None, seminar_date__ends_at__gt=now - LINK_LASTS
    )
    return len(outbox.write(Delivery.Kind.LINK, found, once=f"link {now:%Y-%m-%d %H}"))
