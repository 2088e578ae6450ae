"""The last page of booking a place: what each person needs, agrees to and answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bookings.forms.own_questions import add_questions, answers
from bookings.forms.texts import LinesField, visible_lines
from bookings.models import OwnQuestion
from ui.forms import PatternForm

MOST = 1000


class NeedsForm(PatternForm):
    """`people` are the rows of the page before with their names; `deleted_on` is the promise, in words."""

    def __init__(
        self,
        *args: Any,
        people: Mapping[int, str],
        eats: bool,
        has_list: bool,
        deleted_on: str,
        questions: Sequence[OwnQuestion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.questions = people, questions
        self.groups = []
        promise = _("Only the organisers see it. It is deleted on %(day)s.") % {"day": deleted_on}
        for row, name in people.items():
            names = [self._need(f"access_{row}", _("What is needed to take part?"), promise, self._example())]
            if eats:
                names.append(self._need(f"dietary_{row}", _("Dietary needs"), promise))
            names += self._own_questions(row, name)
            if has_list:
                names.append(self._consent(row, name))
            if len(people) > 1:
                self.groups.append((name, names))

    @staticmethod
    def _example() -> str:
        return _("For example a hearing loop, British Sign Language, or somebody who comes along.")

    def _need(self, name: str, label: str, promise: str, example: str = "") -> str:
        self.fields[name] = LinesField(
            label=label,
            required=False,
            max_length=MOST,
            help_text=f"{example} {promise}".strip(),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        return name

    def _own_questions(self, row: int, person: str) -> list[str]:
        names = add_questions(self, self.questions, ending=f"_{row}")
        for name in names:
            field = self.fields[name]
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(visible_lines)
            words = _("Answer the question “%(label)s”") % {"label": field.label}
            several = len(self.people) > 1
            field.error_messages["required"] = f"{person}: {words}" if several else words
        return names

    def _consent(self, row: int, person: str) -> str:
        label = _("Other delegates may see my name and organisation")
        if row:
            label = _("%(name)s agrees that other delegates see their name and organisation") % {
                "name": person
            }
        self.fields[f"is_on_list_{row}"] = forms.BooleanField(label=label, required=False)
        return f"is_on_list_{row}"

    @property
    def not_optional(self) -> set[str]:
        return {name for name in self.fields if name.startswith("is_on_list_")}

    def told(self, row: int) -> dict[str, Any]:
        """What was answered about a person, of a valid form."""
        given = self.cleaned_data
        return {
            "access": given[f"access_{row}"],
            "dietary": given.get(f"dietary_{row}", ""),
            "is_on_list": given.get(f"is_on_list_{row}", False),
            "answers": answers(self, ending=f"_{row}"),
        }
