from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from people.refusal import Refused
from seminars import news
from seminars.forms import say_stale
from seminars.local_time import to_utc
from seminars.locks import changing
from seminars.models import Seminar, SeminarDate, Venue
from seminars.models.date import validate_timezone
from ui.forms import DayMonthYearField, PatternForm, TimeField


class OfDate(PatternForm):
    """A form about a date, whose times are on the clock of its place."""

    def __init__(self, *args: Any, instance: SeminarDate | None = None, **kwargs: Any) -> None:
        self.instance = instance
        if instance is not None:
            kwargs["initial"] = {**self.given(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def given(self, instance: SeminarDate) -> dict[str, Any]:
        return {}

    @property
    def zone(self) -> ZoneInfo | None:
        return self.instance.tz if self.instance else None

    def moment(self, name: str, day: date | None, at: time | None) -> datetime | None:
        """The moment in UTC; what the clocks skip is said beside the field `name`."""
        if day is None or at is None or self.zone is None:
            return None
        try:
            return to_utc(day, at, self.zone)
        except Refused as refused:
            self.add_error(name, str(refused))
            return None


class TimesForm(OfDate):
    """`starts_at` and `ends_at`, as people say them."""

    day = DayMonthYearField(label=_("Day"), help_text=_("For example, 13 9 2026"))
    starts = TimeField(label=_("Starts at"))
    ends = TimeField(label=_("Ends at"))
    last_day = DayMonthYearField(
        label=_("Last day"), required=False, help_text=_("Only if it ends on another day")
    )
    timezone = forms.CharField(
        label=_("Time zone"),
        initial="Europe/London",
        max_length=40,
        validators=[validate_timezone],
        help_text=_("Europe/London, unless it is held elsewhere"),
    )

    def given(self, instance: SeminarDate) -> dict[str, Any]:
        start, end = instance.local_start, instance.local_end
        last = end.date() if end.date() != start.date() else None
        return super().given(instance) | {
            "day": start.date(), "starts": start.time(), "ends": end.time(), "last_day": last,
            "timezone": instance.timezone,
        }  # fmt: skip

    @property
    def zone(self) -> ZoneInfo | None:
        name = self.cleaned_data.get("timezone")
        return ZoneInfo(name) if name else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        last = cleaned.get("last_day") or cleaned.get("day")
        cleaned["starts_at"] = self.moment("starts", cleaned.get("day"), cleaned.get("starts"))
        cleaned["ends_at"] = self.moment("ends", last, cleaned.get("ends"))
        if cleaned["starts_at"] and cleaned["ends_at"] and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", _("The end must come after the start"))
        return cleaned


class DetailsForm(OfDate):
    """All of a date but its times: how and where it is held, when booking is open, and what only delegates see."""

    attendance = forms.ChoiceField(
        label=_("How do people take part?"),
        choices=SeminarDate.Attendance,
        widget=forms.RadioSelect,
        initial=SeminarDate.Attendance.IN_PERSON,
    )
    venue = forms.ModelChoiceField(
        Venue.objects.all(),
        label=_("Venue"),
        required=False,
        empty_label=_("Choose a venue"),
        help_text=_("Not needed where it is online only"),
    )
    opens_day = DayMonthYearField(label=_("Booking opens on"), required=False)
    opens_time = TimeField(label=_("Booking opens at"), required=False)
    closes_day = DayMonthYearField(label=_("Booking closes on"), required=False)
    closes_time = TimeField(label=_("Booking closes at"), required=False)
    joining_instructions_en = forms.CharField(
        label=_("Joining instructions in English"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    joining_instructions_cy = forms.CharField(
        label=_("Joining instructions in Welsh"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    joining_link = forms.URLField(
        label=_("Joining link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Enter an address that begins with https://")},
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    groups: Any = (
        (_("How and where"), ["attendance", "venue"]),
        (
            _("Booking"),
            _(
                "By the clock of the place. Left empty, booking opens when the seminar is published and closes when "
                "the date starts."
            ),
            ["opens_day", "opens_time", "closes_day", "closes_time"],
        ),
        (
            _("Private: for confirmed delegates only"),
            _("No public page, feed or calendar shows these."),
            ["joining_instructions_en", "joining_instructions_cy", "joining_link"],
        ),
    )
    kept = ("joining_instructions_en", "joining_instructions_cy", "joining_link")

    def given(self, instance: SeminarDate) -> dict[str, Any]:
        given = super().given(instance)
        given |= {name: getattr(instance, name) for name in ("attendance", "venue", *self.kept)}
        given["seen"] = instance.updated_at.isoformat()
        moments = {"opens": instance.booking_opens_at, "closes": instance.booking_closes_at}
        for name, moment in moments.items():
            if moment:
                local = moment.astimezone(instance.tz)
                given |= {f"{name}_day": local.date(), f"{name}_time": local.time()}
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("attendance") == SeminarDate.Attendance.ONLINE:
            cleaned["venue"] = None
        elif cleaned.get("attendance") and not cleaned.get("venue") and "venue" not in self.errors:
            self.add_error("venue", _("Choose a venue, or make this date online only"))
        opens = cleaned["booking_opens_at"] = self._booking("opens", time(9, 0))
        closes = cleaned["booking_closes_at"] = self._booking("closes", time(17, 0))
        if opens and closes and closes <= opens:
            self.add_error("closes_day", _("Booking must close after it opens"))
        if self.instance is not None and cleaned.get("seen") != self.instance.updated_at.isoformat():
            say_stale(self, self.instance.updated_at.isoformat())
        return cleaned

    def _booking(self, name: str, usual: time) -> datetime | None:
        day, at = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_time")
        if at and not day and f"{name}_day" not in self.errors:
            self.add_error(f"{name}_day", _("Enter a date"))
        return self.moment(f"{name}_time", day, at or usual)

    def save_details(self, seminar_date: SeminarDate, by: Any) -> list[str]:
        """Write all of it down; returns what the change of venue did to the rooms."""
        cleaned = self.cleaned_data
        with changing(seminar_date.seminar):
            notes = seminar_date.relocate(cleaned["venue"], cleaned["attendance"], by=by)
            joining = any(getattr(seminar_date, name) != cleaned[name] for name in self.kept)
            times = ("booking_opens_at", "booking_closes_at")
            booking = any(getattr(seminar_date, name) != cleaned[name] for name in times)
            if seminar_date.joining_link != cleaned["joining_link"]:
                seminar_date.ical_sequence += 1
            for name in (*times, *self.kept):
                setattr(seminar_date, name, cleaned[name])
            seminar_date.save()
            for what, has_changed in (("joining", joining), ("booking times", booking)):
                if has_changed:
                    news.tell(seminar_date, what, by)
            return notes


class NewDateForm(DetailsForm, TimesForm):
    groups = ((_("When"), ["day", "starts", "ends", "last_day", "timezone"]), *DetailsForm.groups)

    def create(self, seminar: Seminar) -> SeminarDate:
        names = (
            "starts_at",
            "ends_at",
            "timezone",
            "venue",
            "attendance",
            "booking_opens_at",
            "booking_closes_at",
        )
        with changing(seminar):
            return SeminarDate.objects.create(
                seminar=seminar, **{name: self.cleaned_data[name] for name in (*names, *self.kept)}
            )


class CancellationForm(PatternForm):
    reason_en = forms.CharField(
        label=_("Reason, in English"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_cy = forms.CharField(
        label=_("Reason, in Welsh"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    not_optional = {"reason_en", "reason_cy"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error("reason_en", _("Give a reason, in Welsh or in English"))
        return cleaned
