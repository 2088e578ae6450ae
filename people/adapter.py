"""allauth, told what the exchange needs: mail in its reader's language, and no user names."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Members have no username: they sign in by e-mail."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the member chose; to whoever has no account, in the language of the page."""
        site = {"SITE_NAME": settings.SITE_NAME, "SITE_ADDRESS": settings.SITE_ADDRESS}
        try:
            with override(_language_of(email) or get_language()):
                super().send_mail(template_prefix, email, {**context, **site})
        except OSError:
            # What was done stays done. The same is said whether or not the address has an account.
            logger.exception("A letter could not be sent: %s", template_prefix)
            if self.request is not None:
                words = _("We could not send the e-mail that belongs to this. Try again in a few minutes.")
                messages.error(self.request, words)


def _language_of(email: str) -> str | None:
    """Not every letter of allauth's knows its member: the address does."""
    row = EmailAddress.objects.filter(email__iexact=email).select_related("user").first()
    return row.user.language if row else None
