"""Forms after GOV.UK's patterns, by Django's own machinery: a renderer, a bound field, a few templates.

A template says `{{ form }}` and has the error summary, hints, errors and "(optional)" of every field, whoever wrote
the form. `title_en` and `title_cy` stand side by side without being told to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ui.bilingual import LANGUAGES, reader_language
from ui.fields import DayMonthYear, DayMonthYearField, TimeField

__all__ = [
    "DayMonthYear",
    "DayMonthYearField",
    "PatternForm",
    "PatternModelForm",
    "PatternRenderer",
    "TimeField",
]

# Radios do not know aria-invalid: their group's description carries the error.
_WITHOUT_INVALID = (forms.RadioSelect, DayMonthYear)
_NAMELESS = forms.Field.default_error_messages["required"]
_WRITTEN = (forms.TextInput, forms.Textarea)


class PatternBoundField(forms.BoundField):
    @property
    def template_name(self) -> str:
        if own := getattr(self.field, "template_name", None):
            return own
        return "ui/forms/checkbox.html" if self.kind == "checkboxinput" else "ui/forms/field.html"

    @property
    def kind(self) -> str:
        return type(self.field.widget).__name__.lower()

    @property
    def language(self) -> str:
        """`cy` for `title_cy`: what is written in the field is in that language."""
        ending = self.name[-3:]
        return ending[1:] if ending in {f"_{language}" for language in LANGUAGES} else ""

    @property
    def is_optional(self) -> bool:
        return not self.field.required and self.name not in getattr(self.form, "not_optional", ())

    @property
    def focus_id(self) -> str:
        """Where a link in the error summary leads: the first control of the field."""
        widget = self.field.widget
        if isinstance(widget, DayMonthYear):
            return f"{self.auto_id}_{widget.first_wrong(self.value())}"
        if isinstance(widget, forms.MultiWidget | forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.auto_id

    def css_classes(self, extra_classes: Any = None) -> str:
        classes = super().css_classes(extra_classes)
        return f"{classes} has-error" if self.errors and "has-error" not in classes else classes

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        # What is missing is said by the form's own words and in the reader's language, not by the browser.
        attrs.pop("required", None)
        if isinstance(self.field.widget, _WITHOUT_INVALID):
            attrs.pop("aria-invalid", None)
        if self.language and isinstance(self.field.widget, _WRITTEN):
            attrs["lang"] = self.language
        return attrs


class PatternRenderer(TemplatesSetting):
    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = PatternBoundField


class Pattern:
    """Mixed into a form: it may name groups of fields, and which empty fields are not "optional" all the same."""

    error_css_class = "has-error"
    # (legend, names), or (legend, hint, names); fields of no group come first
    groups: Sequence[tuple[Any, ...]] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # Django's "This field is required." does not say which, and the summary shows it away from its field.
            if field.required and field.error_messages["required"] is _NAMELESS:
                label = capfirst(field.label or pretty_name(name))
                words = (
                    gettext("Answer the question “%(label)s”")
                    if label.endswith("?")
                    else gettext("%(label)s: this is needed")
                )
                field.error_messages["required"] = words % {"label": label}
            if isinstance(field, forms.IntegerField):
                _say_limits(field, str(capfirst(field.label or pretty_name(name))))

    @cached_property
    def not_optional(self) -> set[str]:
        """Both halves of a text that one language must fill."""
        model = getattr(getattr(self, "_meta", None), "model", None)
        names = getattr(model, "bilingual_required", ())
        return {f"{name}_{language}" for name in names for language in LANGUAGES}


def _say_limits(field: forms.Field, label: str) -> None:
    """For the same reason; Django puts the number where `limit_value` stands, also for a validator of the model."""
    name = {"label": label.replace("%", "%%"), "limit": "%(limit_value)s"}
    field.error_messages.setdefault("min_value", gettext("%(label)s: %(limit)s at least") % name)
    field.error_messages.setdefault("max_value", gettext("%(label)s: %(limit)s at most") % name)


class PatternForm(Pattern, forms.Form):
    pass


class PatternModelForm(Pattern, forms.ModelForm):
    pass


@dataclass(frozen=True)
class Single:
    field: forms.BoundField
    template_name = "ui/forms/single.html"


@dataclass(frozen=True)
class Pair:
    """One text in two languages."""

    fields: list[forms.BoundField]
    needs_one: bool
    template_name = "ui/forms/pair.html"


@dataclass(frozen=True)
class Group:
    legend: Any
    hint: Any
    parts: list["Single | Pair"]
    template_name = "ui/forms/group.html"


def layout(form: forms.BaseForm) -> list[Single | Pair | Group]:
    """The visible fields of any form in the order of its groups, bilingual halves paired."""
    groups = [
        (group[0], group[1] if len(group) == 3 else "", group[-1]) for group in getattr(form, "groups", ())
    ]
    grouped = {name for _legend, _hint, names in groups for name in names}
    parts: list[Single | Pair | Group] = list(
        _parts(form, [name for name in form.fields if name not in grouped])
    )
    for legend, hint, names in groups:
        if inside := list(_parts(form, [name for name in names if name in form.fields])):
            parts.append(Group(legend, hint, inside))
    return parts


def _parts(form: forms.BaseForm, names: list[str]) -> Iterator[Single | Pair]:
    done: set[str] = set()
    for name in names:
        if name in done or form[name].is_hidden:
            continue
        halves = [f"{name[:-3]}_{language}" for language in _reading_order()]
        if name in halves and all(half in names for half in halves):
            done.update(halves)
            yield Pair([form[half] for half in halves], name in getattr(form, "not_optional", ()))
        else:
            yield Single(form[name])


def _reading_order() -> tuple[str, str]:
    return ("cy", "en") if reader_language() == "cy" else ("en", "cy")


def summary(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What is wrong, in the order of the page: (words, id of the control or "")."""
    lines = [(str(message), "") for message in form.non_field_errors()]
    for part in layout(form):
        for single in part.parts if isinstance(part, Group) else [part]:
            for field in single.fields if isinstance(single, Pair) else [single.field]:
                lines += [
                    (str(message), getattr(field, "focus_id", field.auto_id)) for message in field.errors
                ]
    for field in form.hidden_fields():
        lines += [
            (_("%(name)s: %(error)s") % {"name": field.name, "error": message}, "")
            for message in field.errors
        ]
    return lines
