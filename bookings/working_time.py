"""Hours in which people can be expected to answer: 9:00 to 17:00 on working days of England and Wales."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

OPENS, CLOSES = time(9), time(17)
HERE = ZoneInfo("Europe/London")
# The two have the same bank holidays; the library keeps them apart.
PARTS = ("ENG", "WLS")


@lru_cache(maxsize=16)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(
        day for part in PARTS for day in holidays.country_holidays("GB", subdiv=part, years=year)
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def after(start: datetime, hours: float) -> datetime:
    """The moment (aware, in UK time) at which so many working hours have passed since `start`."""
    left = timedelta(hours=hours)
    at = start.astimezone(HERE)
    while True:
        opens = datetime.combine(at.date(), OPENS, HERE)
        closes = datetime.combine(at.date(), CLOSES, HERE)
        if is_working_day(at.date()) and at < closes:
            # Clocks change at night, so that within a working day the wall and the sun agree.
            begin = max(at, opens)
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        at = datetime.combine(at.date() + timedelta(days=1), time(0), HERE)
