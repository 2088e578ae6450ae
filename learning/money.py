"""What it cost, in the writers' own words: the sentence of a write-up that names a sum of money."""

import re

from learning.models import WriteUp
from ui.bilingual import Text
from ui.markdown import excerpt

MOST = 3
# What did not work comes last, because the page quotes it already.
PARTS = ("what_worked", "summary", "body", "what_did_not")
LOOKED_AT = 4_000  # letters of each part
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")
SUM = re.compile(r"£\s?\d")
SHORTEST, LONGEST = 60, 320  # letters: a sentence that can be understood alone, and is no paragraph


def in_figures(write_ups: list[WriteUp]) -> list[tuple[WriteUp, Text]]:
    """From each of the newest that name a sum, the first sentence that does."""
    found = []
    for write_up in write_ups:
        told = sentence_with_a_sum(write_up)
        if told:
            found.append((write_up, told))
        if len(found) == MOST:
            break
    return found


def sentence_with_a_sum(write_up: WriteUp) -> Text | None:
    for part in PARTS:
        text = write_up.tr(part)
        if "£" not in text:
            continue
        for sentence in SENTENCE_END.split(excerpt(text, LOOKED_AT)):
            if SUM.search(sentence) and SHORTEST <= len(sentence) <= LONGEST and not sentence.endswith("…"):
                return Text(sentence, text.lang, text.is_fallback)
    return None
