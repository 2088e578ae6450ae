"""The exchange's own letters about organisations; those about accounts are allauth's, in templates/account/email/."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from people.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str) -> bool:
    """In both languages: whoever is invited may have no account that says which one they read.

    False where the mail server refused: the invitation stands, and whoever invited is told.
    """
    addresses = {}
    for language in ("cy", "en"):
        with override(language):
            addresses[language] = settings.SITE_ADDRESS + reverse("people:invitation", args=[token])
    context = {"invitation": invitation, "organisation": invitation.organisation, "addresses": addresses}
    subject = render_to_string("people/email/invitation_subject.txt", context)
    text = render_to_string("people/email/invitation_message.txt", context)
    try:
        EmailMessage(" ".join(subject.split()), text, to=[invitation.email]).send()
    except OSError:
        logger.exception("Invitation %s could not be sent", invitation.pk)
        return False
    return True
