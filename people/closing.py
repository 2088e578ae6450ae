"""Closing an account. What the member published stays; whether their name stays with it is for them to say.

The member's row goes, and with it addresses, keys, memberships, follows and kept lessons. Rows that outlive it lose the
link to the member by themselves. Where they hold the name as well, their app registers a function in AppConfig.ready:

    closing.on_closing(lambda member, keep_name: ...)
"""

from collections.abc import Callable

from django.db import transaction

from people.models import AuditEvent, Member

Hook = Callable[[Member, bool], None]
_hooks: list[Hook] = []


def on_closing(function: Hook) -> None:
    """`function(member, keep_name)` runs in the same transaction, before the member's row goes."""
    if function not in _hooks:
        _hooks.append(function)


@transaction.atomic
def close_account(member: Member, *, keep_name: bool) -> None:
    for function in _hooks:
        function(member, keep_name)
    for membership in member.memberships.select_related("organisation"):
        AuditEvent.record(None, "membership-closed", membership.organisation, role=membership.role)
    AuditEvent.record(None, "account-closed", Member(pk=member.pk, name=f"#{member.pk}"), kept_name=keep_name)
    # By its own SQL: the log of who did what is otherwise never changed, and keeps the name that it noted.
    member.delete()
