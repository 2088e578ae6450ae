"""Bilingual text: two hand-written columns, `title_en` and `title_cy`, of which at least one is filled."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("en", "cy")


class Text(str):
    """A text that knows its language (`en` or `cy`), and whether it stands in for the one that was asked for."""

    lang: str
    is_fallback: bool

    def __new__(cls, value: str, lang: str, is_fallback: bool = False) -> "Text":
        text = super().__new__(cls, value)
        text.lang = lang
        text.is_fallback = is_fallback
        return text


def reader_language() -> str:
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def either(obj: Any, name: str, language: str | None = None) -> Text:
    """`obj.<name>_<language>`, or the other language's text where that one is empty."""
    wanted = language or reader_language()
    other = "en" if wanted == "cy" else "cy"
    if value := getattr(obj, f"{name}_{wanted}"):
        return Text(value, wanted)
    if value := getattr(obj, f"{name}_{other}"):
        return Text(value, other, is_fallback=True)
    return Text("", wanted)


def at_least_one(name: str) -> models.CheckConstraint:
    """The database's form of the rule that `name` is filled in Welsh or in English."""
    return models.CheckConstraint(
        condition=~models.Q(**{f"{name}_en": "", f"{name}_cy": ""}),
        name=f"%(app_label)s_%(class)s_{name}_in_a_language",
    )


class Bilingual(models.Model):
    """Gives `tr("title")`; `bilingual_required` names what must be filled in one language or the other."""

    bilingual_required: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def tr(self, name: str, language: str | None = None) -> Text:
        return either(self, name, language)

    def clean(self) -> None:
        super().clean()
        wrong = {}
        for name in self.bilingual_required:
            if not any(getattr(self, f"{name}_{language}").strip() for language in LANGUAGES):
                half = f"{name}_{reader_language()}"
                label = capfirst(self._meta.get_field(half).verbose_name)  # type: ignore[union-attr]
                wrong[half] = _("%(label)s: fill this in, in Welsh or in English") % {"label": label}
        if wrong:
            # All of them at once: Django checks no constraint of a field that has an error already.
            raise ValidationError(wrong)
