from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.access import organisations_as
from people.models import Organisation
from people.models.membership import Role
from seminars.forms import say_stale
from seminars.models import Seminar, Series
from themes.models import Theme
from themes.tagging import LONGEST, known, parse_tags
from ui.forms import DayMonthYearField, PatternForm, PatternModelForm


def organisations_of(member: Any) -> Any:
    """Those that the member may host a seminar for."""
    everyone = Organisation.objects.all()
    return everyone if member.is_staff else everyone.filter(pk__in=organisations_as(member, Role.ORGANISER))


def theme_choices() -> list[tuple[Any, list[tuple[int, str]]]]:
    """The exchange's own themes first, then what the Act names, each under its heading."""
    themes = list(Theme.objects.order_by("position"))
    headings = {
        Theme.Framework.EDITORIAL: _("Themes of the exchange"),
        Theme.Framework.GOAL: _("Well-being goals"),
        Theme.Framework.WAY: _("Ways of working"),
    }
    groups: list[tuple[Any, list[tuple[int, str]]]] = [
        (heading, [(theme.pk, str(theme.tr("name"))) for theme in themes if theme.framework == framework])
        for framework, heading in headings.items()
    ]
    return [(heading, choices) for heading, choices in groups if choices]


class SeminarForm(PatternModelForm):
    """What a seminar is about. It carries the time of the version it was made from, so that nobody's save is lost."""

    tag_list = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=300,
        help_text=_("With commas between: digital, public services"),
    )
    new_series_en = forms.CharField(label=_("New series, in English"), required=False, max_length=200)
    new_series_cy = forms.CharField(label=_("New series, in Welsh"), required=False, max_length=200)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    groups = (
        (_("About"), ["title_en", "title_cy", "summary_en", "summary_cy", "focus_en", "focus_cy"]),
        (
            _("Who it is for, and what they take home"),
            ["outcomes_en", "outcomes_cy", "audience_en", "audience_cy"],
        ),
        (
            _("Where it belongs"),
            ["organisation", "series", "new_series_en", "new_series_cy", "themes", "tag_list"],
        ),
    )

    class Meta:
        model = Seminar
        fields = [
            "title_en", "title_cy", "summary_en", "summary_cy", "focus_en", "focus_cy", "outcomes_en", "outcomes_cy",
            "audience_en", "audience_cy", "organisation", "series", "themes",
        ]  # fmt: skip
        widgets = {
            **{
                f"{name}_{language}": forms.Textarea(attrs={"rows": rows})
                for language in ("en", "cy")
                for name, rows in {"summary": 2, "focus": 7, "outcomes": 5, "audience": 3}.items()
            },
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            **dict.fromkeys(["focus_en", "focus_cy"], _("Paragraphs, lists and links in Markdown")),
            **dict.fromkeys(["outcomes_en", "outcomes_cy"], _("One a line")),
        }

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organisations_of(member)
        host: Any = self.fields["organisation"]
        host.queryset, host.empty_label = mine, _("Choose an organisation")
        # An unsaved instance gives `None` for every field, so there is an initial value already, but no choice in it.
        if not self.instance.pk and not self.initial.get("organisation") and len(mine) == 1:
            self.initial["organisation"] = mine[0].pk
        series = Series.objects.filter(organisation__in=mine)
        if self.instance.series_id:
            series |= Series.objects.filter(pk=self.instance.series_id)
        one_of: Any = self.fields["series"]
        one_of.queryset, one_of.empty_label = series, _("No series, or a new one below")
        self.fields["themes"].choices = theme_choices()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["tag_list"] = ", ".join(self.instance.tags.names())
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean_tag_list(self) -> list[str]:
        names = parse_tags(self.cleaned_data["tag_list"])
        if any(len(name) > LONGEST for name in names):
            raise forms.ValidationError(_("A tag is too long. Put commas between tags."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("series") and (cleaned.get("new_series_en") or cleaned.get("new_series_cy")):
            self.add_error("series", _("Choose a series or make a new one, not both"))
        if self.instance.pk and cleaned.get("seen") != self.instance.updated_at.isoformat():
            say_stale(self, self.instance.updated_at.isoformat())
        return cleaned

    def save(self, commit: bool = True) -> Seminar:
        cleaned = self.cleaned_data
        if cleaned["new_series_en"] or cleaned["new_series_cy"]:
            self.instance.series = Series.objects.create(
                title_en=cleaned["new_series_en"],
                title_cy=cleaned["new_series_cy"],
                organisation=cleaned["organisation"],
            )
        seminar: Seminar = super().save(commit)
        seminar.tags.set(known(cleaned["tag_list"]))
        return seminar


class CopyForm(PatternForm):
    first_day = DayMonthYearField(
        label=_("When is its first date?"),
        help_text=_("Other dates follow at the same distance, all at the same times of the day"),
    )
