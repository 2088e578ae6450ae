from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.refusal import Refused
from seminars.forms import Watched
from seminars.local_time import to_utc
from seminars.models import Room, SeminarDate, Session, Slot
from ui.dates import weekday
from ui.forms import PatternForm, PatternModelForm, TimeField


class SlotForm(PatternForm):
    """A start and an end on the clock of the date; the day is asked only where the date has several."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=int)
    starts = TimeField(label=_("Starts at"))
    ends = TimeField(label=_("Ends at"))

    def __init__(
        self,
        *args: Any,
        seminar_date: SeminarDate,
        slot: Slot | None = None,
        after: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        self.seminar_date = seminar_date
        first = seminar_date.local_start.date()
        if slot is not None:
            start, end = (moment.astimezone(seminar_date.tz) for moment in (slot.starts_at, slot.ends_at))
            given = {"day": (start.date() - first).days, "starts": start.time(), "ends": end.time()}
            kwargs["initial"] = given
        elif after is not None:
            # A programme is typed in from the morning to the evening.
            start = after.astimezone(seminar_date.tz)
            kwargs["initial"] = {"day": (start.date() - first).days, "starts": start.time()}
        super().__init__(*args, **kwargs)
        count = (seminar_date.local_end.date() - first).days + 1
        if count == 1:
            del self.fields["day"]
        else:
            days = [(number, weekday(first + timedelta(days=number))) for number in range(count)]
            self.fields["day"].choices = days  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        cleaned["starts_at"] = self._moment("starts")
        cleaned["ends_at"] = self._moment("ends")
        return cleaned

    def _moment(self, name: str) -> datetime | None:
        day = self.seminar_date.local_start.date() + timedelta(days=self.cleaned_data.get("day") or 0)
        try:
            return to_utc(day, self.cleaned_data[name], self.seminar_date.tz)
        except Refused as refused:
            self.add_error(name, str(refused))
            return None


class SessionForm(PatternModelForm, Watched):
    class Meta:
        model = Session
        fields = ["kind", "title_en", "title_cy", "abstract_en", "abstract_cy"]
        widgets = {
            "kind": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 6}) for name in ("abstract_en", "abstract_cy")},
        }
        help_texts = dict.fromkeys(
            ["abstract_en", "abstract_cy"], _("Paragraphs, lists and links in Markdown")
        )


def _with_capacity(room: Room) -> str:
    return gettext("%(room)s, holds %(count)s") % {"room": room, "count": room.capacity}


class RunForm(PatternForm):
    """A session in a slot, perhaps in a room; used to put in, to change and to repeat."""

    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("Session"), empty_label=_("Choose a session")
    )
    slot = forms.ModelChoiceField(Slot.objects.none(), label=_("Slot"), empty_label=_("Choose a slot"))
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("No room, or not yet")
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Left empty, as many as the room holds"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
        error_messages={"invalid": _("Enter a whole number, like 30")},
    )

    def __init__(self, *args: Any, seminar_date: SeminarDate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "session": seminar_date.seminar.sessions.all(),
            "slot": seminar_date.slots.select_related("seminar_date"),
            "room": Room.objects.filter(venue_id=seminar_date.venue_id or 0),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["room"].label_from_instance = _with_capacity  # type: ignore[attr-defined]
        if not choices["room"].exists():
            del self.fields["room"]
