import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.forms.organisations import recognise
from bookings.forms.texts import LineField
from bookings.models import Pool
from bookings.taking import Person
from people.models import Member
from ui.bilingual import reader_language
from ui.forms import PatternForm


class WalkInForm(PatternForm):
    """Somebody at the door who has not booked: a name is enough."""

    name = LineField(label=_("Name"), max_length=120, error_messages={"required": _("Enter a name")})
    body = LineField(
        label=_("Organisation"), required=False, max_length=160,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Member.Kind, widget=forms.RadioSelect, initial=Member.Kind.OFFICER
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254,
        help_text=_("For the certificate and the questions afterwards"),
        error_messages={"invalid": _("Enter an e-mail address, like mair@gwynedd.llyw.cymru")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Which language?"), choices=Member.Language, widget=forms.RadioSelect
    )
    attendance = forms.ChoiceField(label=_("Attendance"), choices=Pool.Attendance, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pools: list[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever stands at the door is in the room.
        here = [pool.attendance for pool in pools if pool.attendance == Pool.Attendance.IN_PERSON]
        self.initial.setdefault("attendance", here[0] if here else Pool.Attendance.ONLINE)
        self.initial.setdefault("language", reader_language())
        self.initial.setdefault("key", uuid.uuid4())

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        organisation = recognise([given["body"]]).get(given["body"])
        return Person(
            given["name"],
            given["email"],
            organisation=organisation,
            organisation_name="" if organisation else given["body"],
            kind=given["kind"],
            language=given["language"],
        )
