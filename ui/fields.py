"""Fields that Django lacks: a date in three boxes, a time in one."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayMonthYear(forms.MultiWidget):
    use_fieldset = True
    template_name = "ui/forms/date_parts.html"
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            [forms.TextInput(attrs={"inputmode": "numeric", "maxlength": most}) for most in (2, 9, 4)], attrs
        )

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            # The group carries the description; its parts do not say it again.
            part["attrs"].pop("aria-describedby", None)
            part["label"] = label
        return context

    def first_wrong(self, value: Any) -> int:
        """The box that an error message leads to: 0 for day, 1 for month, 2 for year."""
        parts = value if isinstance(value, list) else self.decompress(value)
        most = (31, 12, 9999)
        for index, part in enumerate(parts):
            text = str(part or "").strip()
            if not (text.isdecimal() and 1 <= int(text) <= most[index]):
                return index
        return 0


class DayMonthYearField(forms.MultiValueField):
    widget = DayMonthYear
    boxes = DayMonthYear()
    default_error_messages = {
        "required": _("Enter a date"),
        "incomplete": _("The date must include a day, a month and a year"),
        "invalid_date": _("The date must be a real date, like 13 9 2026"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            fields=[forms.CharField(required=False) for _part in range(3)], require_all_fields=False, **kwargs
        )

    def clean(self, value: Any) -> datetime.date | None:
        given = value if isinstance(value, list | tuple) else self.boxes.decompress(value)
        parts = [str(part or "").strip() for part in given]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            day, month, year = (int(part) for part in parts)
            if year < 1000:
                raise ValueError(year)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid_date"], code="invalid_date") from None
        self.run_validators(date)
        return date

    def compress(
        self, data_list: list[Any]
    ) -> Any:  # pragma: no cover - clean() puts the parts together itself
        raise NotImplementedError

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = [
            str(part or "")
            for part in (initial if isinstance(initial, list) else self.boxes.decompress(initial))
        ]
        return before != [str(part or "").strip() for part in (data or ["", "", ""])]


class TimeField(forms.TimeField):
    """A time of the day as people write it: 14:30, 14.30, 1430, 9:05, 9am, 2.30 pm."""

    default_error_messages = {
        "required": _("Enter a time, like 14:30"),
        "invalid": _("Enter a time on the 24-hour clock, like 14:30"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TimeInput(format="%H:%M", attrs={"class": "w-5", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, str) and (
            match := re.fullmatch(r"\s*([01]?\d|2[0-3])\s*[:.h]?\s*([0-5]\d)\s*", value, re.ASCII)
        ):
            return datetime.time(int(match[1]), int(match[2]))
        if isinstance(value, str) and (
            match := re.fullmatch(
                r"\s*(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?\s*([ap])\.?m\.?\s*", value, re.ASCII | re.I
            )
        ):
            afternoon = 12 if match[3] in "pP" else 0
            return datetime.time(int(match[1]) % 12 + afternoon, int(match[2] or 0))
        return super().to_python(value)
