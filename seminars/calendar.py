"""Seminar dates as a calendar file (RFC 5545), published: no organiser, no attendees, nothing that is private.

Joining links and instructions are never read here: they go to confirmed delegates only.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from seminars import wording
from seminars.calendar_zones import UTC_ITSELF, described
from seminars.models import SeminarDate
from ui.bilingual import reader_language

PRODUCT = "-//Good Practice Exchange//seminars//CY"
ASK_AGAIN_AFTER = timedelta(hours=4)


def absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"


def last_changed(seminar_date: SeminarDate) -> datetime:
    return max(seminar_date.updated_at, seminar_date.seminar.updated_at)


def calendar_of(seminar_dates: Iterable[SeminarDate], name: str = "") -> bytes:
    """The file of these dates, in the reader's language; `name` is what a program calls a calendar it follows.

    Dates must come with their seminar and venue; the themes of the seminar become categories.
    """
    events = list(seminar_dates)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", wording.one_line(name))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    for zone in zones_of(events):
        calendar.add_component(zone)
    for seminar_date in events:
        calendar.add_component(event_of(seminar_date))
    return calendar.to_ical()


def event_of(seminar_date: SeminarDate) -> Event:
    seminar, language = seminar_date.seminar, {"LANGUAGE": reader_language()}
    changed = wording.utc(last_changed(seminar_date)).replace(microsecond=0)
    event = outline_of(seminar_date)
    event.add("uid", str(seminar_date.uuid))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", seminar_date.ical_sequence)
    event.add("status", "CANCELLED" if seminar_date.is_cancelled else "CONFIRMED")
    event.add("description", description_of(seminar_date), parameters=language)
    add_place(event, seminar_date)
    if themes := [wording.one_line(theme.tr("name")) for theme in seminar.themes.all()]:
        event.add("categories", themes)
    return event


def outline_of(seminar_date: SeminarDate) -> Event:
    """What it is and when: the same in what is published and in what is sent to one delegate."""
    event = Event()
    event.add("dtstart", seminar_date.starts_at.astimezone(seminar_date.tz))
    event.add("dtend", seminar_date.ends_at.astimezone(seminar_date.tz))
    event.add("summary", title_of(seminar_date), parameters={"LANGUAGE": reader_language()})
    event.add("url", absolute(seminar_date.get_absolute_url()))
    return event


def add_place(event: Event, seminar_date: SeminarDate) -> None:
    venue = seminar_date.venue if seminar_date.is_in_person else None
    where = wording.full_address(venue) if venue else wording.place(seminar_date)
    event.add("location", where, parameters={"LANGUAGE": reader_language()})
    if venue and venue.latitude is not None and venue.longitude is not None:
        event.add("geo", (venue.latitude, venue.longitude))


def title_of(seminar_date: SeminarDate) -> str:
    """Says "cancelled" itself, because some programs ignore the status."""
    title = wording.one_line(seminar_date.seminar.tr("title"))
    return _("Cancelled: %(title)s") % {"title": title} if seminar_date.is_cancelled else title


def description_of(seminar_date: SeminarDate) -> str:
    news = wording.moved(seminar_date)
    if seminar_date.is_cancelled:
        news = _("This date is cancelled.")
    parts = [
        " ".join(
            filter(None, [news and news.rstrip(".") + ".", wording.one_line(wording.reason(seminar_date))])
        ),
        wording.one_line(seminar_date.seminar.tr("summary")),
        wording.place(seminar_date) if seminar_date.is_online else "",
        absolute(seminar_date.get_absolute_url()),
    ]
    return "\n\n".join(part for part in parts if part)


def zones_of(seminar_dates: list[SeminarDate]) -> list[Timezone]:
    """One VTIMEZONE for each zone that the dates are told in, for the years around them."""
    years: dict[str, list[int]] = {}
    for seminar_date in seminar_dates:
        found = years.setdefault(seminar_date.timezone, [])
        found += [seminar_date.starts_at.year, seminar_date.ends_at.year]
    return [
        described(name, min(found) - 1, max(found) + 1)
        for name, found in sorted(years.items())
        if name not in UTC_ITSELF
    ]


def since(now: datetime | None = None) -> datetime:
    """Feeds reach back so far, so that a calendar learns that something recent was cancelled."""
    return (now or datetime.now(UTC)) - timedelta(days=90)
