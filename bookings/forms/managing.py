"""What delegates type about their own bookings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.forms.organising import recognised
from bookings.forms.own_questions import add_questions, answers
from bookings.forms.workshops import WorkshopsForm
from bookings.models import OwnQuestion, Pool
from bookings.taking import Person
from people.models import Member
from seminars.models import Run
from ui.forms import PatternForm

NAME = _("Enter a name")


class AboutFields(forms.Form):
    """Who comes, and how others know them."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": NAME},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Organisation"), required=False, max_length=160,
        help_text=_("One of the exchange is recognised by its name, in Welsh or in English"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Member.Kind, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Which language?"), choices=Member.Language, widget=forms.RadioSelect,
        help_text=_("For letters, and for how many the organisers arrange interpretation"),
    )  # fmt: skip
    is_on_list = forms.BooleanField(
        label=_("Other delegates may see the name and the organisation"), required=False
    )
    access = forms.CharField(
        label=_("What is needed to take part"), required=False, max_length=1000,
        help_text=_("For example a hearing loop, a parking space near the door, or somebody who comes along"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    dietary = forms.CharField(
        label=_("Dietary needs"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def needs_group(self, deleted_on: str) -> tuple[Any, ...]:
        """The promise stands beside the question."""
        hint = _now("Only the organisers see this. It is deleted on %(day)s.") % {"day": deleted_on}
        return (_("Needs"), hint, ["access", "dietary"])

    def told(self, person: Person) -> Person:
        given = self.cleaned_data
        organisation, typed = recognised(given["body"])
        return replace(
            person,
            organisation=organisation,
            organisation_name=typed,
            **{name: given[name] for name in ("name", "kind", "language", "is_on_list", "access", "dietary")},
        )


class DetailsForm(AboutFields, PatternForm):
    """A delegate's own details, with their answers to the organisers' questions."""

    def __init__(
        self, *args: Any, person: Person, deleted_on: str, questions: Sequence[OwnQuestion], **kwargs: Any
    ) -> None:
        self.person = person
        organisation = person.organisation
        kwargs["initial"] = {
            "body": organisation.tr("name") if organisation else person.organisation_name,
            **{
                name: getattr(person, name)
                for name in ("name", "kind", "language", "is_on_list", "access", "dietary")
            },
        }
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _now("To give the place to somebody else, hand the booking over.")
        self.groups = [self.needs_group(deleted_on)]
        if names := add_questions(self, questions, person.answers):
            self.groups.append((_("Questions from the organisers"), names))

    @property
    def changed_person(self) -> Person:
        return replace(self.told(self.person), answers=answers(self))


class HandOverForm(AboutFields, PatternForm):
    """The colleague who comes instead."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("The new link goes there."),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address, like mair@gwynedd.llyw.cymru"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ["name", "email", "body", "kind", "language"]

    def __init__(self, *args: Any, deleted_on: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether others may see the name, your colleague alone can say.
        del self.fields["is_on_list"]
        self.groups = [self.needs_group(deleted_on)]

    @property
    def colleague(self) -> Person:
        self.cleaned_data["is_on_list"] = False
        return self.told(Person("", self.cleaned_data["email"]))


class MoveForm(WorkshopsForm):
    """How to take part on another date, and in which of its workshops."""

    attendance = forms.ChoiceField(
        label=_("How will you take part?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you will take part")},
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        pools: Sequence[Pool],
        what_happens: dict[int, str],
        preferred: str,
        runs: Sequence[Run],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, runs=runs, **kwargs)
        field = self.fields["attendance"]
        field.choices = [(pool.attendance, _way(pool, what_happens[pool.pk])) for pool in pools]  # type: ignore[attr-defined]
        ways = [pool.attendance for pool in pools]
        self.initial["attendance"] = preferred if preferred in ways else next(iter(ways), "")


def places_left(pool: Pool, waiting: int = 0) -> str:
    if pool.free and not waiting:
        return ngettext("%(left)s place left", "%(left)s places left", pool.free) % {"left": pool.free}
    if not waiting:
        return _now("full")
    return ngettext("full: %(waiting)s person waits", "full: %(waiting)s people wait", waiting) % {
        "waiting": waiting
    }


def _way(pool: Pool, what_happens: str) -> "str | Promise":
    return format_html(
        '{}<br><span class="choice-about">{}</span>', pool.get_attendance_display(), what_happens
    )
