"""Adding co-authors: a colleague at once, anybody else by a letter to an exact address.

Nothing here says whether an address has an account: an invitation is made, sent and listed the same in both cases.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from learning import editing, letters
from learning.models import Author, CoauthorInvitation, WriteUp
from learning.workflow import refile
from people.models import AuditEvent, Member, Organisation

MOST_OPEN = 10


def author_for(member: Member, role: str = "") -> Author:
    organisation = Organisation.objects.filter(
        memberships__member=member, memberships__confirmed_at__isnull=False
    ).first()
    return Author(member=member, name=member.name, role=role or member.kind, organisation=organisation)


def add(write_up: WriteUp, by: Any, member: Member) -> None:
    editing.add_author(write_up, by, author_for(member))
    transaction.on_commit(lambda: letters.tell_one("coauthor", write_up, by, member))


def invite(write_up: WriteUp, by: Any, email: str, role: str, language: str) -> bool:
    """Whether a letter goes out; the number of open invitations is limited, and an address is written to once."""
    if not write_up.can_be_edited_by(by):
        raise PermissionDenied
    if write_up.coauthor_invitations.filter(email=email).exists():
        return True
    if write_up.coauthor_invitations.count() >= MOST_OPEN:
        return False
    try:
        with transaction.atomic():
            made = CoauthorInvitation.objects.create(write_up=write_up, email=email, role=role, invited_by=by)
    except IntegrityError:
        return True
    AuditEvent.record(by, "co-author invited", write_up)
    transaction.on_commit(lambda: letters.invite(made, language))
    return True


def accept(invitation: CoauthorInvitation, member: Any) -> WriteUp:
    """The member signs, whatever state the write-up is in by now; twice does nothing more."""
    write_up = invitation.write_up
    with transaction.atomic():
        WriteUp.objects.select_for_update().filter(pk=write_up.pk).first()
        if not write_up.authors.filter(member=member).exists():
            author = author_for(member, invitation.role)
            author.write_up = write_up
            author.position = write_up.authors.count()
            author.save()
            AuditEvent.record(member, "co-author accepted", write_up)
        invitation.delete()
        refile(write_up)
    return write_up
