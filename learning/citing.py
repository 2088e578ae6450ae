"""How to cite a write-up or one of its lessons: a line of plain text that stays true for as long as its address does."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learning.models import Lesson, WriteUp
from ui.bilingual import LANGUAGES, reader_language
from ui.folding import fold

VOWELS = "aeiouwy"
NAMED = 4  # more authors than this are "and others"


def _and(before: str) -> str:
    """The word between the last two names; in Welsh it depends on the letter that follows."""
    if reader_language() != "cy":
        return "and"
    following = fold(before)[:2]
    consonant = (
        not following or following[0] not in VOWELS or (following[0] == "w" and following[1:] in VOWELS)
    )
    return "a" if consonant else "ac"


def together(names: Sequence[str]) -> str:
    """`Elin, Tom and Mair`; in Welsh `Elin, Tom a Mair`."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_and(names[-1])} {names[-1]}"


def citation(
    write_up: WriteUp, authors: Sequence[str], lesson: Lesson | None = None, language: str | None = None
) -> str:
    """Who, when, what, which lesson, where; in the language asked for, or else the reader's."""
    with translation.override(language or reader_language()):
        who = together(authors)
        if len(authors) > NAMED:
            who = _("%(first)s and others") % {"first": authors[0]}
        if not who:
            who = write_up.organisation.tr("name")
        year = timezone.localtime(write_up.published_at).year if write_up.published_at else _("not published")
        parts = [f"{who} ({year}).", f"‘{write_up.tr('title')}’"]
        if lesson is not None:
            number = _("lesson %(number)s") % {"number": lesson.position}
            parts[-1] += f", {number}: ‘{lesson.tr('title')}’"
        parts[-1] += "."
        thing = lesson or write_up
        parts.append(f"{settings.SITE_NAME}.")
        parts.append(address_of(thing))
        return " ".join(parts)


def address_of(thing: WriteUp | Lesson, language: str | None = None) -> str:
    """The whole address, in the language asked for or else the reader's."""
    with translation.override(language or reader_language()):
        return settings.SITE_ADDRESS + thing.get_absolute_url()


def citations(
    write_up: WriteUp, authors: Sequence[str], lesson: Lesson | None = None
) -> list[tuple[str, str]]:
    """Language and text, the reader's language first."""
    order = sorted(LANGUAGES, key=lambda language: language != reader_language())
    return [(language, citation(write_up, authors, lesson, language)) for language in order]
