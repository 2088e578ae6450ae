"""The order of the Welsh alphabet, in which `ch`, `dd`, `ff`, `ng`, `ll`, `ph`, `rh` and `th` are letters of their own.

A pair of letters is taken for the single letter, which is wrong where two words meet in one (`Bangor`, `Llangollen`);
such exceptions are named in `TWO_LETTERS`.
"""

import re
from functools import lru_cache

from ui.bilingual import reader_language
from ui.folding import fold

ALPHABET = [
    "a",
    "b",
    "c",
    "ch",
    "d",
    "dd",
    "e",
    "f",
    "ff",
    "g",
    "ng",
    "h",
    "i",
    "j",
    "k",
    "l",
    "ll",
    "m",
    "n",
    "o",
    "p",
    "ph",
    "q",
    "r",
    "rh",
    "s",
    "t",
    "th",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
]
RANK = {letter: rank for rank, letter in enumerate(ALPHABET, start=1)}
# Names in which n and g belong to two syllables.
TWO_LETTERS = ("bangor", "llangollen", "llangefni", "dangos", "llongyfarch", "bangladesh")
_PARTS = re.compile("|".join(sorted(ALPHABET, key=len, reverse=True)) + r"|\d+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def welsh_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """A key for `sorted`: accents and case count only where all else is equal."""
    folded = fold(text)
    for word in TWO_LETTERS:
        if word in folded:
            folded = folded.replace(word, word.replace("ng", "n\0g"))
    return tuple(_rank(part) for part in _PARTS.findall(folded) if part != "\0"), text


def reading_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """The key of the reader's language: Welsh on Welsh pages."""
    return welsh_key(text) if reader_language() == "cy" else _plain_key(text)


@lru_cache(maxsize=4096)
def _plain_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    return tuple(_rank(part) for part in re.findall(r"\d+|.", fold(text), re.DOTALL)), text


def _rank(part: str) -> tuple[int, int]:
    """Spaces and signs, then figures by their value, then letters, then any other script."""
    if part in RANK:
        return (2, RANK[part])
    if part.isdecimal():
        return (1, int(part[:18]))
    return (3, ord(part)) if part.isalpha() else (0, ord(part[0]))
