"""One folded form of a text for comparing: case, accents, apostrophes and spaces do not tell two texts apart."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'"}
)


def fold(text: str) -> str:
    """`fold("  Gŵyl  Fawr ") == "gwyl fawr"`. Folding twice changes nothing more."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    again = unicodedata.normalize("NFKC", bare.casefold().translate(_WHOLE))
    return " ".join(again.split())
