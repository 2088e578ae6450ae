"""When and where a date is, in words, prepared in Python: a template filter a date costs more than the query.

Clock times are told as the wall of the date's own place shows them; a zone other than the exchange's is named.
"""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.models import SeminarDate, Venue
from ui import dates
from ui.bilingual import Text, reader_language

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]")


def home_zone() -> ZoneInfo:
    return dates.zone(settings.TIME_ZONE)


def printable(text: str) -> str:
    """Without the characters that neither XML nor a calendar file can carry."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def weekday_and_day(day: date) -> str:
    """`Tuesday 13 September 2016`, `dydd Mawrth 13 Medi 2016`."""
    return dates.weekday(day)


def opening_line(text: str) -> str:
    """With a capital, where Welsh writes `dydd Mawrth` within a sentence."""
    return text[:1].upper() + text[1:]


def span(start: datetime, end: datetime) -> str:
    """`09:30 to 13:00`; the day is told where the end lies on another."""
    return _("%(start)s to %(end)s") % {"start": f"{start:%H:%M}", "end": end_words(start, end)}


def end_words(start: datetime, end: datetime) -> str:
    same_day = start.date() == end.date()
    return f"{end:%H:%M}" if same_day else f"{end:%H:%M}, {weekday_and_day(end.date())}"


def offset(moment: datetime) -> str:
    """`UTC+01:00`, of a moment that knows its zone."""
    text = moment.strftime("%z")
    return "UTC" if text in {"+0000", "-0000"} else f"UTC{text[:3].replace('-', '−')}:{text[3:5]}"


def zone(seminar_date: SeminarDate) -> str:
    """`New York time, UTC−04:00`; the exchange's own zone is named only where people may join from elsewhere."""
    if seminar_date.timezone == settings.TIME_ZONE:
        if not seminar_date.is_online:
            return ""
        return _("UK time, %(offset)s") % {"offset": offset(seminar_date.local_start)}
    if seminar_date.timezone in {"UTC", "Etc/UTC"}:
        return "UTC"
    city = seminar_date.timezone.rpartition("/")[2].replace("_", " ")
    return _("%(city)s time, %(offset)s") % {"city": city, "offset": offset(seminar_date.local_start)}


def in_home_zone(seminar_date: SeminarDate) -> str:
    """What the clock says in the United Kingdom, for a date that is told in another zone."""
    if seminar_date.timezone == settings.TIME_ZONE:
        return ""
    start, end = (m.astimezone(home_zone()) for m in (seminar_date.starts_at, seminar_date.ends_at))
    times = span(start, end)
    if start.date() != seminar_date.local_start.date():
        times = f"{weekday_and_day(start.date())}, {times}"
    return _("%(times)s in the United Kingdom") % {"times": times}


def place(seminar_date: SeminarDate) -> str:
    """`Hall, Cardiff`, `Online`, or both in words."""
    if not seminar_date.is_in_person or seminar_date.venue is None:
        return _("Online")
    where = f"{seminar_date.venue.tr('name')}, {seminar_date.venue.tr('town')}"
    return _("%(place)s, and online") % {"place": where} if seminar_date.is_online else where


def full_address(venue: Venue) -> str:
    parts = [venue.tr("name"), venue.address, venue.tr("town"), venue.postcode]
    return ", ".join(one_line(part) for part in parts if part)


def moved(seminar_date: SeminarDate) -> str:
    """`Moved from Tuesday 13 September 2016, 09:30`, or nothing."""
    if seminar_date.moved_from is None or seminar_date.is_cancelled:
        return ""
    then = seminar_date.moved_from.astimezone(seminar_date.tz)
    return _("Moved from %(when)s") % {"when": f"{weekday_and_day(then.date())}, {then:%H:%M}"}


def either_of(in_english: str, in_welsh: str) -> Text:
    """The one in the reader's language, or the other, for texts that come without their row."""
    if reader_language() == "cy":
        return Text(in_welsh, "cy") if in_welsh else Text(in_english, "en", is_fallback=bool(in_english))
    return Text(in_english, "en") if in_english else Text(in_welsh, "cy", is_fallback=bool(in_welsh))


def reason(seminar_date: SeminarDate) -> Text:
    """Why it was cancelled or moved."""
    return either_of(seminar_date.state_reason_en, seminar_date.state_reason_cy)


def opening(seminar_date: SeminarDate) -> str:
    """When booking opens, while that lies ahead and there is something to book."""
    opens = seminar_date.booking_opens_at
    if opens is None or opens <= timezone.now() or seminar_date.is_cancelled:
        return ""
    then = opens.astimezone(seminar_date.tz)
    return f"{weekday_and_day(then.date())}, {then:%H:%M}"


def map_address(seminar_date: SeminarDate) -> str:
    """OpenStreetMap, at the venue's place or searching for its address."""
    venue = seminar_date.venue
    if venue is None or not seminar_date.is_in_person:
        return ""
    if venue.latitude is not None and venue.longitude is not None:
        at = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
        return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"
    parts = [venue.address or venue.tr("name"), venue.tr("town"), venue.postcode]
    return "https://www.openstreetmap.org/search?" + urlencode({"query": ", ".join(filter(None, parts))})


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
