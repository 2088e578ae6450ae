"""Earlier forms of a write-up: keeping them, reading what changed, bringing one back.

A revision holds the write-up with its lessons, authors and tags (django-reversion). Autosaves of one person within
ten minutes become one revision, so that the list reads as a list of what people did.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import reversion
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision, Version

from learning.models import Author, Lesson, WriteUp
from people.models import Member, Organisation
from themes.models import Tag, Theme

TOGETHER = timedelta(minutes=10)
TEXTS = ("title", "summary", "body", "what_worked", "what_did_not", "challenge")
PLAIN = ("kind", "organisation_id", "licence", "original_name", "original_url", "original_published_at")
LESSON_TEXTS = ("title", "body")
COMMENTS = {
    "saved": _("Saved"),
    "autosaved": _("Saved while writing"),
    "submitted": _("Submitted for review"),
    "published": _("Published"),
    "restored": _("An earlier revision brought back"),
}
MILESTONES = ("submitted", "published")


def register() -> None:
    fields = [f"{name}_{language}" for name in TEXTS for language in ("en", "cy")]
    reversion.register(
        WriteUp,
        fields=[*fields, *(name.removesuffix("_id") for name in PLAIN), "partners", "seminars", "themes"],
        follow=("lessons", "authors", "tags"),
    )
    lesson_fields = [f"{name}_{language}" for name in LESSON_TEXTS for language in ("en", "cy")]
    reversion.register(Lesson, fields=["write_up", "position", *lesson_fields, "themes"])
    reversion.register(Author, exclude=())
    reversion.register(Tag, fields=["name"])


def record(write_up: WriteUp, by: Any, comment: str = "saved") -> Revision:
    """Keep the write-up as its rows are now; inside a transaction. `by` is None for the exchange itself."""
    fresh = WriteUp.objects.get(pk=write_up.pk)
    began = timezone.now()
    last = of(fresh).first()
    if last and last.user_id == getattr(by, "pk", None) and what(last) == "autosaved":
        # What is saved on purpose, or again while writing, stands for the autosaves that led to it.
        started = timezone.datetime.fromisoformat(json.loads(last.comment)["began"])  # type: ignore[attr-defined]
        if timezone.now() - started < TOGETHER and comment in {"saved", "autosaved"}:
            began = started
            last.delete()
    with reversion.create_revision(manage_manually=True):
        reversion.set_comment(json.dumps({"what": comment, "began": began.isoformat()}))
        if by is not None:
            reversion.set_user(by)
        reversion.add_to_revision(fresh)
    return of(fresh)[0]


def of(write_up: WriteUp) -> Any:
    """Revisions of a write-up, newest first."""
    versions = Version.objects.get_for_object(write_up).values("revision")
    return Revision.objects.filter(pk__in=versions).select_related("user").order_by("-pk")


def what(revision: Revision) -> str:
    """The key of COMMENTS that says how a revision came about."""
    try:
        return str(json.loads(revision.comment)["what"])
    except (ValueError, KeyError, TypeError):
        return "saved"


def said(revision: Revision) -> Any:
    return COMMENTS.get(what(revision), COMMENTS["saved"])


def last_milestone(write_up: WriteUp) -> Revision | None:
    """The form that was last handed in or published, before the newest: what a reviewer compares with."""
    found = [revision for revision in of(write_up)[1:200] if what(revision) in MILESTONES]
    return found[0] if found else None


@dataclass
class Snapshot:
    """The content of a write-up at one time, free of the database: what is compared and what is restored."""

    fields: dict[str, Any] = field(default_factory=dict)
    partners: list[int] = field(default_factory=list)
    seminars: list[int] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    lessons: list[dict[str, Any]] = field(default_factory=list)
    authors: list[dict[str, Any]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def snapshot(revision: Revision) -> Snapshot:
    taken = Snapshot()
    for version in revision.version_set.select_related("content_type"):
        row = version.field_dict
        if version._model is WriteUp:
            for name in ("partners", "seminars", "themes"):
                setattr(taken, name, [int(pk) for pk in row.pop(name, [])])
            taken.fields = row
        elif version._model is Lesson:
            row.pop("write_up_id", None)
            taken.lessons.append({"pk": int(version.object_id), **row})
        elif version._model is Author:
            row.pop("write_up_id", None)
            row.pop("id", None)
            taken.authors.append({"pk": int(version.object_id), **row})
        elif version._model is Tag:
            taken.tags.append(row["name"])
    taken.lessons.sort(key=lambda lesson: lesson["position"])
    taken.authors.sort(key=lambda author: (author["position"], author["pk"]))
    taken.tags.sort()
    return taken


def now(write_up: WriteUp) -> Snapshot:
    """The content as it is, in the same form."""
    names = [f"{name}_{language}" for name in TEXTS for language in ("en", "cy")]
    lesson_names = [f"{name}_{language}" for name in LESSON_TEXTS for language in ("en", "cy")]
    return Snapshot(
        fields={name: getattr(write_up, name) for name in (*names, *PLAIN)},
        partners=[row.pk for row in write_up.partners.all()],
        seminars=[row.pk for row in write_up.seminars.all()],
        themes=[row.pk for row in write_up.themes.all()],
        lessons=[
            {
                "pk": lesson.pk,
                "position": lesson.position,
                **{name: getattr(lesson, name) for name in lesson_names},
                "themes": [theme.pk for theme in lesson.themes.all()],
            }
            for lesson in write_up.lessons.prefetch_related("themes")
        ],
        authors=[
            {
                "pk": author.pk,
                "member_id": author.member_id,
                "name": author.name,
                "role": author.role,
                "organisation_id": author.organisation_id,
                "organisation_name": author.organisation_name,
                "position": author.position,
            }
            for author in write_up.authors.all()
        ],
        tags=sorted(write_up.tags.names()),
    )


def restore(write_up: WriteUp, revision: Revision, by: Any) -> None:
    """Bring the content of an earlier revision back, as a new one; the state stays what it is."""
    from learning import editing  # which records revisions, and so stands beside this module

    old = snapshot(revision)

    def bring_back(fresh: WriteUp) -> None:
        fields = dict(old.fields)
        # Who looks after it decides who may do what, and is no part of the text.
        fields.pop("organisation_id", None)
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.save()
        fresh.partners.set(Organisation.objects.filter(pk__in=old.partners))
        fresh.seminars.set(fresh.seminars.model.objects.filter(pk__in=old.seminars))
        fresh.themes.set(Theme.objects.filter(pk__in=old.themes))
        fresh.tags.set(Tag.named(old.tags))
        _restore_lessons(fresh, old)
        _restore_authors(fresh, old)

    editing.change(write_up, by, bring_back, comment="restored")


def _restore_lessons(write_up: WriteUp, old: Snapshot) -> None:
    from learning import editing

    kept = {lesson["pk"] for lesson in old.lessons}
    write_up.lessons.exclude(pk__in=kept).delete()
    editing.make_room(write_up)
    mine = {lesson.pk: lesson for lesson in write_up.lessons.all()}
    for position, row in enumerate(old.lessons, 1):
        # Under its old number where that is free, so that later comparisons still know it as the same lesson.
        lesson = mine.get(row["pk"]) or Lesson(pk=row["pk"], write_up=write_up)
        for name in LESSON_TEXTS:
            for language in ("en", "cy"):
                setattr(lesson, f"{name}_{language}", row[f"{name}_{language}"])
        lesson.position = position
        lesson.save()
        lesson.themes.set(Theme.objects.filter(pk__in=row.get("themes", [])))


def _restore_authors(write_up: WriteUp, old: Snapshot) -> None:
    write_up.authors.all().delete()
    for row in old.authors:
        fields = {name: value for name, value in row.items() if name != "pk"}
        if not Member.objects.filter(pk=fields["member_id"]).exists():
            fields["member_id"] = None
        if not Organisation.objects.filter(pk=fields["organisation_id"]).exists():
            fields["organisation_id"] = None
        Author.objects.create(write_up=write_up, **fields)
