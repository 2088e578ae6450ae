"""What the forms that narrow a list have in common: nonsense in the address narrows nothing, and what narrows is told."""

from typing import Any

from django import forms

from ui.forms import PatternForm


class NarrowingForm(PatternForm):
    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, auto_id="filter_%s", **kwargs)
        self.not_optional = {*self.fields}

    @property
    def is_used(self) -> bool:
        return bool(self._given)

    @property
    def names(self) -> list[str]:
        """Of the fields that narrow."""
        return [*self._given]

    @property
    def told(self) -> list[str]:
        """What was chosen, in words; for the list that is narrowed by it."""
        return [self._in_words(self.fields[name], value) for name, value in self._given.items()]

    @property
    def _given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {"", None, False}}

    def _in_words(self, field: forms.Field, value: Any) -> str:
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return f"“{value}”" if isinstance(value, str) else str(field.label)
