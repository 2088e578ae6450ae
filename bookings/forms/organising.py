"""What organisers type about bookings: for whom, where to, and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bookings import bounces
from bookings.forms.narrowing import NarrowingForm
from bookings.forms.organisations import recognise
from bookings.forms.workshops import TheirWorkshopsForm
from bookings.models import Booking, Group, Place, Pool
from bookings.taking import Person
from people.models import Member, Organisation
from seminars.models import Run, SeminarDate
from ui.bilingual import either
from ui.dates import weekday
from ui.forms import PatternForm
from ui.sorting import reading_key


class PersonFields(forms.Form):
    """Who a booking is for."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the person’s name")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Enter the person’s e-mail address"),
            "invalid": _("Enter an e-mail address, like name@example.wales"),
        },
    )
    body = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=160,
        help_text=_("One of the exchange is recognised by its name, in Welsh or in English"),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Member.Kind,
        widget=forms.RadioSelect,
        initial=Member.Kind.OFFICER,
    )
    language = forms.ChoiceField(
        label=_("Which language do they want to use?"),
        choices=Member.Language,
        widget=forms.RadioSelect,
        help_text=_("Letters go to them in this language"),
        error_messages={"required": _("Choose the language that they want to use")},
    )

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        typed = given["body"].strip()
        organisation = recognise([typed]).get(typed)
        return Person(
            name=given["name"],
            email=given["email"],
            organisation=organisation,
            organisation_name="" if organisation else typed,
            kind=given["kind"],
            language=given["language"],
            access=given.get("access", ""),
            dietary=given.get("dietary", ""),
        )


class DetailsForm(PersonFields, PatternForm):
    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": booking.name,
            "email": booking.email,
            "body": booking.affiliation,
            "kind": booking.kind,
            "language": booking.language,
        }
        super().__init__(*args, **kwargs)
        self.fields["email"].required = not booking.booked_by_email
        if booking.email:
            self.fields["email"].help_text = gettext(
                "At another address, the old link opens nothing any more, and a letter with a new one goes there"
            )


class NewBookingForm(PersonFields, TheirWorkshopsForm):
    """A booking that an organiser makes for somebody, with their workshops."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label=_("How do they take part?"), widget=forms.RadioSelect)
    access = forms.CharField(
        label=_("What they need to take part"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dietary = forms.CharField(
        label=_("What they cannot eat, or need to eat"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, pools: Sequence[Pool], deleted_on: str, runs: Sequence[Run], **kwargs: Any
    ) -> None:
        super().__init__(*args, runs=runs, **kwargs)
        self.fields["attendance"].choices = [(pool.attendance, _with_free(pool)) for pool in pools]  # type: ignore[attr-defined]
        self.initial.setdefault("attendance", pools[0].attendance if pools else "")
        about = gettext("Only if they told you. It is deleted on %(day)s.") % {"day": deleted_on}
        self.groups = [
            (_("Who comes?"), ["name", "email", "body", "kind", "language", "attendance"]),
            *self.groups,
            (_("Needs"), about, ["access", "dietary"]),
        ]
        self.not_optional = {*self.fields} - {"body", "access", "dietary"}


def _with_free(pool: Pool) -> str:
    free = ngettext("%(free)s place free", "%(free)s places free", pool.free) % {"free": pool.free}
    return f"{pool.get_attendance_display()} ({free})"


class ReasonForm(PatternForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason")},
    )

    def __init__(self, *args: Any, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class MoveForm(PatternForm):
    """To another date of the seminar, or to another way of taking part on this one."""

    to = forms.ChoiceField(
        label=_("Where to?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the booking moves to")},
    )

    def __init__(self, *args: Any, pools: Sequence[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pools = {str(pool.pk): pool for pool in pools}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (key, f"{_told(pool.seminar_date)}: {_with_free(pool)}") for key, pool in self.pools.items()
        ]

    @property
    def pool(self) -> Pool:
        return self.pools[self.cleaned_data["to"]]


def _told(date: SeminarDate) -> str:
    where = date.venue.tr("town") if date.venue else gettext("online")
    return f"{weekday(date.local_start)}, {where}"


class ListFilter(NarrowingForm):
    """What the list of a date's bookings is narrowed by; nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Name, code or e-mail address"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    attendance = forms.ChoiceField(label=_("Attendance"), required=False)
    run = forms.ChoiceField(label=_("Workshop"), required=False)
    place = forms.ChoiceField(label=_("Place in a workshop"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    letters = forms.ChoiceField(label=_("Letters"), required=False)
    group = forms.IntegerField(label=_("Of one group"), required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, runs: Sequence[Run], organisations: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        everything = [("", gettext("All"))]
        named = sorted(organisations, key=lambda one: reading_key(either(one, "name")))
        choices: dict[str, list[Any]] = {
            "state": [
                ("live", gettext("All who come or wait")),
                ("booked", gettext("All who have booked")),
                *Booking.State.choices,
            ],
            "attendance": [*Pool.Attendance.choices],
            "run": [(str(run.pk), f"{run.slot.clock} {run.session}") for run in runs],
            "place": [
                (Place.State.CONFIRMED, gettext("Has a place")),
                (Place.State.WAITING, gettext("Waits in its queue")),
                (Place.State.WANTED, gettext("Wants it")),
            ],
            "sector": [*Organisation.Kind.choices],
            "region": [*Organisation.Region.choices],
            "letters": [("back", gettext("Come back"))],
            "organisation": [("0", gettext("None of the exchange"))]
            + [(str(one.pk), str(one)) for one in named],
            "kind": [*Member.Kind.choices],
            "language": [*Member.Language.choices],
        }
        for name, given in choices.items():
            self.fields[name].choices = everything + given  # type: ignore[attr-defined]

    def narrow(self, found: Any) -> Any:
        """The bookings that fit."""
        for name, value in self._given.items():
            found = getattr(self, f"_by_{name}")(found, value)
        return found

    def _by_q(self, found: Any, words: str) -> Any:
        return found.search(words)

    def _by_state(self, found: Any, state: str) -> Any:
        whole = {"live": found.live, "booked": found.booked}
        return whole[state]() if state in whole else found.filter(state=state)

    def _by_attendance(self, found: Any, attendance: str) -> Any:
        return found.filter(pool__attendance=attendance)

    def _by_run(self, found: Any, run: str) -> Any:
        return self._with_place(found, run=int(run))

    def _by_place(self, found: Any, state: str) -> Any:
        """In the workshop that is chosen as well, or in any."""
        run = self.cleaned_data.get("run")
        return self._with_place(found, state=state, **({"run": int(run)} if run else {}))

    def _with_place(self, found: Any, **which: Any) -> Any:
        return found.filter(pk__in=Place.objects.filter(**which).values("booking"))

    def _by_sector(self, found: Any, kind: str) -> Any:
        return found.filter(organisation__kind=kind)

    def _by_region(self, found: Any, region: str) -> Any:
        return found.filter(organisation__region=region)

    def _by_letters(self, found: Any, _back: str) -> Any:
        return bounces.unreachable(found)

    def _by_organisation(self, found: Any, organisation: str) -> Any:
        return found.filter(organisation=int(organisation) or None)

    def _by_kind(self, found: Any, kind: str) -> Any:
        return found.filter(kind=kind)

    def _by_language(self, found: Any, language: str) -> Any:
        return found.filter(language=language)

    def _by_group(self, found: Any, group: int) -> Any:
        return found.filter(group__in=Group.objects.filter(pk=group))
