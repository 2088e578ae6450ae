"""Organisers' own wording: kept, and given up for ours again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

from bookings.letters.texts import ours
from bookings.models import LetterTemplate
from people.models import AuditEvent, Member, Organisation
from seminars.models import Seminar
from ui.bilingual import LANGUAGES

FIELDS = ("subject", "body")


@contextmanager
def held(seminar: Seminar) -> Iterator[None]:
    """Only one at a time looks at the letters of an organisation and changes them."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=seminar.organisation_id)
        yield


@transaction.atomic
def keep(seminar: Seminar, kind: str, texts: Mapping[str, str], *, for_all: bool, by: Member) -> None:
    """For this seminar, or for all of its organisation. What says the same as ours is not kept, and follows ours."""
    _remove(seminar, kind, for_all=False)
    if for_all:
        _remove(seminar, kind, for_all=True)
    kept = {name: text for language in LANGUAGES for name, text in _different(kind, language, texts).items()}
    if kept:
        LetterTemplate.objects.create(
            organisation=seminar.organisation, seminar=None if for_all else seminar, kind=kind, **kept
        )
    AuditEvent.record(by, "letter-worded", seminar, letter=kind, for_all=for_all)


def _different(kind: str, language: str, texts: Mapping[str, str]) -> dict[str, str]:
    given = {name: texts[f"{name}_{language}"].replace("\r\n", "\n").strip() for name in FIELDS}
    words = ours(kind, language)
    if given["body"] == words.body and given["subject"] == words.subject:
        return {}
    return {f"{name}_{language}": text for name, text in given.items() if text}


@transaction.atomic
def restore(template: LetterTemplate, seminar: Seminar, *, by: Member) -> None:
    template.delete()
    AuditEvent.record(
        by, "letter-restored", seminar, letter=template.kind, for_all=template.seminar_id is None
    )


def _remove(seminar: Seminar, kind: str, *, for_all: bool) -> None:
    LetterTemplate.objects.filter(
        organisation=seminar.organisation_id, seminar=None if for_all else seminar, kind=kind
    ).delete()
