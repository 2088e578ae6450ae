"""Dates and times in words, cheaply: Django's `date` filter twenty times costs more than a page's queries.

Hours are always on the 24-hour clock. A time zone is an IANA name; without one, the site's own is meant.
"""

import datetime
from functools import lru_cache
from typing import overload
from zoneinfo import ZoneInfo

from django.utils import timezone

from ui.bilingual import reader_language

# fmt: off
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    "cy": ("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
}
SHORT_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "cy": ("Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"),
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
SHORT_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "cy": ("Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"),
}
# fmt: on
Moment = datetime.datetime | datetime.date

zone = lru_cache(maxsize=64)(ZoneInfo)


@overload
def local(moment: datetime.datetime, tz: str = "") -> datetime.datetime: ...
@overload
def local(moment: datetime.date, tz: str = "") -> datetime.date: ...
def local(moment: Moment, tz: str = "") -> Moment:
    """The moment on the clocks of the place; a plain date stays as it is."""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return moment.astimezone(zone(tz) if tz else timezone.get_current_timezone())
    return moment


def day(date: Moment, language: str = "") -> str:
    """13 September 2016, 13 Medi 2016"""
    return f"{date.day} {MONTHS[language or reader_language()][date.month - 1]} {date.year}"


def weekday(date: Moment, language: str = "") -> str:
    """Tuesday 13 September 2016, dydd Mawrth 13 Medi 2016"""
    language = language or reader_language()
    return f"{WEEKDAYS[language][date.weekday()]} {day(date, language)}"


def short_day(date: Moment, language: str = "") -> str:
    """13 Sep 2016, 13 Medi 2016"""
    return f"{date.day} {SHORT_MONTHS[language or reader_language()][date.month - 1]} {date.year}"


def month(date: Moment, language: str = "") -> str:
    """September 2016, Medi 2016"""
    return f"{MONTHS[language or reader_language()][date.month - 1]} {date.year}"


def clock(time: datetime.datetime | datetime.time) -> str:
    """14:30"""
    return f"{time.hour:02}:{time.minute:02}"


def hours(start: datetime.datetime, end: datetime.datetime, tz: str = "") -> str:
    """09:30–13:00"""
    return f"{clock(local(start, tz))}–{clock(local(end, tz))}"


def days(start: Moment, end: Moment, tz: str = "", language: str = "") -> str:
    """13 September 2016; 13–14 September 2016; 30 September – 1 October 2016; 31 December 2016 – 1 January 2017"""
    first, last = local(start, tz), local(end, tz)
    language = language or reader_language()
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, language)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[language][first.month - 1]} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"
