"""What the forms of a write-up's pages share: a mark of what was opened, and reading two texts beside each other."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from learning.editing import digest, save_only
from ui.forms import PatternModelForm
from ui.markdown import MarkdownField
from ui.names import NamesField


class PartForm(PatternModelForm):
    """A part of a write-up, or of one of its lessons, that is saved by itself."""

    def __init__(self, *args: Any, member: Any = None, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        for name in self.markdown_names:
            self.fields[name].widget.attrs.update({"rows": 12, "data-preview": "", "spellcheck": "true"})

    @property
    def markdown_names(self) -> list[str]:
        model = self._meta.model
        columns = {field.name: field for field in model._meta.concrete_fields}
        return [name for name in self.fields if isinstance(columns.get(name), MarkdownField)]

    @classmethod
    def content_of(cls, instance: models.Model, member: Any = None) -> dict[str, Any]:
        """What the form shows of a row, plain enough to compare."""
        form = cls(instance=instance, member=member)
        return {name: plain(form.get_initial_for_field(field, name)) for name, field in form.fields.items()}

    @classmethod
    def digest_of(cls, instance: models.Model, member: Any = None) -> str:
        return digest(cls.content_of(instance, member))

    def content(self) -> dict[str, Any]:
        """What a valid form holds, in the same plain form."""
        return {name: plain(self.cleaned_data.get(name)) for name in self.fields}

    def save_part(self) -> None:
        """The fields of this part and no others, so that a state that changed meanwhile stays changed."""
        save_only(self.instance, [name for name in self.fields if name in self.cleaned_data])
        self._save_m2m()  # type: ignore[attr-defined]

    def with_theirs(self, instance: models.Model, names: Iterable[str]) -> MultiValueDict[str, Any]:
        """The data that was sent, but with the stored values of these fields."""
        data = QueryDict(mutable=True)
        for key, values in dict(self.data.lists()).items():  # type: ignore[attr-defined]
            data.setlist(key, values)
        stored = type(self)(instance=instance, member=self.member)
        for name in names:
            if name not in self.fields:
                continue
            field = stored.fields[name]
            value = stored.get_initial_for_field(field, name)
            if isinstance(field, NamesField):
                data[name] = field.prepare_value(value)
            elif isinstance(field.widget, forms.MultiWidget):
                for index, part in enumerate(field.widget.decompress(value) or []):
                    data[f"{name}_{index}"] = str(part)
            elif isinstance(value, list | tuple | models.QuerySet):
                data.setlist(name, [str(item) for item in plain(value)])
            else:
                data[name] = plain(value)
        return data

    def shown(self, name: str, value: Any) -> str:
        """A plain value in words, for the page that shows two texts beside each other."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            chosen = value if isinstance(value, list) else [value]
            rows = field.queryset.filter(pk__in=[pk for pk in chosen if pk])
            return ", ".join(str(row) for row in rows)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value)


def plain(value: Any) -> Any:
    """A value of a form as texts, so that what was opened, stored and sent can be compared."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return sorted(plain(item) for item in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "\n".join(str(value).splitlines()).strip()
