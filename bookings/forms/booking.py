"""The first two pages of booking a place: how one takes part, and who comes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.availability import Seats
from bookings.forms.texts import LineField
from people.models import Member
from ui.bilingual import reader_language
from ui.folding import fold_email
from ui.forms import PatternForm

ME, COLLEAGUE, GROUP = "me", "colleague", "group"
WHOLE, SPLIT = "whole", "split"
LEAST_IN_GROUP, MOST_IN_GROUP = 2, 10
EXAMPLE = gettext_lazy("Enter an e-mail address, like mair@gwynedd.llyw.cymru")
ABOUT_LANGUAGE = gettext_lazy(
    "For letters, and so that the organisers know whether to arrange interpretation"
)


class HowForm(PatternForm):
    attendance = forms.ChoiceField(
        label=gettext_lazy("How will you take part?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how you will take part"),
            "invalid_choice": gettext_lazy("This date cannot be booked in this way any more. Choose again."),
        },
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Who are you booking for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who you are booking for"),
            "invalid_choice": gettext_lazy("Choose who you are booking for"),
        },
    )

    def __init__(self, *args: Any, ways: Sequence[Seats], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attendance, whom = self.fields["attendance"], self.fields["whom"]
        attendance.choices = [(way.attendance, _two_lines(way.label, way.words)) for way in ways]  # type: ignore[attr-defined]
        whom.choices = choices_of_whom(most)  # type: ignore[attr-defined]
        if len(ways) == 1:
            self.initial.setdefault("attendance", ways[0].attendance)


def choices_of_whom(most: int) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(ME, _("Myself")), (COLLEAGUE, _("A colleague"))]
    if most >= LEAST_IN_GROUP:
        about = ngettext(
            "Up to %(most)s person. Bring your councillor.",
            "Up to %(most)s people. Bring your councillor.",
            most,
        )
        found.append((GROUP, _two_lines(_("A group, with me"), about % {"most": most})))
    return found


def _two_lines(label: str, about: str) -> str:
    return format_html('{}<br><span class="choice-about">{}</span>', label, about)


class WhoForm(PatternForm):
    """Row 0 is always whoever books: the delegate, or the first of a group, or somebody who books for a colleague.

    In a group, a row that is left empty is nobody.
    """

    def __init__(self, *args: Any, whom: str, rows: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whom, self.most = whom, most
        self.rows = [1] if whom == COLLEAGUE else [*range(rows)]
        self.groups = []
        if whom == COLLEAGUE:
            self._add_address(0)
            self.groups.append((_("You"), ["name_0", "email_0"]))
        for row in self.rows:
            names = [*self._add_address(row), *self._add_rest(row)]
            if whom != ME:
                self.groups.append((self._legend(row), names))
        if whom == GROUP:
            self.fields["together"] = _together()
            self.initial.setdefault("together", SPLIT)
            self.groups.append((_("If there is not room for all of you"), ["together"]))
        # In the rows of a group the hints say what may be left out.
        self.not_optional = {name for name in self.fields if name.startswith(("name_", "kind_", "language_"))}

    def _legend(self, row: int) -> str:
        if row == 0:
            return _("You")
        return _("Your colleague") if self.whom == COLLEAGUE else _("Person %(number)s") % {"number": row + 1}

    def _add_address(self, row: int) -> list[str]:
        words = {
            (True, "name"): _("Enter your name"),
            (True, "email"): _("Enter your e-mail address"),
            (False, "name"): self._missing_name(row),
        }
        self.fields[f"name_{row}"] = LineField(
            label=_("Name"),
            max_length=120,
            required=not self._may_be_empty(row),
            error_messages={"required": words[row == 0, "name"]},
            widget=forms.TextInput(attrs={"autocomplete": "off" if row else "name", "spellcheck": "false"}),
        )
        self.fields[f"email_{row}"] = forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            required=row == 0,
            help_text=self._about_email(row),
            error_messages={"required": words[True, "email"], "invalid": EXAMPLE},
            widget=forms.EmailInput(attrs={"autocomplete": "off" if row else "email", "spellcheck": "false"}),
        )
        return [f"name_{row}", f"email_{row}"]

    def _add_rest(self, row: int) -> list[str]:
        in_group = self.whom == GROUP
        widget = forms.Select if in_group else forms.RadioSelect
        self.fields[f"body_{row}"] = _body(
            _("As for you, if you leave it empty")
            if in_group and row
            else _("Choose one from the list, or type another")
        )
        self.fields[f"kind_{row}"] = forms.ChoiceField(
            label=_("Their role") if row else _("Your role"),
            required=not self._may_be_empty(row),
            widget=widget,
            choices=([("", _("Choose"))] if in_group else []) + list(Member.Kind.choices),
            error_messages={"required": self._missing_kind(row)},
        )
        self.fields[f"language_{row}"] = forms.ChoiceField(
            label=_("Which language?"),
            required=not self._may_be_empty(row),
            help_text="" if in_group and row else ABOUT_LANGUAGE,
            widget=widget,
            choices=Member.Language.choices,
            error_messages={"required": _("Choose a language")},
        )
        self.initial.setdefault(f"language_{row}", reader_language())
        return [f"body_{row}", f"kind_{row}", f"language_{row}"]

    def _may_be_empty(self, row: int) -> bool:
        return self.whom == GROUP and row > 0

    def _about_email(self, row: int) -> str:
        if row == 0:
            if self.whom == COLLEAGUE:
                return _("Letters come there if your colleague has no address of their own")
            return _("The confirmation goes there, with a link that manages the booking")
        if self.whom == COLLEAGUE:
            return _("If you leave it empty, the letters come to you")
        return _("Without one, the letters about them come to you")

    def _missing_name(self, row: int) -> str:
        if self.whom == COLLEAGUE:
            return _("Enter your colleague’s name")
        return _("Enter the name of person %(number)s") % {"number": row + 1}

    def _missing_kind(self, row: int) -> str:
        if row == 0:
            return _("Choose your role")
        if self.whom == COLLEAGUE:
            return _("Choose your colleague’s role")
        return _("Choose the role of person %(number)s") % {"number": row + 1}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.filled_rows():
            for name, words in (
                (f"name_{row}", self._missing_name(row)),
                (f"kind_{row}", self._missing_kind(row)),
            ):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, words)
        seen: set[str] = set()
        for name in [name for name in self.fields if name.startswith("email_")]:
            folded = fold_email(cleaned.get(name) or "")
            if folded and folded in seen:
                self.add_error(name, _("Give each person an address of their own, or leave it empty"))
            seen.add(folded)
        if self.number > self.most:
            # The organisers allowed more when the form was begun.
            words = ngettext(
                "A group may have %(most)s person.", "A group may have up to %(most)s people.", self.most
            )
            self.add_error(None, words % {"most": self.most})
        return cleaned

    @property
    def number(self) -> int:
        return len(list(self.filled_rows()))

    def refuse_together(self, why: str) -> None:
        if why:
            self.add_error("together", why)

    def filled_rows(self) -> Iterator[int]:
        """Those who come."""
        for row in self.rows:
            typed = [str(self.data.get(f"{part}_{row}", "")).strip() for part in ("name", "email", "body")]
            if not self._may_be_empty(row) or any(typed):
                yield row

    def told(self, row: int) -> dict[str, str]:
        """What was typed about a person, of a valid form."""
        parts = ("name", "email", "body", "kind", "language")
        given = {part: self.cleaned_data[f"{part}_{row}"] for part in parts}
        given["body"] = given["body"] or self.cleaned_data.get("body_0", "")
        given["language"] = given["language"] or reader_language()
        return given


def prefilled(member: Member | None) -> dict[str, Any]:
    """What a signed-in member need not type."""
    if member is None:
        return {}
    first = member.memberships.confirmed().select_related("organisation").order_by("confirmed_at").first()
    body = str(first.organisation) if first else ""
    return {
        "name_0": member.name,
        "email_0": member.email,
        "body_0": body,
        "body_1": body,
        "kind_0": member.kind,
        "language_0": member.language,
    }


def _body(hint: str) -> forms.Field:
    return LineField(
        label=_("Organisation"),
        required=False,
        max_length=160,
        help_text=hint,
        widget=forms.TextInput(attrs={"list": "organisations", "data-combobox": "", "autocomplete": "off"}),
    )


def _together() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who comes then?"),
        widget=forms.RadioSelect,
        choices=[
            (SPLIT, _("Whoever there is room for, in the order above; the others wait in the queue")),
            (WHOLE, _("Nobody without the others: we wait in the queue together")),
        ],
        error_messages={"required": _("Choose what happens if there is not room for all of you")},
    )
