from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bookings.working_time import after, is_working_day

HERE = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 12), "a Saturday"),
        (date(2026, 9, 13), "a Sunday"),
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 5, 4), "the early May bank holiday"),
        (date(2026, 5, 25), "the spring bank holiday"),
        (date(2026, 8, 31), "the summer bank holiday"),
        (date(2026, 12, 25), "Christmas Day, a Friday"),
        (date(2026, 12, 28), "Monday in place of Boxing Day, a Saturday"),
        (date(2021, 12, 27), "Monday in place of Christmas Day, a Saturday"),
        (date(2021, 12, 28), "Tuesday in place of Boxing Day, a Sunday"),
        (date(2022, 1, 3), "Monday in place of New Year's Day, a Saturday"),
        (date(2027, 12, 27), "Monday in place of Christmas Day, a Saturday"),
        (date(2022, 6, 3), "the jubilee"),
        (date(2023, 5, 8), "the coronation"),
    ],
)
def test_nobody_works_on(day: date, why: str) -> None:
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 14), "a Monday"),
        (date(2027, 3, 1), "Saint David's Day is no bank holiday yet"),
        (date(2026, 3, 17), "St Patrick's Day is one in Northern Ireland only"),
        (date(2026, 8, 3), "the summer bank holiday of Scotland"),
        (date(2026, 1, 2), "2 January is one in Scotland only"),
        (date(2026, 11, 30), "St Andrew's Day is one in Scotland only"),
        (date(2026, 12, 29), "the day after the bank holidays"),
    ],
)
def test_in_england_and_wales_people_work_on(day: date, why: str) -> None:
    assert is_working_day(day), why


@pytest.mark.parametrize(
    ("start", "hours", "expected", "why"),
    [
        ("2026-09-14 10:00", 2, "2026-09-14 12:00", "within a day"),
        ("2026-09-14 09:00", 8, "2026-09-14 17:00", "a whole day ends at its close"),
        ("2026-09-14 16:00", 2, "2026-09-15 10:00", "over a night"),
        ("2026-09-11 16:00", 2, "2026-09-14 10:00", "over a weekend"),
        ("2026-09-12 11:00", 1, "2026-09-14 10:00", "from a Saturday"),
        ("2026-09-14 06:30", 1, "2026-09-14 10:00", "before the morning"),
        ("2026-09-14 20:00", 1, "2026-09-15 10:00", "after the evening"),
        ("2026-09-14 17:00", 1, "2026-09-15 10:00", "at the close"),
        ("2026-04-02 16:00", 2, "2026-04-07 10:00", "over Easter"),
        ("2026-12-24 16:00", 2, "2026-12-29 10:00", "over Christmas with a substitute day"),
        ("2027-12-31 16:00", 2, "2028-01-04 10:00", "over the year, with a substitute day"),
        ("2026-03-27 16:00", 2, "2026-03-30 10:00", "over the night in which clocks go forward"),
        ("2026-10-23 16:00", 2, "2026-10-26 10:00", "over the night in which clocks go back"),
        ("2026-09-14 10:00", 16, "2026-09-16 10:00", "two days"),
        ("2026-09-14 10:15", 0.5, "2026-09-14 10:45", "half an hour"),
    ],
)
def test_after(start: str, hours: float, expected: str, why: str) -> None:
    assert after(at(start), hours) == at(expected), why


def test_it_is_told_by_the_clock_of_the_united_kingdom_wherever_it_is_asked() -> None:
    in_utc = datetime.fromisoformat("2026-07-10T15:30:00+00:00")  # 16:30 on a Friday in Wales
    assert after(in_utc, 1).isoformat() == "2026-07-13T09:30:00+01:00"


MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("2020-01-01"),
    max_value=datetime.fromisoformat("2035-01-01"),
    timezones=st.just(ZoneInfo("UTC")),
)
QUARTERS = st.integers(min_value=1, max_value=4 * 80)


@settings(deadline=None)  # a year's bank holidays are looked up once
@given(MOMENTS, QUARTERS)
@example(datetime(2026, 3, 29, 0, 59, tzinfo=ZoneInfo("UTC")), 4)
def test_it_ends_in_working_hours_and_never_earlier_than_so_many_hours(
    start: datetime, quarters: int
) -> None:
    end = after(start, quarters / 4)
    assert is_working_day(end.date())
    assert 9 <= end.hour + end.minute / 60 <= 17
    assert end - start >= timedelta(hours=quarters / 4)


@settings(deadline=None)
@given(MOMENTS, QUARTERS, QUARTERS)
def test_hours_add_up(start: datetime, first: int, second: int) -> None:
    assert after(after(start, first / 4), second / 4) == after(start, (first + second) / 4)


@settings(deadline=None)
@given(MOMENTS, QUARTERS, st.integers(min_value=0, max_value=100_000))
def test_who_is_asked_later_answers_no_earlier(start: datetime, quarters: int, minutes: int) -> None:
    later = start + timedelta(minutes=minutes)
    assert after(start, quarters / 4) <= after(later, quarters / 4)
    assert after(start, quarters / 4) <= after(start, (quarters + 1) / 4)
