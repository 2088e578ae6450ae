"""The words of each letter: ours, kept in files, unless organisers wrote their own for a seminar or for all of theirs."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from bookings.models import Delivery, LetterTemplate, MassMessage
from seminars.models import Seminar

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Words:
    subject: str
    body: str
    # What it is written in, where that is not the language that was asked for.
    written_in: str = ""


@cache
def ours(kind: str, language: str) -> Words:
    """The first line is the subject; read once a process."""
    file = FOLDER / f"{kind.replace(' ', '-')}.{language}.md"
    subject, _line, body = file.read_text(encoding="utf-8").partition("\n")
    return Words(subject.strip(), body.strip())


def own(seminar: Seminar, kind: str) -> list[LetterTemplate]:
    """What organisers wrote for this kind, the seminar's before the organisation's."""
    found = LetterTemplate.objects.filter(
        Q(seminar=seminar) | Q(seminar=None), organisation=seminar.organisation_id, kind=kind
    )
    return sorted(found, key=lambda template: template.seminar_id is None)


def words_for(delivery: Delivery) -> Words:
    """The words of a letter in its language."""
    if delivery.message is not None:
        return of_message(delivery.message, delivery.language)
    templates = _remembered(delivery.booking.seminar_date.seminar, delivery.kind)
    return in_language(templates, delivery.kind, delivery.language)


def _remembered(seminar: Seminar, kind: str) -> list[LetterTemplate]:
    """As `own`, read once for letters that are sent together: they share the seminar's object, and none lives for long."""
    known: dict[str, list[LetterTemplate]] = seminar.__dict__.setdefault("_letters_of_their_own", {})
    if kind not in known:
        known[kind] = own(seminar, kind)
    return known[kind]


def of_message(message: MassMessage, language: str) -> Words:
    """It was written in one language at least: who asked for the other reads it in that one."""
    body = message.tr("body", language)
    return Words(getattr(message, f"subject_{body.lang}"), body, body.lang if body.is_fallback else "")


def in_language(templates: list[LetterTemplate], kind: str, language: str) -> Words:
    """Where organisers wrote in one language only, ours stands in the other: nobody gets a letter in the wrong one."""
    for template in templates:
        if body := getattr(template, f"body_{language}").strip():
            return Words(getattr(template, f"subject_{language}"), body)
    return ours(kind, language)
