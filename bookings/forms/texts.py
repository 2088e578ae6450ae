"""Characters that have no place in what people type: they hide, or turn the text around them."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks of direction (a name could be read backwards on a badge), and spaces without a width.
_MISLEADING = {"\u061c", "\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"} | {
    chr(code) for span in (range(0x202A, 0x202F), range(0x2066, 0x206A)) for code in span
}
_HIDDEN = {"Cc", "Cs", "Co", "Zl", "Zp"}
_OF_LINES = {"\n", "\r", "\t"}
NOT_SEEN = _("Take out the characters that cannot be seen, or type it again")


def hides_something(text: str, allowed: frozenset[str] | set[str] = frozenset()) -> bool:
    return any(
        letter in _MISLEADING or (unicodedata.category(letter) in _HIDDEN and letter not in allowed)
        for letter in text
    )


def visible_line(text: str) -> None:
    if hides_something(text):
        raise ValidationError(NOT_SEEN, code="hidden")


def visible_lines(text: str) -> None:
    if hides_something(text, _OF_LINES):
        raise ValidationError(NOT_SEEN, code="hidden")


class LineField(forms.CharField):
    """One line, with single spaces between its words."""

    default_validators = [visible_line]

    def to_python(self, value: object) -> str:
        text: str = super().to_python(value) or ""
        return text if hides_something(text) else " ".join(unicodedata.normalize("NFC", text).split())


class LinesField(forms.CharField):
    widget = forms.Textarea
    default_validators = [visible_lines]
