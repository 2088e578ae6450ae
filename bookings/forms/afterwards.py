"""What delegates say afterwards: how it was, what they will do, what came of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.feedback import Opinion
from bookings.forms.own_questions import add_questions
from bookings.forms.texts import LineField, LinesField
from bookings.models import Booking, Commitment, CommitmentReview, Feedback, FeedbackTheme, OwnQuestion
from bookings.opinions import USEFULNESS
from ui.forms import DayMonthYearField, PatternForm

Visibility = Commitment.Visibility


class FeedbackForm(PatternForm):
    usefulness = forms.TypedChoiceField(
        label=_("How useful was it for your work?"), choices=[*USEFULNESS.items()], coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    take_away = LinesField(
        label=_("What do you take away?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    recommend = forms.ChoiceField(
        label=_("Would you recommend it to a colleague?"),
        choices=Feedback.Recommend,
        widget=forms.RadioSelect,
    )
    comment = LinesField(
        label=_("Is there anything else?"), required=False, max_length=2000,
        help_text=_("What was missing, what was in the way, what we should keep."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, questions: Iterable[OwnQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names := add_questions(self, questions):
            self.groups = [(gettext("The organisers also ask"), names)]

    @property
    def opinion(self) -> Opinion:
        return Opinion(**{name: self.cleaned_data[name] for name in Opinion.__dataclass_fields__})


class CommitmentForm(PatternForm):
    text = LinesField(
        label=_("What will you do next?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing, small enough to begin with next week."),
    )  # fmt: skip
    by_when = DayMonthYearField(label=_("By when?"), required=False, help_text=_("For example 13 9 2026"))
    with_whom = LineField(
        label=_("With whom?"), required=False, max_length=200,
        help_text=_("Whoever may read this reads it, too: name a role or a team rather than a person."),
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who sees it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        names = ("text", "by_when", "with_whom", "visibility")
        initial = {name: getattr(commitment, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.commitment = commitment
        self.fields["text"].widget.attrs["lang"] = commitment.language
        self.fields["visibility"].choices = _choices(commitment.booking, commitment.visibility)  # type: ignore[attr-defined]

    def clean_by_when(self) -> Any:
        day = self.cleaned_data["by_when"]
        if day and day != self.commitment.by_when and day < timezone.localdate():
            raise forms.ValidationError(gettext("Choose a day that is still to come"))
        return day

    @property
    def filled_in(self) -> Commitment:
        for name, value in self.cleaned_data.items():
            setattr(self.commitment, name, value)
        return self.commitment


def _choices(booking: Booking, current: str) -> list[tuple[str, Any]]:
    """Nobody can share with an organisation that the exchange does not know."""
    body = booking.organisation
    told = [
        (
            Visibility.PRIVATE,
            gettext("Only I see it. The organisers see a number, and nothing of what it says."),
        )
    ]
    if body or current == Visibility.ORGANISATION:
        whose = {"organisation": body.tr("name") if body else ""}
        told.append(
            (
                Visibility.ORGANISATION,
                gettext("Members of my organisation see it, with my name: %(organisation)s") % whose,
            )
        )
    told.append(
        (
            Visibility.PUBLIC,
            gettext(
                "Everybody sees it, with my organisation, and without my name. My organisation sees my name."
            ),
        )
        if body
        else (Visibility.PUBLIC, gettext("Everybody sees it, without my name."))
    )
    return [(str(value), words) for value, words in told]


class FollowUpForm(PatternForm):
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=CommitmentReview.Outcome, widget=forms.RadioSelect
    )
    note = LinesField(
        label=_("What happened, and why?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    not_optional = {"note"}

    def __init__(self, *args: Any, review: CommitmentReview, **kwargs: Any) -> None:
        super().__init__(*args, initial={"outcome": review.outcome, "note": review.note}, **kwargs)
        self.fields["note"].help_text = {
            Visibility.PRIVATE: gettext("Needed where it stopped: why it did. Only you see it."),
            Visibility.ORGANISATION: gettext(
                "Needed where it stopped: why it did. Your organisation sees it."
            ),
            Visibility.PUBLIC: gettext(
                "Needed where it stopped: why it did. Everybody sees it, without your name."
            ),
        }[Visibility(review.commitment.visibility)]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if given and given.get("outcome") == CommitmentReview.Outcome.STOPPED and not given.get("note"):
            self.add_error("note", gettext("Say why it stopped: others learn most from that"))
        return given


class HeadingForm(PatternForm):
    name = LineField(
        label=_("Heading"), max_length=80, help_text=_("For example: time, the room, writing plainly."),
        error_messages={"required": _("Enter a heading")},
    )  # fmt: skip

    def __init__(self, *args: Any, theme: FeedbackTheme, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": theme.name}, **kwargs)
        self.theme = theme

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = FeedbackTheme.objects.filter(seminar=self.theme.seminar, name__iexact=name)
        if others.exclude(pk=self.theme.pk).exists():
            raise forms.ValidationError(gettext("There is such a heading already"))
        return name
