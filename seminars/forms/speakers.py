from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from seminars.forms import Watched
from seminars.models import Session, Speaker
from seminars.slugs import free_slug
from ui.folding import fold
from ui.forms import PatternModelForm


class SpeakerForm(PatternModelForm, Watched):
    """A speaker; an organisation of the exchange is recognised by its name, and any other is kept as it was typed."""

    body = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=160,
        help_text=_("One of the exchange is recognised by its name, in Welsh or in English"),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )

    class Meta:
        model = Speaker
        fields = ["name", "kind", "role_en", "role_cy", "email", "bio_en", "bio_cy"]
        widgets = {
            "kind": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 5}) for name in ("bio_en", "bio_cy")},
        }
        help_texts = {
            "email": _("The invitation goes there. Only organisers see it."),
            **dict.fromkeys(["role_en", "role_cy"], _("For example, Cabinet Member")),
        }
        error_messages = {"name": {"required": _("Enter the speaker’s name")}}

    field_order = ["name", "kind", "body", "role_en", "role_cy", "email", "bio_en", "bio_cy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["body"] = self.instance.affiliation

    def save(self, commit: bool = True) -> Speaker:
        typed, speaker = self.cleaned_data["body"].strip(), self.instance
        speaker.organisation, speaker.organisation_name = None, typed
        for organisation in Organisation.objects.named_like(typed)[:20] if typed else ():
            if fold(typed) in {fold(organisation.name_en), fold(organisation.name_cy)}:
                speaker.organisation, speaker.organisation_name = organisation, ""
        if not speaker.slug:
            speaker.slug = free_slug(Speaker.objects.all(), speaker.name, fallback="speaker")
        return super().save(commit)


class BiographyForm(PatternModelForm):
    """What a speaker says of themselves."""

    class Meta:
        model = Speaker
        fields = ["bio_en", "bio_cy"]
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in ("bio_en", "bio_cy")}
        labels = {"bio_en": _("About you, in English"), "bio_cy": _("About you, in Welsh")}


class AbstractForm(PatternModelForm):
    """What a session will be about, in the words of who holds it."""

    bilingual_required = ()

    class Meta:
        model = Session
        fields = ["abstract_en", "abstract_cy"]
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in ("abstract_en", "abstract_cy")}
        labels = {
            "abstract_en": _("What the session is about, in English"),
            "abstract_cy": _("What the session is about, in Welsh"),
        }
        help_texts = dict.fromkeys(
            ["abstract_en", "abstract_cy"], _("Paragraphs, lists and links in Markdown")
        )
