"""Everything that the exchange keeps about a member, for them to take away.

Rows that point at the member are gathered by themselves, whichever app they are of. An app whose rows need more than
that (the text of what the member wrote with others, say) registers a function in its AppConfig.ready:

    mydata.register("write-ups", lambda member: [...])
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models.fields.related import ForeignObjectRel
from django.utils import timezone

from people.models import AuditEvent, Invitation, Member

Exporter = Callable[[Member], Any]
_exporters: dict[str, Exporter] = {}
# What would open the account to whoever finds the file, or tells of others.
SECRET = {
    "password", "token_hash", "later_hash", "nonce", "steward_nonce", "key", "data", "session_key", "folded",
    "booked_by_name", "booked_by_email",
}  # fmt: skip


def register(name: str, function: Exporter) -> None:
    """`function(member)` gives what JSON can hold: it stands under `name`."""
    _exporters[name] = function


def everything_about(member: Member) -> dict[str, Any]:
    own: dict[str, Any] = {
        "exported_at": timezone.now(),
        "account": row(member),
        "rows": {label: rows for label, rows in _pointing_rows(member) if rows},
        "invitations": [row(one) for one in Invitation.objects.filter(email__in=_addresses(member))],
        "done_to_my_memberships": [
            row(event)
            for event in AuditEvent.objects.filter(
                object_type="people.membership",
                object_id__in=[str(pk) for pk in member.memberships.values_list("pk", flat=True)],
            )
        ],
    }
    return own | {name: function(member) for name, function in sorted(_exporters.items())}


def with_names(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """With what the rows point at, and no further: a join of all that lies behind took PostgreSQL minutes to run."""
    return rows.select_related(
        *[field.name for field in rows.model._meta.concrete_fields if field.is_relation]
    )


def row(obj: models.Model) -> dict[str, Any]:
    """The columns of a row by name, without secrets; of what it points at, the number and the name."""
    found: dict[str, Any] = {}
    for field in obj._meta.concrete_fields:
        if field.name in SECRET:
            continue
        value = getattr(obj, field.attname)
        if field.is_relation and value is not None and not isinstance(getattr(obj, field.name), Member):
            found[field.name] = {"id": value, "name": str(getattr(obj, field.name))}
        else:
            found[field.name] = str(value) if isinstance(field, models.FileField) else value
    return found


def _pointing_rows(member: Member) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """By model and the field that points at the member: "learning.writeup.created_by"."""
    for relation in Member._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many and not _is_through(relation):
            model, name = relation.related_model, relation.field.name
            rows = with_names(model._base_manager.filter(**{name: member}).order_by("pk"))
            yield f"{model._meta.label_lower}.{name}", [row(one) for one in rows]


def _is_through(relation: ForeignObjectRel) -> bool:
    return bool(relation.related_model._meta.auto_created)


def _addresses(member: Member) -> list[str]:
    return [member.email.lower(), *member.confirmed_emails()]
