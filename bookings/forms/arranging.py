"""What organisers type about how a date is booked."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.arranging import why_not_then
from bookings.models import BookingRules, Pool
from people.refusal import Refused
from seminars.forms import Watched, heed_changes, version
from seminars.local_time import to_utc
from seminars.models import SeminarDate
from ui.dates import weekday
from ui.forms import DayMonthYearField, PatternForm, PatternModelForm, TimeField

MOST_PLACES = 100_000
MOST_REMINDERS, LONGEST_REMINDER = 5, 1000


def number_box() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4", "autocomplete": "off"})


def number_field(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=number_box(),
        error_messages={"invalid": _("Enter a whole number, like 30")},
        **more,
    )


# -- places -------------------------------------------------------------------------------------------------------


class NewPoolForm(PatternForm):
    attendance = forms.ChoiceField(label=_("How do people take part?"), widget=forms.RadioSelect)
    capacity = number_field(_("Places"), 0, MOST_PLACES)

    def __init__(self, *args: Any, ways: list[tuple[str, Any]], largest: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = ways  # type: ignore[attr-defined]
        self.fields["capacity"].help_text = largest


class NumberForm(PatternForm):
    """A number of places; it notices a save in between."""

    number = ""
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any) -> None:
        self.saved = {self.number: getattr(pool, self.number)}
        super().__init__(*args, initial={**self.saved, "seen": version(self.saved)}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        heed_changes(self, self.saved)
        return cleaned


class CapacityForm(NumberForm):
    number = "capacity"
    capacity = number_field(_("Places"), 0, MOST_PLACES)

    def __init__(self, *args: Any, largest: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].help_text = largest


class LoweringForm(PatternForm):
    """What happens to those who are too many; `whom` are the keys of those who are shown."""

    then = forms.ChoiceField(label=_("What happens to them?"), widget=forms.RadioSelect)
    capacity = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_PLACES)
    whom = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["then"].choices = choices  # type: ignore[attr-defined]

    def clean_whom(self) -> list[int]:
        return [int(word) for word in self.cleaned_data["whom"].split() if word.isdecimal()]


class ExtraForm(NumberForm):
    number = "extra"
    extra = number_field(
        _("Extra places"),
        0,
        1000,
        help_text=_("Above the number of places. 0 takes them back, as far as they are free."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_(
            "Kept for good, for colleagues who ask why. Name nobody, and say nothing of what somebody needs."
        ),
    )


class DateChoice(forms.ModelChoiceField):
    def label_from_instance(self, date: SeminarDate) -> str:
        where = date.venue.tr("town") if date.venue else gettext("online")
        return f"{weekday(date.local_start)}, {where}"


class CopyForm(PatternForm):
    source = DateChoice(
        SeminarDate.objects.none(), label=_("From which date?"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]


# -- rules --------------------------------------------------------------------------------------------------------


class RulesForm(PatternModelForm, Watched):
    """The rules of a date, each explained; the time of the draw is on the clock of its place."""

    draws_day = DayMonthYearField(
        label=_("Day of the draw"), required=False, help_text=_("Only if the workshops are drawn")
    )
    draws_time = TimeField(
        label=_("Time of the draw"),
        required=False,
        help_text=_("By the clock of the place. You can draw earlier; otherwise it happens then by itself."),
    )

    class Meta:
        model = BookingRules
        fields = [
            "needs_approval",
            "no_show_limit",
            "workshops",
            "hours_to_answer",
            "reminders",
            "joining_opens_minutes",
            "most_in_group",
            "has_delegate_list",
            "has_questions",
            "answers_to",
            "keep_needs_days",
            "keep_bookings_months",
        ]
        widgets = {
            "workshops": forms.RadioSelect,
            "reminders": forms.TextInput(attrs={"class": "w-10"}),
            **{
                name: number_box()
                for name in (
                    "no_show_limit",
                    "hours_to_answer",
                    "joining_opens_minutes",
                    "most_in_group",
                    "keep_needs_days",
                    "keep_bookings_months",
                )
            },
        }
        help_texts = {
            "needs_approval": _("Until then a booking holds no place. Leave it off if everybody may come."),
            "no_show_limit": _(
                "Who missed so many of your organisation’s dates within a year waits for approval. Empty: no such rule."
            ),
            "workshops": _(
                "First come: a place is given at once, and a full workshop has a queue. Drawn: delegates rank what they "
                "want, and lots decide fairly; what is left goes to whoever comes first."
            ),
            "hours_to_answer": _(
                "When a place becomes free, the first in the queue is offered it for so long. Counted from 9:00 to "
                "17:00 on working days; 8 are a day. Never longer than booking is open."
            ),
            "reminders": _(
                "Whole numbers with spaces between them: 168 24 is a week and a day before. At most five."
            ),
            "joining_opens_minutes": _("Confirmed delegates see the link to join online from then on."),
            "most_in_group": _("How many people one form can book for, from 1 to 10"),
            "has_delegate_list": _("Each delegate says whether they want to be on it."),
            "has_questions": _("On the day, from a telephone; others vote for them."),
            "answers_to": _(
                "An e-mail address of yours that delegates may know. Without one, letters lead to the page of the organisation."
            ),
            "keep_needs_days": _(
                "After the date. What people need is promised to be deleted by then; a change counts for needs "
                "that are given from now on."
            ),
            "keep_bookings_months": _(
                "After the date, and 13 at least: delegates are asked for a year what came of their commitments."
            ),
        }

    groups: Any = (
        (_("Who gets a place"), ["needs_approval", "no_show_limit", "most_in_group"]),
        (_("Workshops"), ["workshops", "draws_day", "draws_time"]),
        (_("The queue"), ["hours_to_answer"]),
        (_("Before and on the day"), ["reminders", "joining_opens_minutes", "has_delegate_list", "has_questions"]),
        (_("Letters"), ["answers_to"]),
        (_("What is kept, and for how long"), ["keep_needs_days", "keep_bookings_months"]),
    )  # fmt: skip

    def __init__(
        self, *args: Any, seminar_date: SeminarDate, is_drawn_already: bool = False, **kwargs: Any
    ) -> None:
        self.seminar_date = seminar_date
        super().__init__(*args, **kwargs)
        self.initial.update(self._drawn())
        if is_drawn_already:
            for name in ("workshops", "draws_day", "draws_time"):
                del self.fields[name]
            self.groups = [group for group in self.groups if "workshops" not in group[-1]]

    def _drawn(self) -> dict[str, Any]:
        draws_at = self.instance.draws_at
        local = draws_at.astimezone(self.seminar_date.tz) if draws_at else None
        return {"draws_day": local and local.date(), "draws_time": local and local.time()}

    def _saved(self) -> dict[str, Any]:
        return super()._saved() | self._drawn()

    def clean_reminders(self) -> str:
        words = self.cleaned_data["reminders"].replace(",", " ").split()
        if any(not (word.isdecimal() and 1 <= int(word) <= LONGEST_REMINDER) for word in words):
            raise ValidationError(
                _("Enter whole numbers from 1 to 1000, with spaces between them, like 168 24")
            )
        hours = sorted({int(word) for word in words}, reverse=True)
        if len(hours) > MOST_REMINDERS:
            raise ValidationError(_("Five reminders are the most"))
        return " ".join(map(str, hours))

    def clean(self) -> dict[str, Any]:
        before = self.instance.draws_at
        cleaned = super().clean() or self.cleaned_data
        if "workshops" not in self.fields:
            return cleaned
        cleaned["draws_at"] = None
        if cleaned.get("workshops") == BookingRules.Workshops.DRAWN:
            cleaned["draws_at"] = self._draws_at(before)
        # Not a field of the form: the form itself would leave it as it was.
        self.instance.draws_at = cleaned["draws_at"]
        return cleaned

    def _draws_at(self, before: datetime | None) -> datetime | None:
        day, at = self.cleaned_data.get("draws_day"), self.cleaned_data.get("draws_time")
        for name, value, words in (
            ("draws_day", day, _("Say on which day the workshops are drawn")),
            ("draws_time", at, _("Say at what time the workshops are drawn, like 12:00")),
        ):
            if value is None and name not in self.errors:
                self.add_error(name, words)
        if day is None or at is None:
            return None
        try:
            draws_at = to_utc(day, at, self.seminar_date.tz)
        except Refused as refused:
            self.add_error("draws_time", str(refused))
            return None
        if draws_at != before and (wrong := why_not_then(draws_at, self.seminar_date)):
            self.add_error("draws_day", wrong)
        return draws_at
