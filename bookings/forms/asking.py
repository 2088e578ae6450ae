from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.models import Question
from seminars.models import SeminarDate, Session
from ui.bilingual import either
from ui.forms import PatternForm


def sessions_of(seminar_date: SeminarDate) -> QuerySet[Session]:
    """What questions can be about: everything in the date's programme but its breaks."""
    return (
        Session.objects.filter(runs__slot__seminar_date=seminar_date)
        .exclude(kind=Session.Kind.BREAK)
        .distinct()
        .order_by("position")
    )


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return either(obj, "title")


class QuestionForm(PatternForm):
    text = forms.CharField(
        label=_("Your question"),
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("An organiser looks at it before others see it."),
    )
    session = SessionField(
        Session.objects.none(),
        label=_("Which session is it about?"),
        required=False,
        empty_label=_("The whole day"),
    )
    with_name = forms.BooleanField(label=_("Show my name beside it"), required=False)

    def __init__(self, *args: Any, seminar_date: SeminarDate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions_of(seminar_date)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())
