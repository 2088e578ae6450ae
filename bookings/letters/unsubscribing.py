"""Unsubscribing from an organisation's messages that are not about a booking itself.

The link holds the address and the organisation, signed, and works as long as the site's key does: also for a message
that is years old and a booking that is long forgotten.
"""

from typing import Any, NamedTuple

from django.core import signing
from django.core.mail import EmailMultiAlternatives

from bookings.letters.values import link
from bookings.models import Delivery, Unsubscription
from people.models import Organisation
from ui.folding import fold_email

SALT = "bookings.unsubscribe"


class Subscriber(NamedTuple):
    folded: str
    organisation: Organisation

    @property
    def is_subscribed(self) -> bool:
        return not has_unsubscribed(self.folded, self.organisation.pk)

    def unsubscribe(self) -> None:
        Unsubscription.objects.get_or_create(
            address_hash=Unsubscription.hashed(self.folded), organisation=self.organisation
        )

    def subscribe_again(self) -> None:
        hashed = Unsubscription.hashed(self.folded)
        Unsubscription.objects.filter(address_hash=hashed, organisation=self.organisation).delete()


def token_for(address: str, organisation_id: int) -> str:
    return signing.dumps([fold_email(address), organisation_id], salt=SALT, compress=True)


def subscriber(token: str) -> Subscriber | None:
    try:
        folded, organisation_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    return Subscriber(folded, organisation) if organisation else None


def has_unsubscribed(address: str, organisation_id: Any) -> bool:
    hashed = Unsubscription.hashed(address)
    return Unsubscription.objects.filter(address_hash=hashed, organisation=organisation_id).exists()


def address_of(delivery: Delivery) -> str:
    """Where this letter can be unsubscribed from; nothing for letters that are about a booking."""
    if delivery.message is None or delivery.message.is_about_the_booking:
        return ""
    organisation = delivery.booking.seminar_date.seminar.organisation_id
    return link("unsubscribe", token_for(delivery.to, organisation))


def offer(letter: EmailMultiAlternatives, address: str) -> None:
    """For the button of mail programs (RFC 2369, and RFC 8058 for its one click)."""
    letter.extra_headers["List-Unsubscribe"] = f"<{address}>"
    letter.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
