"""Reading an address, without a database."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.filters import FIELDS, DateFilter, after, before, month_choices, year_choices
from themes.models import Theme

THEMES = [Theme(pk=1, name_en="Prevention", slug_en="prevention", slug_cy="atal")]


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=200)))
def test_any_address_is_either_understood_or_told(asked):
    found = DateFilter.read(asked, THEMES)

    understood = [found.theme, found.region, found.attendance, found.month, found.year]
    given_values = [value for value in asked.values() if value.strip()]
    assert sum(map(bool, understood)) + len(found.problems) == len(given_values)


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9999, 11, 1)))
def test_months_before_and_after_are_neighbours(day):
    first = day.replace(day=1)

    assert before(after(first)) == after(before(first)) == first


def test_nothing_asked_is_nothing_chosen():
    found = DateFilter.read({}, THEMES)

    assert (found.is_narrowed, found.problems) == (False, [])


def test_months_run_to_the_last_date_and_no_further_than_two_years():
    first = datetime(2026, 11, 20, tzinfo=UTC)

    near = [choice.value for choice in month_choices(first, datetime(2027, 1, 3, tzinfo=UTC))]

    assert near == ["2026-11", "2026-12", "2027-01"]
    assert len(month_choices(first, datetime(2040, 1, 1, tzinfo=UTC))) == 24
    assert [choice.value for choice in month_choices(first, None)] == ["2026-11"]


@pytest.mark.parametrize(("first", "count"), [(None, 1), (datetime(2016, 9, 13, tzinfo=UTC), 11)])
def test_years_run_back_to_the_first_date(first, count):
    years = year_choices(first, datetime(2026, 11, 20, tzinfo=UTC))

    assert len(years) == count
    assert years[0].value == "2026"
