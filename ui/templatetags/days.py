"""Dates and times as every template tells them: `{% day date.starts_at date.timezone %}`, always in a `<time>`."""

import datetime
from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ui import dates
from ui.bilingual import reader_language

register = template.Library()


def _time(moment: dates.Moment, words: str) -> SafeString:
    stamp = (
        moment.isoformat(timespec="minutes") if isinstance(moment, datetime.datetime) else moment.isoformat()
    )
    # Figures, names of months and zones only: nothing to escape, and format_html costs three times as much.
    return mark_safe(f'<time datetime="{stamp}">{words}</time>')  # nosec B308 B703


def _told(moment: Any, tz: str, words: Callable[[Any], str]) -> SafeString | str:
    """The moment on the clocks of the place, in words; nothing where there is none."""
    if not moment:
        return ""
    here = dates.local(moment, tz)
    return _time(here, words(here))


@register.simple_tag
def day(moment: dates.Moment | None, tz: str = "") -> SafeString | str:
    """13 September 2016"""
    return _told(moment, tz, dates.day)


@register.simple_tag
def weekday(moment: dates.Moment | None, tz: str = "") -> SafeString | str:
    """Tuesday 13 September 2016"""
    return _told(moment, tz, dates.weekday)


@register.simple_tag
def short_day(moment: dates.Moment | None, tz: str = "") -> SafeString | str:
    """13 Sep 2016"""
    return _told(moment, tz, dates.short_day)


@register.simple_tag
def month(moment: dates.Moment) -> str:
    """September 2016"""
    return dates.month(moment)


@register.simple_tag
def clock(moment: Any, tz: str = "") -> SafeString | str:
    """14:30"""
    if isinstance(moment, datetime.time):
        return format_html("<time>{}</time>", dates.clock(moment))
    return _told(moment, tz, dates.clock)


@register.simple_tag
def moment(value: datetime.datetime | None, tz: str = "") -> SafeString | str:
    """13 September 2016, 14:30"""
    return _told(value, tz, lambda here: f"{dates.day(here)}, {dates.clock(here)}")


@register.simple_tag
def hours(start: datetime.datetime, end: datetime.datetime, tz: str = "") -> SafeString:
    """09:30–13:00"""
    return format_html(
        '<span class="hours">{}–{}</span>', _told(start, tz, dates.clock), _told(end, tz, dates.clock)
    )


@register.simple_tag
def when(start: datetime.datetime, end: datetime.datetime, tz: str = "") -> SafeString:
    """Tuesday 13 September 2016, 09:30–13:00; over several days, 13–14 September 2016"""
    first, last = dates.local(start, tz), dates.local(end, tz)
    if (first.year, first.month, first.day) != (last.year, last.month, last.day):
        return _time(first, dates.days(first, last))
    return format_html("{}, {}", _time(first, dates.weekday(first)), hours(start, end, tz))


@register.inclusion_tag("ui/_leaf.html")
def leaf(moment: dates.Moment, tz: str = "") -> dict[str, Any]:
    """A day as a leaf of a calendar: weekday, number, month and year."""
    here, language = dates.local(moment, tz), reader_language()
    return {
        "stamp": here.isoformat()[:10],
        "weekday": dates.SHORT_WEEKDAYS[language][here.weekday()],
        "number": here.day,
        "month": dates.SHORT_MONTHS[language][here.month - 1],
        "year": here.year,
    }
