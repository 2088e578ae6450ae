"""What changed between two forms of a write-up, word by word, as safe HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from learning.models import Author, WriteUp
from learning.revisions import LESSON_TEXTS, PLAIN, TEXTS, Snapshot
from people.models import Organisation
from seminars.models import Seminar
from themes.models import Theme

WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Above this many pairs of words the comparison is by line: its cost grows with the square.
MOST_PAIRS = 2_000_000


@dataclass(frozen=True)
class Change:
    label: str
    lang: str
    html: SafeString


def changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """The fields that differ, in the order of the pages."""
    before, after = dict(_texts(old)), dict(_texts(new))
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key, ""), after.get(key, "")
        if _lines(was) != _lines(now):
            found.append(
                Change(_label(key, old, new), key[-1] if key[-1] in {"en", "cy"} else "", compared(was, now))
            )
    return found


def compared(was: str, now: str) -> SafeString:
    """Both texts in one, with `<ins>` and `<del>`; everything else is escaped."""
    before, after = WORD.findall(_lines(was)), WORD.findall(_lines(now))
    if len(before) * len(after) > MOST_PAIRS:
        before, after = _lines(was).splitlines(keepends=True), _lines(now).splitlines(keepends=True)
    parts: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if tag == "equal":
            parts.append(come)
            continue
        parts += [f"<del>{gone}</del>"] * bool(gone) + [f"<ins>{come}</ins>"] * bool(come)
    # Each piece was escaped above.
    return mark_safe("".join(parts).replace("\n", "<br>"))  # nosec B308 B703


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()).strip()


Key = tuple[Any, ...]


def _texts(snapshot: Snapshot) -> Iterator[tuple[Key, str]]:
    for name in TEXTS:
        for language in ("en", "cy"):
            yield (name, language), str(snapshot.fields.get(f"{name}_{language}") or "")
    for lesson in snapshot.lessons:
        for name in LESSON_TEXTS:
            for language in ("en", "cy"):
                yield ("lesson", lesson["pk"], name, language), lesson[f"{name}_{language}"] or ""
        yield ("lesson", lesson["pk"], "themes"), _names(Theme, lesson.get("themes", []))
    yield ("order",), "\n".join(str(_title(lesson)) for lesson in snapshot.lessons)
    roles = dict(Author.Role.choices)
    yield ("authors",), "\n".join(f"{a['name']}, {roles.get(a['role'], a['role'])}" for a in snapshot.authors)
    yield ("themes",), _names(Theme, snapshot.themes)
    yield ("tags",), ", ".join(snapshot.tags)
    yield ("partners",), _names(Organisation, snapshot.partners)
    yield ("seminars",), _names(Seminar, snapshot.seminars)
    kinds, licences = dict(WriteUp.Kind.choices), dict(WriteUp.Licence.choices)
    for name in PLAIN:
        value = snapshot.fields.get(name)
        if name == "organisation_id":
            yield (name,), _names(Organisation, [value] if value else [])
        else:
            words: dict[Any, Any] = {"kind": kinds, "licence": licences}.get(name, {})
            yield (name,), str(words.get(value, value or ""))


def _names(model: Any, pks: list[int]) -> str:
    return ", ".join(str(row) for row in model.objects.filter(pk__in=pks)) if pks else ""


def _title(lesson: dict[str, Any]) -> str:
    return lesson["title_en"] or lesson["title_cy"]


def _label(key: Key, old: Snapshot, new: Snapshot) -> str:
    if key[0] == "lesson":
        there = {lesson["pk"]: lesson for lesson in (*old.lessons, *new.lessons)}[key[1]]
        what = {
            "title": _("Lesson %(n)s"),
            "body": _("Lesson %(n)s, more about it"),
            "themes": _("Lesson %(n)s, themes"),
        }
        return what[key[2]] % {"n": there["position"]}
    if key[0] == "order":
        return _("Order of the lessons")
    if key[0] in {"authors", "tags", "themes", "partners", "seminars"}:
        return {
            "authors": _("Authors"),
            "tags": _("Tags"),
            "themes": _("Themes"),
            "partners": _("Other organisations"),
            "seminars": _("Seminars"),
        }[key[0]]
    name = key[0].removesuffix("_id") if len(key) == 1 else f"{key[0]}_{key[1]}"
    label = str(WriteUp._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
