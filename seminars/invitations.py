"""A speaker's invitation: a link that needs no account, of which only a hash is kept."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people.models import Member
from people.refusal import Refused
from seminars.models import Billing
from seminars.programme import settle
from ui.secret_links import hashed, new_token

log = logging.getLogger(__name__)


def issue(billing: Billing) -> str:
    """A new token for the invitation; the link before it stops working. The token itself is kept nowhere."""
    if not billing.is_live:
        raise Refused(_("This speaker declined or withdrew. Put them on the session again first."))
    token = new_token()
    billing.token_hash, billing.invited_at = hashed(token), timezone.now()
    billing.save(update_fields=["token_hash", "invited_at"])
    return token


def link(token: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_ADDRESS + reverse("seminars:invitation", args=[token])


def send(billing: Billing, token: str) -> bool:
    """Write to the speaker in both languages. False where there is no address, or the mail server refused."""
    if not billing.speaker.email:
        return False
    parts, subjects = [], []
    for language in ("cy", "en"):
        with translation.override(language):
            subjects.append(_("An invitation to speak"))
            context = {
                "billing": billing,
                "dates": billing.session.seminar.dates.scheduled(),
                "link": link(token, language),
            }
            parts.append(render_to_string("seminars/email/invitation.txt", context).strip())
    try:
        send_mail(" / ".join(subjects), "\n\n* * *\n\n".join(parts) + "\n", None, [billing.speaker.email])
    except OSError:
        # The token and the address stay out of the log; the organiser is told, and has the link to copy.
        log.warning("The invitation of billing %s could not be sent.", billing.pk)
        return False
    return True


def expires_at(billing: Billing) -> datetime | None:
    """When the last date of the seminar ends; None while it has no date."""
    last: datetime | None = billing.session.seminar.dates.aggregate(last=Max("ends_at"))["last"]
    return last


def find(token: str) -> Billing | None:
    """The billing that a link is for, while it is open."""
    billing = (
        Billing.objects.filter(token_hash=hashed(token))
        .exclude(state=Billing.State.WITHDRAWN)
        .select_related("session__seminar__organisation", "speaker__organisation")
        .first()
    )
    if billing is None:
        return None
    last = expires_at(billing)
    return None if last and last < timezone.now() else billing


def accept(billing: Billing) -> None:
    """Say yes. Whoever follows the link read the mail, so an account with that address is theirs."""
    settle(billing, Billing.State.ACCEPTED, timezone.now())
    speaker = billing.speaker
    if speaker.member_id is None and speaker.email:
        member = Member.objects.filter(email__iexact=speaker.email, is_active=True, speaker=None).first()
        if member:
            speaker.member = member
            speaker.save(update_fields=["member"])


def decline(billing: Billing) -> None:
    settle(billing, Billing.State.DECLINED, timezone.now())
