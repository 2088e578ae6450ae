"""One folded form of a text for comparing: case, accents, apostrophes and spaces do not tell two texts apart.

E-mail addresses are folded in a way of their own: there an accent makes another mailbox, which may be a stranger's.
"""

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
    # No database takes this one in a text, and PostgreSQL says so loudly.
    return " ".join(again.replace("\0", " ").split())


LONGEST_EMAIL = 254


def fold_email(address: str) -> str:
    """One form of an e-mail address: two that are folded alike reach the same mailbox.

    The domain is written as mail servers are asked for it: `x@bódy.example` is a stranger of `x@body.example`. Of the part
    before it only the case of plain letters goes, which no server minds.
    """
    local, at, domain = address.strip().rpartition("@")
    folded = "".join(letter.lower() if letter.isascii() else letter for letter in local)
    try:
        known = domain.lower().encode("idna").decode()
    except UnicodeError:
        known = domain.lower()
    if len(folded) + len(known) + 1 > LONGEST_EMAIL:
        # No domain is as long as that.
        known = domain.lower()
    return f"{folded}{at}{known}"
