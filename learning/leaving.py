"""What becomes of a member's write-ups when they close their account (people/closing.py)."""

import json

from reversion.models import Version

from learning.models import Author, WriteUp
from people.models import Member

# One column, which pages of both languages show.
NAMELESS = "Cyn-aelod / Former member"


def leave(member: Member, keep_name: bool) -> None:
    """Drafts that nobody else writes go; what was shared stays, under the name or without it, in every revision."""
    alone = WriteUp.objects.filter(created_by=member, state=WriteUp.State.DRAFT, published_at=None)
    others = Author.objects.filter(member__isnull=False).exclude(member=member).values("write_up")
    alone.exclude(pk__in=others).delete()

    for version in Version.objects.get_for_model(Author).filter(
        serialized_data__contains=f'"member": {member.pk}'
    ):
        _forget(version, member, keep_name)
    if not keep_name:
        Author.objects.filter(member=member).update(name=NAMELESS)


def _forget(version: Version, member: Member, keep_name: bool) -> None:
    rows = json.loads(version.serialized_data)
    for row in rows:
        if row["fields"].get("member") == member.pk:
            # A revision that is brought back must not point at a row that is gone.
            row["fields"]["member"] = None
            if not keep_name:
                row["fields"]["name"] = NAMELESS
                version.object_repr = NAMELESS
    version.serialized_data = json.dumps(rows, ensure_ascii=False)
    version.save(update_fields=["serialized_data", "object_repr"])
