from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from learning.filing import refile
from learning.insight import most_kept, neighbourhood, newest_filed
from learning.models import Lesson, WriteUp
from tests import factories
from themes.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    return factories.ThemeFactory()


def write_up(theme: Theme, year: int, tags: tuple[str, ...] = (), also: Theme | None = None) -> WriteUp:
    made = factories.WriteUpFactory(
        state="published", published_at=datetime(year, 6, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    )
    made.themes.add(theme, *([also] if also else []))
    made.tags.add(*tags)
    factories.LessonFactory(write_up=made)
    refile(made)
    return made


def test_the_trend_has_no_gaps_and_ends_this_year(theme: Theme) -> None:
    for year in (2021, 2021, 2024):
        write_up(theme, year)

    found = neighbourhood("theme", theme.pk, today=date(2025, 3, 1))

    assert found.years == [(2021, 2), (2022, 0), (2023, 0), (2024, 1), (2025, 0)]


def test_neighbours_come_by_how_often_they_occur_together(theme: Theme) -> None:
    other = factories.ThemeFactory()
    write_up(theme, 2024, tags=("co-design", "rural"), also=other)
    last = write_up(theme, 2024, tags=("rural",))

    found = neighbourhood("theme", theme.pk)

    assert [(n.label["name"], n.count) for n in found.tags] == [("rural", 2), ("co-design", 1)]
    assert [(n.pk, n.count) for n in found.themes] == [(str(other.pk), 1)]
    assert last.organisation.slug in {n.label["slug"] for n in found.organisations}


def test_one_query_reads_the_neighbourhood(theme: Theme, django_assert_num_queries: object) -> None:
    write_up(theme, 2024, tags=("a", "b"))

    with django_assert_num_queries(1):  # type: ignore[operator]
        neighbourhood("theme", theme.pk)


def test_the_newest_come_first_and_withdrawn_ones_not_at_all(theme: Theme) -> None:
    old, new, gone = (write_up(theme, year) for year in (2020, 2024, 2025))
    WriteUp.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_reason_en="Wrong")
    refile(gone)

    assert newest_filed("theme", theme.pk, 5) == [new, old]


def test_the_most_useful_lessons_are_those_that_are_kept(theme: Theme) -> None:
    lessons = [write_up(theme, 2024).lessons.get() for _ in range(3)]
    Lesson.objects.filter(pk=lessons[1].pk).update(kept=5)
    Lesson.objects.filter(pk=lessons[2].pk).update(kept=2)

    assert most_kept("theme", theme.pk, 5) == [lessons[1], lessons[2]]
