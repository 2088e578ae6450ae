"""The groups of a write-up's fields, a page each."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from learning.forms.base import PartForm
from learning.models import Lesson, WriteUp
from people.access import organisations_as
from people.models import Organisation
from people.models.membership import Role
from seminars.models import Seminar
from themes.models import Tag, Theme
from ui.fields import DayMonthYearField
from ui.names import NamesField, suggestions

MOST_TAGS = 15
MOST_SUGGESTED = 300


class ByFramework(ModelChoiceIterator):
    """Themes under the name of their framework."""

    def __iter__(self) -> Iterator[Any]:
        names = dict(Theme.Framework.choices)
        groups: dict[str, list[Any]] = {}
        for theme in self.queryset.all():
            groups.setdefault(str(names[theme.framework]), []).append(self.choice(theme))
        yield from groups.items()


class ThemesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "compact"})
    iterator = ByFramework

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.all(), required=False, **kwargs)


class AboutForm(PartForm):
    partners = NamesField(
        label=_("Other organisations"),
        column="name",
        queryset=Organisation.objects.all(),
        required=False,
        help_text=_("Others that took part. Write their names, with semicolons between them"),
    )
    seminars = NamesField(
        label=_("Seminars"),
        column="title",
        queryset=Seminar.objects.none(),
        required=False,
        help_text=_("The seminars that it came from, with semicolons between them"),
    )

    class Meta:
        model = WriteUp
        fields = [
            "title_en", "title_cy", "summary_en", "summary_cy", "kind", "organisation", "partners", "seminars",
        ]  # fmt: skip
        widgets = {
            "summary_en": forms.Textarea(attrs={"rows": 4}),
            "summary_cy": forms.Textarea(attrs={"rows": 4}),
            "kind": forms.RadioSelect,
        }
        help_texts = {
            "summary_en": _("Two or three plain sentences that a councillor can read in a minute"),
            "summary_cy": _("Two or three plain sentences that a councillor can read in a minute"),
            "organisation": _("Its editors look after the write-up"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.organisation_id
        if not getattr(self.member, "is_staff", False):
            mine = {*organisations_as(self.member, Role.CONTRIBUTOR), kept}
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        # What a colleague attached stays, even if this member does not see it elsewhere.
        attached = self.instance.seminars.values("pk") if self.instance.pk else []
        seminars = Seminar.objects.filter(
            models.Q(pk__in=Seminar.objects.visible_to(self.member).values("pk")) | models.Q(pk__in=attached)
        )
        self.fields["seminars"].queryset = seminars.order_by("-created_at")  # type: ignore[attr-defined]
        for name in ("partners", "seminars"):
            self.fields[name].suggest(f"known-{name}")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The organisation that looks after it is not named a second time among the others."""
        data = super().clean() or self.cleaned_data
        if data.get("organisation") and "partners" in data:
            data["partners"] = data["partners"].exclude(pk=data["organisation"].pk)
        return data

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        return suggestions(self.fields.values())


class StoryForm(PartForm):
    class Meta:
        model = WriteUp
        fields = ["body_en", "body_cy"]
        help_texts = {
            "body_en": _("What happened, who it was for, what you did and why"),
            "body_cy": _("What happened, who it was for, what you did and why"),
        }


class ResultsForm(PartForm):
    class Meta:
        model = WriteUp
        fields = [
            "what_worked_en", "what_worked_cy", "what_did_not_en", "what_did_not_cy", "challenge_en", "challenge_cy",
        ]  # fmt: skip
        help_texts = {
            "what_did_not_en": _("The part that others learn most from"),
            "what_did_not_cy": _("The part that others learn most from"),
            "challenge_en": _("What you ask the readers to do where they work"),
            "challenge_cy": _("What you ask the readers to do where they work"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["rows"] = 6


class FilingForm(PartForm):
    themes = ThemesField(
        label=_("Themes"),
        help_text=_(
            "Councillors find it by these. Two or three are enough; one is needed before it is published"
        ),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=500,
        help_text=_("Words of your own, with commas between them, in Welsh or in English"),
        widget=forms.TextInput(attrs={"list": "known-tags", "data-combobox": "", "data-several": ""}),
    )

    class Meta:
        model = WriteUp
        fields = ["themes"]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "tags":
            return ", ".join(sorted(self.instance.tags.names())) if self.instance.pk else ""
        return super().get_initial_for_field(field, field_name)

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """The words that are in use, the most used first."""
        used = Tag.objects.annotate(uses=models.Count("tagged")).filter(uses__gt=0).order_by("-uses", "name")
        return [("known-tags", list(used.values_list("name", flat=True)[:MOST_SUGGESTED]))]

    def clean_tags(self) -> str:
        names = [" ".join(name.split()) for name in self.cleaned_data["tags"].split(",")]
        names = [name for name in dict.fromkeys(names) if name]
        if len(names) > MOST_TAGS:
            raise ValidationError(_("Give at most %(most)s tags") % {"most": MOST_TAGS})
        if long := [name for name in names if len(name) > 60]:
            raise ValidationError(
                _("A tag has at most 60 letters: shorten “%(tag)s…”") % {"tag": long[0][:20]}
            )
        return ", ".join(sorted(names))

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        if "tags" in self.cleaned_data:
            self.instance.tags.set(Tag.named(self.cleaned_data["tags"].split(",")))


class SourceForm(PartForm):
    original_url = forms.URLField(
        label=_("Its address there"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a whole web address, like https://example.wales/page")},
    )
    original_published_at = DayMonthYearField(
        label=_("Its date there"), required=False, help_text=_("For example, 5 10 2016")
    )
    review_on = DayMonthYearField(
        label=_("Review date"),
        required=False,
        help_text=_(
            "On this day we ask you whether it is still running. Without one, a year after publication"
        ),
    )
    groups = [
        (_("Where it first appeared"), ["original_name", "original_url", "original_published_at"]),
        (_("What readers may do with it"), ["licence"]),
        (_("Later"), ["review_on"]),
    ]

    class Meta:
        model = WriteUp
        fields = ["original_name", "original_url", "original_published_at", "licence", "review_on"]
        labels = {"original_name": _("Name of the blog or publication")}
        widgets = {"licence": forms.RadioSelect}


class LessonForm(PartForm):
    themes = ThemesField(label=_("Themes of this lesson"))

    class Meta:
        model = Lesson
        fields = ["title_en", "title_cy", "body_en", "body_cy", "themes"]
        help_texts = {
            "title_en": _("The whole lesson in one sentence"),
            "title_cy": _("The whole lesson in one sentence"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body_en", "body_cy"):
            self.fields[name].widget.attrs["rows"] = 8


PARTS: dict[str, type[PartForm]] = {
    "about": AboutForm,
    "story": StoryForm,
    "results": ResultsForm,
    "filing": FilingForm,
    "source": SourceForm,
}
# In the order of the pages; lessons, authors, images and check have pages of their own.
STEPS: dict[str, Any] = {
    "about": _("About"),
    "story": _("The story"),
    "lessons": _("Lessons"),
    "results": _("What worked and what did not"),
    "authors": _("Authors"),
    "filing": _("Themes and tags"),
    "source": _("Source and licence"),
    "images": _("Images"),
    "check": _("Check and submit"),
}
