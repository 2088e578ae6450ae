"""The organisers' own questions, as fields of any form; what is answered is what `OwnAnswer` keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bookings.models import OwnQuestion


def add_questions(
    form: forms.Form,
    questions: Iterable[OwnQuestion],
    given: Mapping[int, str] | None = None,
    ending: str = "",
) -> list[str]:
    """Add a field for each question, and give their names, for the form's groups; `ending` tells people apart."""
    names = []
    for question in questions:
        name = f"question_{question.pk}{ending}"
        form.fields[name] = _field(question, (given or {}).get(question.pk, ""))
        names.append(name)
    return names


def answers(form: forms.Form, ending: str = "") -> dict[int, str]:
    """Of a valid form: the answers by the question's key; an empty one takes an earlier answer back."""
    found = {}
    for name, value in form.cleaned_data.items():
        key = name.removeprefix("question_").removesuffix(ending)
        if name == f"question_{key}{ending}" and key.isdecimal():
            found[int(key)] = value
    return found


def _field(question: OwnQuestion, given: str) -> forms.Field:
    more: dict[str, Any] = {
        "label": question.tr("text"),
        "required": question.is_required,
        "initial": given,
    }
    if question.kind == OwnQuestion.Kind.TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **more)
    if question.kind == OwnQuestion.Kind.YES_NO:
        choices = [("yes", _("Yes")), ("no", _("No"))]
    else:
        choices = [(str(number), words) for number, words in enumerate(question.options)]
    if not question.is_required:
        choices.append(("", _("No answer")))
    gone = _("This answer is not offered any more. Choose again.")
    return forms.ChoiceField(
        choices=choices, widget=forms.RadioSelect, error_messages={"invalid_choice": gone}, **more
    )
