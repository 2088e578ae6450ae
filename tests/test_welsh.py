"""The Welsh catalogue: whole, in plain addresses, one word for one thing."""

import re
from collections.abc import Iterator

import polib
import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from exchange import texts
from tests import messages
from tests.pages import route_names

# Words for the glossary's things that are not the glossary's own, with their mutations.
WRONG_WORDS = {
    "organisation": r"\b(c|g|ngh|ch)wmn(i|ïau)\b",
    "member": r"\b(d|dd|n)efnydd(iwr|wyr)\b",
    "organiser": r"\b(t|d|nh|th)refnwr\b",
    "speaker": r"\b(ll|l)efar(ydd|wyr)\b",
    "delegate": r"\b(c|g|ngh|ch)ynadledd(wr|wyr)\b|\b(m|f)ynych(wr|wyr)\b",
    "editor": r"\bolyg(wr|wyr)\b",
    "challenge": r"\bsialens(au)?\b",
    "write-up": r"\bysgrif(au)?\b",
    "licence": r"\bleisans(au)?\b",
    "series": r"\b(c|g|ngh|ch)yfresau\b",
    "online": r"\barlein\b|\bar lein\b",
}
SAME_IN_BOTH = {"components"}  # for developers only
# To somebody one does not know, Welsh says "chi".
FAMILIAR = re.compile(r"\b(rwyt|wyt|dy hun|gennyt|arnat|dylet|gelli)\b", re.IGNORECASE)


def entries() -> Iterator[tuple[polib.POEntry, str]]:
    for entry in messages.catalogue():
        for text in [*entry.msgstr_plural.values(), entry.msgstr]:
            if text:
                yield entry, text


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        yield str(pattern.pattern)
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from addresses(pattern.url_patterns)


def in_both(name: str) -> tuple[str, str]:
    with translation.override("en"):
        english = reverse(name)
    with translation.override("cy"):
        return english, reverse(name)


def test_nothing_is_missing_or_stale() -> None:
    assert list(messages.faults(messages.catalogue())) == []


def test_addresses_are_of_plain_letters() -> None:
    with translation.override("cy"):
        accented = [address for address in addresses(get_resolver().url_patterns) if not address.isascii()]

    assert accented == []


def test_addresses_keep_their_arguments() -> None:
    converter = re.compile(r"<[^>]+>")
    strange = [
        entry.msgid
        for entry, text in entries()
        if re.fullmatch(r"\S+/", entry.msgid) and converter.findall(entry.msgid) != converter.findall(text)
    ]

    assert strange == []


def test_addresses_are_welsh() -> None:
    outside, untold = [], []
    for name in sorted(route_names()):
        try:
            english, welsh = in_both(name)
        except NoReverseMatch:
            continue
        if not english.startswith("/en/"):
            continue
        if not welsh.startswith("/cy/"):
            outside.append(name)
        if english.removeprefix("/en/") == welsh.removeprefix("/cy/") != "" and name not in SAME_IN_BOTH:
            untold.append(name)

    assert outside == []
    assert untold == []


@pytest.mark.parametrize("english", WRONG_WORDS)
def test_one_word_for_one_thing(english: str) -> None:
    wrong = [text for _entry, text in entries() if re.search(WRONG_WORDS[english], text, re.IGNORECASE)]

    assert wrong == []


def test_readers_are_addressed_formally() -> None:
    assert [text for _entry, text in entries() if FAMILIAR.search(text)] == []


def test_apostrophes_are_curly() -> None:
    assert [text for _entry, text in entries() if "'" in text] == []


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_links_in_the_texts_lead_somewhere(name: str, language: str) -> None:
    with translation.override(language):
        for address in re.findall(r'href="(/[^"]+)"', texts.page(name, language).html):
            assert resolve(address)
