"""Placeholders filled in, for a subject, a plain text and Markdown. Nothing is ever looked up but the names given.

What is filled in is text and never markup: a delegate called `[win](https://bad.example)` is called just that.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import quote

from django.utils.safestring import SafeString

from seminars.wording import one_line, printable
from ui.markdown import render

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Link:
    address: str


@dataclass(frozen=True)
class Lines:
    """A list, where the placeholder has a line of its own; within a sentence one after the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """Somebody's own text of several lines."""

    text: str


Value = str | Link | Lines | Prose
# What a placeholder stands for; None where it stands for nothing in this letter, and "" where it has nothing to say.
Get = Callable[[str], Value | None]


def strangers(text: str, known: tuple[str, ...]) -> list[tuple[str, str]]:
    """What stands in braces and is no placeholder, each with the one that was perhaps meant."""
    wrong = dict.fromkeys(name for name in _IN_BRACES.findall(text) if name not in known)
    return [(name, next(iter(get_close_matches(name.strip().lower(), known, 1)), "")) for name in wrong]


def names_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def subject(source: str, get: Get) -> str:
    """One line, whatever is filled in: a line break would begin another header."""
    return one_line(PLACEHOLDER.sub(lambda found: _plain(found, get), source))[:LONGEST_SUBJECT]


def plain(source: str, get: Get) -> str:
    """Without the signs of Markdown, and what is filled in as it is."""
    filled = "\n\n".join(_fill(_without_markup(block), get, _plain) for block in _kept(source, get))
    return printable(filled).strip()


def html(source: str, get: Get) -> SafeString:
    return render("\n\n".join(_fill(block, get, _markdown) for block in _kept(source, get)))


# -- what is left out ---------------------------------------------------------------------------------------------


def _kept(source: str, get: Get) -> list[str]:
    """The paragraphs of a text. One with a placeholder that has nothing to say is left out; of a list, its item."""
    blocks = []
    for block in re.split(r"\n[ \t]*\n", source.replace("\r\n", "\n").strip("\n")):
        lines = block.split("\n")
        if all(line.lstrip().startswith(("- ", "* ")) for line in lines):
            block = "\n".join(line for line in lines if _has_all(line, get))
        elif not _has_all(block, get):
            block = ""
        if block.strip():
            blocks.append(block)
    return blocks


def _has_all(text: str, get: Get) -> bool:
    return all(not _is_empty(get(name)) for name in names_in(text))


def _is_empty(value: Value | None) -> bool:
    match value:
        case Lines(lines):
            return not any(lines)
        case Prose(text):
            return not text.strip()
        case Link(address):
            return not address
        case str():
            return not value.strip()
    # A name that means nothing here stands as it was written.
    return False


# -- filling in ---------------------------------------------------------------------------------------------------


def _fill(block: str, get: Get, said: Callable[[re.Match[str], Get], str]) -> str:
    return PLACEHOLDER.sub(lambda found: said(found, get), block)


def _has_its_own_line(found: re.Match[str]) -> bool:
    text, start, end = found.string, found.start(), found.end()
    return text[:start].rpartition("\n")[2].strip() == "" == text[end:].partition("\n")[0].strip()


def _plain(found: re.Match[str], get: Get) -> str:
    match get(found[1]):
        case None:
            return found[0]
        case Link(address):
            return address
        case Lines(lines):
            return "\n".join(f"- {line}" for line in lines) if _has_its_own_line(found) else "; ".join(lines)
        case Prose(text):
            return printable(text).strip() if _has_its_own_line(found) else one_line(text)
        case value:
            return one_line(value)


def _markdown(found: re.Match[str], get: Get) -> str:
    match get(found[1]):
        case None:
            return escape(found[0])
        case Link(address):
            in_a_link = found.string[: found.start()].endswith("](")
            return _quoted(address) if in_a_link else f"<{_quoted(address)}>"
        case Lines(lines):
            told = [escape(line) for line in lines]
            return "\n".join(f"- {line}" for line in told) if _has_its_own_line(found) else "; ".join(told)
        case Prose(text):
            return _paragraphs(text) if _has_its_own_line(found) else escape(text)
        case value:
            return escape(value)


def escape(text: str) -> str:
    """Markdown that shows exactly this, on one line: each sign may be escaped (CommonMark, 2.4)."""
    return _PUNCTUATION.sub(r"\\\1", one_line(text))


def _paragraphs(text: str) -> str:
    """Lines stay lines, and addresses of the web can be followed."""
    lines = printable(text).strip().split("\n")
    return re.sub(
        r"\\\n(?=\n|\Z)",
        "\n",
        "".join(f"{_with_links(line)}\\\n" if line.strip() else "\n" for line in lines),
    ).strip()


def _with_links(line: str) -> str:
    parts = _ADDRESS.split(line.strip())
    return "".join(f"<{_quoted(part)}>" if number % 2 else _spaced(part) for number, part in enumerate(parts))


def _spaced(part: str) -> str:
    """Escaped, with the spaces that stood beside an address."""
    return (
        (" " if part[:1] == " " else "") + escape(part) + (" " if part[-1:] == " " and part.strip() else "")
    )


def _quoted(address: str) -> str:
    """Without the signs that would end a link in Markdown."""
    return quote(address, safe=":/?#[]@!$&'*+,;=%-._~")


# -- plain text ---------------------------------------------------------------------------------------------------

_SIGNS = (
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\(<?([^)\s>]+)>?(?:\s+\"[^\"\n]*\")?\)"), r"\1: \2"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S), r"\1"),
    (re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![*\w])"), r"\1"),
    (re.compile(r"^ {0,3}#{1,6}\s+", re.M), ""),
    (re.compile(r"(?:\\|  +)$", re.M), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def _without_markup(block: str) -> str:
    for pattern, kept in _SIGNS:
        block = pattern.sub(kept, block)
    return block
