from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.domains import tidy
from people.models import Member, Membership, Organisation
from people.refusal import Refused
from ui.forms import PatternForm, PatternModelForm

ROLE_LABEL = _("Job title, or portfolio if you are a councillor")


class SignUpForm(PatternForm):
    """What the exchange asks beside e-mail and password; allauth mixes it into its own form."""

    field_order = ["name", "email", "password1", "kind", "role_text", "language"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    kind = forms.ChoiceField(
        label=_("Which are you?"),
        choices=Member.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what describes you best")},
    )
    role_text = forms.CharField(label=ROLE_LABEL, max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language of our e-mails to you"),
        choices=Member.Language.choices,
        widget=forms.RadioSelect,
        initial=lambda: (get_language() or "en")[:2],
        error_messages={"required": _("Choose a language")},
    )

    def signup(self, request: HttpRequest, user: Member) -> None:
        for name in ("name", "kind", "language", "role_text"):
            setattr(user, name, self.cleaned_data[name])
        user.save()


class ProfileForm(PatternModelForm):
    role_text = forms.CharField(label=ROLE_LABEL, max_length=120, required=False)
    field_order = ["name", "kind", "role_text", "bio", "is_visible", "language"]

    class Meta:
        model = Member
        fields = ["name", "kind", "language", "bio", "is_visible"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "kind": forms.RadioSelect,
            "language": forms.RadioSelect,
            "bio": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"kind": _("Which are you?"), "language": _("Language of our e-mails to you")}
        help_texts = {
            "bio": _("What you work on and what people may ask you about, in a few sentences"),
            "is_visible": _(
                "Your name, role and organisations, and what you wrote here. Never your e-mail address."
            ),
        }
        error_messages = {"name": {"required": _("Enter your name")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_text"].initial = self.instance.role_text

    def save(self, commit: bool = True) -> Member:
        self.instance.role_text = self.cleaned_data["role_text"]
        return super().save(commit)


class OrganisationFilter(PatternForm):
    """A GET form: every field may stay empty, and none is called optional."""

    not_optional = {"q", "kind", "nation", "region", "shared"}

    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    nation = forms.ChoiceField(label=_("Nation"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    shared = forms.ChoiceField(
        label=_("What they shared"),
        required=False,
        choices=[("", _("All")), ("yes", _("Write-ups or seminars"))],
    )

    CHOICES = {
        "kind": Organisation.Kind,
        "nation": Organisation.Nation,
        "region": Organisation.Region,
    }

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, auto_id="filter_%s", **kwargs)
        for name, choices in self.CHOICES.items():
            self.fields[name].choices = [("", _("All")), *choices.choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was asked for, without what makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def show_counts(self, counts: dict[str, dict[str, int]]) -> None:
        """Say behind each choice how many there are; leave out those that would give nothing."""
        for name in self.CHOICES:
            field, chosen = self.fields[name], self.data.get(name)
            field.choices = [("", _("All"))] + [  # type: ignore[attr-defined]
                (value, f"{label} ({counts[name].get(value, 0)})")
                for value, label in self.CHOICES[name].choices
                if counts[name].get(value) or value == chosen
            ]


def _https_first(field: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """An address typed without a scheme is https."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class OrganisationForm(PatternModelForm):
    class Meta:
        formfield_callback = _https_first
        model = Organisation
        fields = ["about_en", "about_cy", "website"]
        widgets = {
            "about_en": forms.Textarea(attrs={"rows": 6}),
            "about_cy": forms.Textarea(attrs={"rows": 6}),
            "website": forms.URLInput(attrs={"autocomplete": "url", "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("about_en", "about_cy"):
            self.fields[name].max_length = 2000  # type: ignore[attr-defined]


class DomainForm(PatternForm):
    domain = forms.CharField(
        label=_("Domain"),
        max_length=130,
        help_text=_("Whoever has a confirmed address there can join as a contributor."),
        error_messages={"required": _("Enter a domain, like gwynedd.llyw.cymru")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def clean_domain(self) -> str:
        try:
            return tidy(self.cleaned_data["domain"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class RoleForm(PatternForm):
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role")}
    )

    def __init__(self, *args: Any, by: Member, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = Membership.roles_given_by(by, organisation.pk)  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    field_order = ["email", "role"]

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only the person with this address can accept."),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address, like mair@gwynedd.llyw.cymru"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ClosingForm(PatternForm):
    """Closing an account cannot be undone: it asks for the password, or for the address where there is none."""

    name = forms.ChoiceField(
        label=_("What happens to what you published?"),
        choices=[
            ("keep", _("It stays under my name")),
            ("anonymous", _("It stays, without my name")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to your name")},
    )
    proof = forms.CharField(max_length=254)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        proof = self.fields["proof"]
        if member.has_usable_password():
            proof.label = _("Your password")
            proof.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
            proof.error_messages["required"] = _("Enter your password")
        else:
            proof.label = _("Type your e-mail address to confirm")
            proof.widget = forms.EmailInput(attrs={"autocomplete": "off"})
            proof.error_messages["required"] = _("Enter your e-mail address")

    def clean_proof(self) -> str:
        given = self.cleaned_data["proof"]
        if self.member.has_usable_password():
            if not self.member.check_password(given):
                raise ValidationError(_("This is not your password"))
        elif given.strip().lower() != self.member.email.lower():
            raise ValidationError(_("This is not your e-mail address"))
        return given


class AuditFilter(PatternForm):
    not_optional = {"verb", "q"}

    q = forms.CharField(
        label=_("Who, or what it was done to"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    verb = forms.ChoiceField(label=_("What was done"), required=False)

    def __init__(self, data: Any, verbs: list[tuple[str, Any]]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["verb"].choices = [("", _("Everything")), *verbs]  # type: ignore[attr-defined]
