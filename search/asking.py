"""What was asked: the words to look for, folded, and where they stand in a text that is shown."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ui.folding import fold

LONGEST = 200  # letters of a question that are read
MOST_WORDS = 8


@dataclass(frozen=True)
class Question:
    asked: str  # as typed, for the box
    words: tuple[str, ...]  # folded, each to occur
    is_cut: bool = False


def read(typed: str) -> Question:
    asked = " ".join(typed.replace("\0", " ").split())
    words = tuple(dict.fromkeys(fold(asked[:LONGEST]).split()))
    return Question(asked[:LONGEST], words[:MOST_WORDS], len(asked) > LONGEST or len(words) > MOST_WORDS)


def holds(text: str, words: tuple[str, ...]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def beginning_near(text: str, words: tuple[str, ...], most: int = 150) -> str:
    """As much of a text as says why it was found: from a little before the first word that matches."""
    if len(text) <= most:
        return text
    folded = fold(text)
    places = [place for word in words if (place := folded.find(word)) >= 0]
    # Folding changes few lengths, so that the place is near enough in the text itself.
    start = max(min(places, default=0) - most // 4, 0)
    piece = text[start : start + most]
    if start:
        piece = "…" + piece.partition(" ")[2]
    return piece.rpartition(" ")[0] + "…" if start + most < len(text) else piece


def marked(text: str, words: tuple[str, ...]) -> SafeString:
    """The text, escaped, with what matches a word in <mark>, whatever its case and accents."""
    letters, origins = [], []
    for place, letter in enumerate(text):
        for part in fold(letter) or (" " if letter.isspace() else ""):
            letters.append(part)
            origins.append(place)
    folded = "".join(letters)
    hit = [False] * len(text)
    for word in words:
        start = folded.find(word) if word else -1
        while start >= 0:
            for place in origins[start : start + len(word)]:
                hit[place] = True
            start = folded.find(word, start + 1)
    pieces, place = [], 0
    while place < len(text):
        end = place
        while end < len(text) and hit[end] == hit[place]:
            end += 1
        piece = escape(text[place:end])
        pieces.append(f"<mark>{piece}</mark>" if hit[place] else piece)
        place = end
    # Every piece was escaped above.
    return mark_safe("".join(pieces))  # nosec B308 B703
