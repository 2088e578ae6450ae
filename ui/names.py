"""A field for several rows, written as their names with semicolons between them.

Where hundreds of rows can be chosen, a list of boxes helps nobody: this suggests the names as they are typed, works
without script through a <datalist>, and says in words which name it does not know.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ui.bilingual import LANGUAGES
from ui.folding import fold

BETWEEN = ";"


class NamesField(forms.ModelMultipleChoiceField):
    widget = forms.TextInput
    default_error_messages = {
        "unknown": _("We do not know “%(name)s”: choose a name from the list, or take it out"),
        "several": _("There is more than one “%(name)s”: choose it from the list"),
    }

    def __init__(self, *, column: str, **kwargs: Any) -> None:
        """`column`: what holds the names, such as `name` for `name_en` and `name_cy`."""
        self.column = column
        super().__init__(**kwargs)

    def suggest(self, list_id: str) -> None:
        """Name the <datalist> that the page holds."""
        self.widget.attrs.update({"list": list_id, "data-combobox": "", "data-several": BETWEEN})

    @cached_property
    def rows(self) -> list[models.Model]:
        return list(self.queryset)  # type: ignore[arg-type]

    @cached_property
    def labels(self) -> dict[Any, str]:
        """A name for each row, by its key, that no other row has."""
        names = {row.pk: self._tidy(row.tr(self.column)) for row in self.rows}  # type: ignore[attr-defined]
        times = Counter(fold(name) for name in names.values())
        return {
            row.pk: f"{names[row.pk]} ({row.slug})" if times[fold(names[row.pk])] > 1 else names[row.pk]  # type: ignore[attr-defined]
            for row in self.rows
        }

    @cached_property
    def _known(self) -> dict[str, set[Any]]:
        """Rows by their names in either language, as people type them."""
        known: dict[str, set[Any]] = {}
        for row in self.rows:
            for language in LANGUAGES:
                if name := self._tidy(getattr(row, f"{self.column}_{language}")):
                    known.setdefault(fold(name), set()).add(row.pk)
        # What the list offers always means one row, also where another is called so in the other language.
        known.update({fold(label): {pk} for pk, label in self.labels.items()})
        return known

    @staticmethod
    def _tidy(name: Any) -> str:
        return " ".join(str(name).replace(BETWEEN, ",").split())

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value or ""
        keys = [getattr(one, "pk", one) for one in value]
        by_text = {str(pk): label for pk, label in self.labels.items()}
        names = [by_text[str(key)] for key in keys if str(key) in by_text]
        return f"{BETWEEN} ".join(sorted(names, key=fold))

    def clean(self, value: Any) -> models.QuerySet[Any]:
        queryset: Any = self.queryset
        names = [self._tidy(name) for name in str(value or "").split(BETWEEN)]
        found, wrong = set(), []
        for name in dict.fromkeys(name for name in names if name):
            keys = self._known.get(fold(name), set())
            if len(keys) == 1:
                found |= keys
            else:
                code = "several" if keys else "unknown"
                wrong.append(ValidationError(self.error_messages[code], code=code, params={"name": name}))
        if wrong:
            raise ValidationError(wrong)
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        chosen: models.QuerySet[Any] = queryset.filter(pk__in=found)
        self.run_validators(chosen)
        return chosen

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


def suggestions(fields: Iterable[forms.Field]) -> list[tuple[str, list[str]]]:
    """(id of the <datalist>, names) of each field of names."""
    return [
        (str(field.widget.attrs["list"]), sorted(field.labels.values(), key=fold))
        for field in fields
        if isinstance(field, NamesField)
    ]
