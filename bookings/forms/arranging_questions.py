"""The organisers' own questions, as they are written; `bookings.forms.own_questions` asks them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.models import OwnQuestion
from seminars.forms import Watched
from ui.forms import PatternModelForm


class OwnQuestionForm(PatternModelForm, Watched):
    class Meta:
        model = OwnQuestion
        fields = ["purpose", "kind", "text_en", "text_cy", "options_en", "options_cy", "is_required"]
        widgets = {
            "purpose": forms.RadioSelect,
            "kind": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("options_en", "options_cy")},
        }
        help_texts = {
            "is_required": _("Nobody can book, or send feedback, without an answer."),
            "options_en": _("Only if one of several answers is chosen"),
            "options_cy": _("Only if one of several answers is chosen"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_answered = bool(self.instance.pk) and self.instance.answers.exists()
        self.least = len(self.instance.options) if self.is_answered else 2
        if self.is_answered:
            # What has been answered would mean something else.
            del self.fields["purpose"], self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind", self.instance.kind)
        for name in ("options_en", "options_cy"):
            lines = [line.strip() for line in (cleaned.get(name) or "").splitlines() if line.strip()]
            cleaned[name] = "\n".join(lines) if kind == OwnQuestion.Kind.CHOICE else ""
        if kind == OwnQuestion.Kind.CHOICE:
            self._check_options(cleaned)
        return cleaned

    def _check_options(self, cleaned: dict[str, Any]) -> None:
        counts = {name: len(cleaned[name].splitlines()) for name in ("options_en", "options_cy")}
        given = {name: count for name, count in counts.items() if count}
        if not given:
            self.add_error("options_en", _("Give the answers to choose from, one a line"))
        elif len(set(given.values())) > 1:
            words = gettext("There must be as many answers in Welsh as in English: now %(cy)s and %(en)s")
            self.add_error("options_cy", words % {"cy": counts["options_cy"], "en": counts["options_en"]})
        elif next(iter(given.values())) < 2:
            self.add_error(next(iter(given)), _("Give two answers at least, one a line"))
        elif next(iter(given.values())) < self.least:
            words = gettext(
                "Keep the %(count)s answers in their order: people have chosen them. You can add more."
            )
            self.add_error(next(iter(given)), words % {"count": self.least})
