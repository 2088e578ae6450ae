"""Changing a write-up: one person at a time, nothing overwritten unseen, every change kept and filed.

`change` first raises the write-up's version, which takes the row's lock on both databases; what follows sees the
newest rows, and so can tell whether the text that somebody began from is still the text that is there.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from learning import revisions
from learning.models import Author, Lesson, WriteUp
from learning.workflow import refile
from people.models import AuditEvent

MOST_LESSONS = 40
MOST_AUTHORS = 20
# Words of the learning addresses, in both languages: a write-up of that name would be hidden behind them.
RESERVED = {
    "write", "review", "feed", "images", "shelf", "new", "preview", "invitation",
    "ysgrifennu", "adolygu", "ffrwd", "delweddau", "silff", "newydd", "rhagolwg", "gwahoddiad",
}  # fmt: skip
_ASIDE = 10_000


class ConflictError(Exception):
    """Somebody else changed the same text since it was opened."""


def digest(content: dict[str, Any]) -> str:
    """A short mark of what a form showed when it was opened."""
    return hashlib.blake2b(
        json.dumps(content, sort_keys=True, default=str).encode(), digest_size=12
    ).hexdigest()


def change(
    write_up: WriteUp,
    by: Any,
    apply: Callable[[WriteUp], None],
    *,
    comment: str = "saved",
    still_as_opened: Callable[[WriteUp], bool] = lambda fresh: True,
) -> WriteUp:
    """Apply a change to the newest rows, in one transaction with its revision and its filing."""
    with transaction.atomic():
        WriteUp.objects.filter(pk=write_up.pk).update(
            version=models.F("version") + 1, updated_at=timezone.now()
        )
        fresh = WriteUp.objects.get(pk=write_up.pk)
        # It may have gone to review while this page was open.
        if not fresh.can_be_edited_by(by):
            raise PermissionDenied
        if not still_as_opened(fresh):
            raise ConflictError
        apply(fresh)
        refile(fresh)
        revisions.record(fresh, by, comment)
    return fresh


def save_only(row: models.Model, names: Sequence[str]) -> None:
    """Save these columns and what is rendered from them; a state that changed meanwhile is not touched."""
    columns = {field.name for field in row._meta.concrete_fields}
    rendered = [f"{name}_html" for name in names if f"{name}_html" in columns]
    row.save(update_fields=[*(name for name in names if name in columns), *rendered])


# -- starting -------------------------------------------------------------------------------------------------------


def start(by: Any, *, titles: Sequence[str], language: str, **fields: Any) -> WriteUp:
    """A draft with a title and its first lessons, all in one language, signed by who starts it."""
    title = fields.pop("title")
    write_up = WriteUp(created_by=by, **{f"title_{language}": title}, **fields)
    with transaction.atomic():
        _save_under_a_free_slug(write_up, title)
        for position, lesson in enumerate(titles, 1):
            Lesson.objects.create(write_up=write_up, position=position, **{f"title_{language}": lesson})
        Author.objects.create(
            write_up=write_up, member=by, name=by.name, role=by.kind, organisation=write_up.organisation
        )
        AuditEvent.record(by, "write-up started", write_up)
        refile(write_up)
        revisions.record(write_up, by)
    return write_up


def _save_under_a_free_slug(write_up: WriteUp, title: str) -> None:
    stem = slugify(title)[:100].strip("-") or f"write-up-{write_up.uuid.hex[:8]}"
    taken = set(WriteUp.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    names = [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))]
    write_up.slug = next(name for name in names if name not in taken)
    try:
        with transaction.atomic():
            write_up.save()
    except IntegrityError:
        # Two of the same title at the same moment.
        write_up.slug = f"{stem}-{write_up.uuid.hex[:8]}"
        write_up.save()


# -- lessons ----------------------------------------------------------------------------------------------------------


def make_room(write_up: WriteUp) -> None:
    """Move every lesson's number out of the way, because a number is held once at any moment."""
    write_up.lessons.filter(position__lt=_ASIDE).update(position=models.F("position") + _ASIDE)


def number(write_up: WriteUp, order: Sequence[int]) -> None:
    """Number the lessons 1 to n in this order; those that it does not name follow in the order they had."""
    there = list(write_up.lessons.order_by("position").values_list("pk", flat=True))
    wanted = [pk for pk in dict.fromkeys(order) if pk in there]
    wanted += [pk for pk in there if pk not in wanted]
    make_room(write_up)
    for position, pk in enumerate(wanted, 1):
        write_up.lessons.filter(pk=pk).update(position=position)


def add_lesson(write_up: WriteUp, by: Any, lesson: Lesson, save_rest: Callable[[], None]) -> WriteUp:
    def apply(fresh: WriteUp) -> None:
        lesson.write_up = fresh
        lesson.position = (fresh.lessons.aggregate(last=models.Max("position"))["last"] or 0) + 1
        lesson.save()
        save_rest()

    return change(write_up, by, apply)


def remove_lesson(write_up: WriteUp, by: Any, pk: int) -> WriteUp:
    def apply(fresh: WriteUp) -> None:
        fresh.lessons.filter(pk=pk).delete()
        number(fresh, [])

    return change(write_up, by, apply)


def order_lessons(write_up: WriteUp, by: Any, order: Sequence[int]) -> WriteUp:
    return change(write_up, by, lambda fresh: number(fresh, order))


# -- authors ----------------------------------------------------------------------------------------------------------


def add_author(write_up: WriteUp, by: Any, author: Author) -> WriteUp:
    def apply(fresh: WriteUp) -> None:
        author.write_up = fresh
        author.position = (fresh.authors.aggregate(last=models.Max("position"))["last"] or 0) + 1
        author.save()

    return change(write_up, by, apply)


def order_authors(write_up: WriteUp, by: Any, order: Sequence[int]) -> WriteUp:
    def apply(fresh: WriteUp) -> None:
        there = [author.pk for author in fresh.authors.all()]
        wanted = [pk for pk in dict.fromkeys(order) if pk in there]
        for position, pk in enumerate([*wanted, *(pk for pk in there if pk not in wanted)]):
            fresh.authors.filter(pk=pk).update(position=position)

    return change(write_up, by, apply)


def remove_author(write_up: WriteUp, by: Any, pk: int) -> WriteUp:
    return change(write_up, by, lambda fresh: (fresh.authors.filter(pk=pk).delete(), None)[1])


def moved(order: Sequence[int], pk: int, step: int) -> list[int]:
    """The order after one item went up (-1) or down (+1)."""
    result = list(order)
    if pk not in result:
        return result
    here = result.index(pk)
    there = min(max(here + step, 0), len(result) - 1)
    result.insert(there, result.pop(here))
    return result
