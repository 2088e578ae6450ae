"""Time zones as calendar files tell them (RFC 5545, 3.6.5).

Of a zone, Outlook reads one rule for summer and one for winter. It passes over lists of dates (RDATE), and a second
winter beside the first: with these, whatever lies in summer is shown an hour out ([MS-OXCICAL], 2.1.3.1.1.19).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

from ui import dates

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Times in it say so themselves.
UTC_ITSELF = {"UTC", "Etc/UTC"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """The clocks are put forward, or back."""

    # What they show in the minute in which that happens, before it happens.
    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_forward(self) -> bool:
        return self.after > self.before


@lru_cache(maxsize=64)
def described(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone, right for these years: two rules where it has two, and every single change where it keeps to none."""
    changes = changes_of(dates.zone(name), first_year, last_year)
    forward = [change for change in changes if change.is_forward]
    back = [change for change in changes if not change.is_forward]
    years = last_year - first_year + 1
    if len(forward) == len(back) == years and (summer := rule_of(forward)) and (winter := rule_of(back)):
        zone = Timezone()
        zone.add("tzid", name)
        zone.add_component(_part(TimezoneDaylight(), forward[0], summer))
        zone.add_component(_part(TimezoneStandard(), back[0], winter))
        return zone
    zone = Timezone.from_tzid(name, first_date=date(first_year, 1, 1), last_date=date(last_year, 12, 31))
    zone.pop("comment", None)
    return zone


def changes_of(zone: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while day < end:
        if _offset(zone, day) != _offset(zone, day + DAY):
            found.append(_between(zone, day, day + DAY))
        day += DAY
    return found


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    """The change in these 24 hours, found by halving them."""
    before, after = _offset(zone, low), _offset(zone, high)
    while high - low > MINUTE:
        middle = low + (high - low) // 2 // MINUTE * MINUTE
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return Change((high + before).replace(tzinfo=None), before, after, high.astimezone(zone).tzname() or "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def rule_of(changes: Sequence[Change]) -> dict[str, object] | None:
    """`{"freq": "yearly", "bymonth": 3, "byday": "-1SU"}` where these, one a year, follow such a rule."""
    alike = {
        (one.wall.month, one.wall.weekday(), one.wall.time(), one.before, one.after, one.name)
        for one in changes
    }
    if len(alike) != 1:
        return None
    nth = {(one.wall.day - 1) // 7 + 1 for one in changes}
    if all(one.wall.day + 7 > monthrange(one.wall.year, one.wall.month)[1] for one in changes):
        nth = {-1}
    if len(nth) != 1:
        return None
    wall = changes[0].wall
    return {"freq": "yearly", "bymonth": wall.month, "byday": f"{nth.pop()}{DAYS[wall.weekday()]}"}


def _part(part: Component, first: Change, rule: dict[str, object]) -> Component:
    part.add("dtstart", first.wall)
    part.add("rrule", rule)
    part.add("tzname", first.name)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    return part
