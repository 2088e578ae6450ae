"""What delegates type about their own bookings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bookings.forms.organisations import recognise
from bookings.forms.own_questions import add_questions, answers
from bookings.forms.texts import LineField, LinesField
from bookings.forms.workshops import WorkshopsForm
from bookings.models import OwnQuestion, Pool
from bookings.taking import Person
from people.models import Member
from seminars.models import Run
from ui.forms import PatternForm

MOST = 1000


class AboutFields(forms.Form):
    """Who comes, and how others know them."""

    name = LineField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter a name")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    body = LineField(
        label=_("Organisation"), required=False, max_length=160,
        help_text=_("Choose one from the list, or type another"),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Role"), choices=Member.Kind, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Which language?"), choices=Member.Language, widget=forms.RadioSelect,
        help_text=_("For our letters, and so that the organisers know whether to arrange interpretation"),
    )  # fmt: skip
    is_on_list = forms.BooleanField(
        label=_("Other delegates may see my name and organisation"), required=False
    )
    access = LinesField(
        label=_("What is needed to take part?"), required=False, max_length=MOST,
        help_text=_("For example a hearing loop, British Sign Language, or somebody who comes along."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    dietary = LinesField(
        label=_("Dietary needs"), required=False, max_length=MOST, widget=forms.Textarea(attrs={"rows": 2})
    )

    def promise(self, deleted_on: str, *, eats: bool) -> tuple[Any, ...]:
        """The group of needs; the promise stands beside the question."""
        if not eats:
            del self.fields["dietary"]
        hint = gettext("Only the organisers see it. It is deleted on %(day)s.") % {"day": deleted_on}
        return (_("Needs"), hint, ["access", "dietary"])

    def told(self, person: Person) -> Person:
        given = self.cleaned_data
        organisation = recognise([given["body"]]).get(given["body"])
        known = ("name", "kind", "language", "is_on_list", "access", "dietary")
        return replace(
            person,
            organisation=organisation,
            organisation_name="" if organisation else given["body"],
            **{name: given[name] for name in known if name in given},
        )


class DetailsForm(AboutFields, PatternForm):
    """A delegate's own details, with their answers to the organisers' questions."""

    def __init__(
        self,
        *args: Any,
        person: Person,
        deleted_on: str,
        eats: bool,
        questions: Sequence[OwnQuestion],
        **kwargs: Any,
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
        self.fields["name"].help_text = gettext("To give the place to somebody else, hand the booking over.")
        # What was once told stays there to be taken back.
        self.groups = [self.promise(deleted_on, eats=eats or bool(person.dietary))]
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

    def __init__(self, *args: Any, deleted_on: str, eats: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether others may see the name, the colleague alone can say.
        del self.fields["is_on_list"]
        self.groups = [self.promise(deleted_on, eats=eats)]

    @property
    def colleague(self) -> Person:
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
        self.groups = [
            (gettext("Workshops, %(time)s") % {"time": slot}, names) for slot, names in self.groups
        ]
        field = self.fields["attendance"]
        field.choices = [(pool.attendance, _way(pool, what_happens[pool.pk])) for pool in pools]  # type: ignore[attr-defined]
        ways = [pool.attendance for pool in pools]
        self.initial["attendance"] = preferred if preferred in ways else next(iter(ways), "")


def places_left(pool: Pool, waiting: int = 0) -> str:
    if pool.free and not waiting:
        return ngettext("%(left)s place left", "%(left)s places left", pool.free) % {"left": pool.free}
    if not waiting:
        return gettext("full")
    return ngettext("full: %(waiting)s person waits", "full: %(waiting)s people wait", waiting) % {
        "waiting": waiting
    }


def _way(pool: Pool, what_happens: str) -> str:
    return format_html(
        '{}<br><span class="choice-about">{}</span>', pool.get_attendance_display(), what_happens
    )
