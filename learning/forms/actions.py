"""Forms that start something, or go with a verb."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning import images
from learning.models import Author, Image, WriteUp
from people.access import organisations_as
from people.models import Member, Organisation
from people.models.membership import Role
from ui.bilingual import reader_language
from ui.fields import DayMonthYearField, TimeField
from ui.forms import PatternForm, PatternModelForm

LONDON = ZoneInfo("Europe/London")
LANGUAGES = [("cy", _("Welsh")), ("en", _("English"))]


def organisations_of(member: Any) -> models.QuerySet[Organisation]:
    if getattr(member, "is_staff", False):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=organisations_as(member, Role.CONTRIBUTOR))


class StartForm(PatternForm):
    """A snapshot: what it is, and up to three lessons, in the language one writes in."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give it a title; you can change it later")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=WriteUp.Kind,
        widget=forms.RadioSelect,
        initial=WriteUp.Kind.REFLECTION,
        error_messages={"required": _("Choose what it is")},
    )
    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"),
        queryset=Organisation.objects.none(),
        error_messages={"required": _("Choose an organisation")},
    )
    language = forms.ChoiceField(
        label=_("In which language do you write now?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("The other language can be added at any time, by you or by a colleague"),
        error_messages={"required": _("Choose the language that you write in")},
    )
    lesson_1 = forms.CharField(
        label=_("First lesson"),
        max_length=250,
        help_text=_("One sentence that somebody else could use tomorrow"),
        error_messages={"required": _("Write at least one lesson")},
    )
    lesson_2 = forms.CharField(label=_("Second lesson"), max_length=250, required=False)
    lesson_3 = forms.CharField(label=_("Third lesson"), max_length=250, required=False)

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organisations_of(member)
        field: Any = self.fields["organisation"]
        field.queryset = mine
        if len(only := list(mine[:2])) == 1:
            field.initial = only[0].pk
            field.empty_label = None
        self.fields["language"].initial = reader_language()

    @property
    def lessons(self) -> list[str]:
        given = (self.cleaned_data[f"lesson_{n}"].strip() for n in (1, 2, 3))
        return [lesson for lesson in given if lesson]


class ColleagueForm(PatternForm):
    """A member of one's own organisations becomes an author at once."""

    member = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Member.objects.none(),
        error_messages={
            "required": _("Choose a colleague"),
            "invalid_choice": _("Choose a colleague from the list"),
        },
    )

    def __init__(self, *args: Any, member: Any, write_up: WriteUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organisations_as(member, Role.CONTRIBUTOR)
        field: Any = self.fields["member"]
        field.empty_label = _("Choose a colleague")
        field.queryset = (
            Member.objects.filter(
                memberships__organisation__in=mine, memberships__confirmed_at__isnull=False, is_active=True
            )
            .exclude(pk__in=write_up.authors.filter(member__isnull=False).values("member"))
            .distinct()
            .order_by("name")
        )


class InvitationForm(PatternForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "We write to this address and ask them to sign. You are not told whether they have an account"
        ),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address like name@example.wales"),
        },
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Author.Role, initial=Author.Role.COUNCILLOR)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class AuthorForm(PatternModelForm):
    """How an author is named; of somebody without an account, the whole of it."""

    class Meta:
        model = Author
        fields = ["name", "role", "organisation", "organisation_name"]
        labels = {"organisation_name": _("Or another organisation, in words")}
        error_messages = {"name": {"required": _("Enter a name")}}


class ImageForm(PatternModelForm):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, smaller than 10 MB"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choose a picture"), "empty": _("The file is empty")},
    )
    field_order = ["file", "alternative_en", "alternative_cy"]

    class Meta:
        model = Image
        fields = ["alternative_en", "alternative_cy"]

    picture: Any = None

    def clean_file(self) -> Any:
        self.picture = images.opened(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class AlternativeForm(PatternModelForm):
    class Meta:
        model = Image
        fields = ["alternative_en", "alternative_cy"]


class NoteForm(PatternForm):
    note = forms.CharField(
        label=_("What should change?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The writers are sent these words"),
        error_messages={"required": _("Say what should change")},
    )


class ReasonForm(PatternForm):
    reason_en = forms.CharField(label=_("Reason in English"), max_length=300, required=False)
    reason_cy = forms.CharField(label=_("Reason in Welsh"), max_length=300, required=False)
    not_optional = {"reason_en", "reason_cy"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("reason_en", "").strip() or data.get("reason_cy", "").strip()) and not self.errors:
            self.add_error(
                f"reason_{reader_language()}", _("Say why it is withdrawn, in Welsh or in English")
            )
        return data


class ScheduleForm(PatternForm):
    day = DayMonthYearField(label=_("Publish on"), help_text=_("For example, 5 10 2027"))
    time = TimeField(label=_("At"), initial=datetime.time(9, 0))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("time"):
            moment = datetime.datetime.combine(data["day"], data["time"], tzinfo=LONDON)
            if moment <= timezone.now():
                raise ValidationError({"day": _("Choose a time that is still to come")})
            if moment > timezone.now() + datetime.timedelta(days=3 * 365):
                raise ValidationError({"day": _("Choose a time within the next three years")})
            data["on"] = moment
        return data
