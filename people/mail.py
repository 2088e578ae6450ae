"""The exchange's own letters about organisations; those about accounts are allauth's, in templates/account/email/."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from people.models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """In both languages: whoever is invited may have no account that says which one they read."""
    addresses = {}
    for language in ("cy", "en"):
        with override(language):
            addresses[language] = settings.SITE_ADDRESS + reverse("people:invitation", args=[token])
    context = {"invitation": invitation, "organisation": invitation.organisation, "addresses": addresses}
    subject = render_to_string("people/email/invitation_subject.txt", context)
    text = render_to_string("people/email/invitation_message.txt", context)
    EmailMessage(" ".join(subject.split()), text, to=[invitation.email]).send()
