"""Tags as people type them: separated by commas, found by the beginning of a word, merged by staff."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from people.models import AuditEvent
from themes.models import Follow, Tag, Tagged
from ui.folding import fold

MOST = 12  # tags on one thing
LONGEST = 60  # letters of one tag


def parse_tags(text: str) -> list[str]:
    """The tags of a text separated by commas or lines, in order, each once whatever its case and accents."""
    tags: dict[str, str] = {}
    for part in text.replace("\n", ",").replace(";", ",").split(","):
        name = " ".join(part.split()).lstrip("#")
        if name:
            tags.setdefault(fold(name), name)
    return list(tags.values())


def known(names: list[str]) -> list[Tag]:
    """Tags for names as typed: those that exist under any spelling, and new ones for the rest."""
    found = {tag.key: tag for tag in Tag.objects.filter(key__in=[fold(name) for name in names])}
    for name in names:
        if fold(name) not in found:
            tag = Tag(name=name)
            tag.slug = ""
            tag.save()
            found[tag.key] = tag
    return [found[fold(name)] for name in names]


def suggestions(typed: str, most: int = 10) -> list[Tag]:
    """Tags with a word that begins as typed, the ones that begin so themselves first."""
    key = fold(typed)
    if not key:
        return []
    begins = list(Tag.objects.filter(key__startswith=key).order_by("key")[:most])
    within = Tag.objects.filter(key__contains=f" {key}").exclude(pk__in=[tag.pk for tag in begins])
    return [*begins, *within.order_by("key")[: most - len(begins)]]


def merge(tag: Tag, into: Tag, by: Any) -> list[tuple[int, int]]:
    """Move everything from `tag` to `into` and take `tag` away.

    Returns the (content type id, object id) of what was moved, so that whoever files such things can file them anew.
    """
    if tag.pk == into.pk:
        raise ValueError("A tag cannot be merged into itself.")
    with transaction.atomic():
        moved = list(Tagged.objects.filter(tag=tag).values_list("content_type_id", "object_id"))
        have = set(Tagged.objects.filter(tag=into).values_list("content_type_id", "object_id"))
        for content_type, object_id in moved:
            if (content_type, object_id) not in have:
                Tagged.objects.create(content_type_id=content_type, object_id=object_id, tag=into)
        AuditEvent.record(by, "merged tag", into, merged=tag.name, moved=len(moved))
        _move_follows(tag, into)
        tag.delete()
    return moved


def _move_follows(tag: Tag, into: Tag) -> None:
    kind = ContentType.objects.get_for_model(Tag)
    already = Follow.objects.filter(content_type=kind, object_id=into.pk).values("member")
    old = Follow.objects.filter(content_type=kind, object_id=tag.pk)
    old.exclude(member__in=already).update(object_id=into.pk)
    Follow.objects.filter(content_type=kind, object_id=tag.pk).delete()
