"""E-mail about a write-up, to each in their own language, as plain text.

A letter that cannot be sent is logged, and stops nothing: the pages say the same.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learning.models import CoauthorInvitation, WriteUp
from people.models import Member, Membership
from people.models.membership import Role

logger = logging.getLogger(__name__)


def tell(what: str, write_up: WriteUp, by: Any) -> None:
    """Tell those whom it concerns, except who did it."""
    people: Iterable[Member] = editors_of(write_up) if what == "submitted" else write_up.writers
    for member in people:
        if member.is_active and member != by:
            tell_one(what, write_up, by, member)


def tell_one(what: str, write_up: WriteUp, by: Any, member: Member) -> None:
    with translation.override(member.language):
        _send(member.email, _subject(what, write_up), what, write_up=write_up, member=member, by=by)


def editors_of(write_up: WriteUp) -> list[Member]:
    held = Membership.objects.confirmed().filter(
        organisation=write_up.organisation_id, role__in=[Role.EDITOR, Role.ORGANISER]
    )
    return [membership.member for membership in held.select_related("member")]


def invite(invitation: CoauthorInvitation, language: str) -> None:
    """The same letter whether or not the address belongs to an account."""
    with translation.override(language):
        _send(
            invitation.email,
            _("Sign “%(title)s” with us?") % {"title": invitation.write_up.tr("title")},
            "invitation",
            write_up=invitation.write_up,
            by=invitation.invited_by,
            address=_address("learning:write-invitation", invitation.token),
        )


def _subject(what: str, write_up: WriteUp) -> str:
    words = {
        "submitted": _("To review: %(title)s"),
        "changes": _("Changes asked for: %(title)s"),
        "published": _("Published: %(title)s"),
        "withdrawn": _("Withdrawn: %(title)s"),
        "still running": _("Is this still running? %(title)s"),
        "coauthor": _("You are now an author of: %(title)s"),
    }[what]
    # A title may hold a line break, which no subject may.
    return " ".join((words % {"title": write_up.tr("title")}).split())


def _address(name: str, *args: Any) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=args)}"


def _send(to: str, subject: str, what: str, **context: Any) -> None:
    write_up = context["write_up"]
    context["reason"] = write_up.tr("withdrawn_reason")
    context.setdefault("address", _address(*_page(what, write_up)))
    text = render_to_string(f"learning/letters/{what.replace(' ', '_')}.txt", context)
    try:
        send_mail(subject, text.strip() + "\n", None, [to])
    except OSError:
        logger.exception("A letter about write-up %s could not be sent", write_up.pk)


def _page(what: str, write_up: WriteUp) -> tuple[str, str]:
    if what == "submitted":
        return "learning:review-write-up", write_up.slug
    if what in {"published", "withdrawn"}:
        return "learning:write-up", write_up.slug
    return "learning:write-overview", write_up.slug
