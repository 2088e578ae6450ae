from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.filing import pairs, refile, refile_all
from learning.models import Facet, Tally, WriteUp
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db


def publish(write_up: WriteUp) -> WriteUp:
    write_up.state = WriteUp.State.PUBLISHED
    write_up.published_at = write_up.published_at or timezone.now()
    write_up.save()
    refile(write_up)
    return write_up


def tallies() -> dict[tuple[str, ...], int]:
    rows = Tally.objects.exclude(count=0).values_list("kind", "value", "other_kind", "other_value", "count")
    return {tuple(row[:4]): row[4] for row in rows}


def recount() -> dict[tuple[str, ...], int]:
    counted: Counter[tuple[str, ...]] = Counter()
    for write_up in WriteUp.objects.all():
        counted.update(pairs(Facet.objects.filter(write_up=write_up).values_list("kind", "value")))
    return dict(counted)


def test_a_draft_is_filed_under_nothing() -> None:
    refile(factories.WriteUpFactory())

    assert not Facet.objects.exists()
    assert tallies() == {}


def test_a_published_write_up_is_filed_under_all_that_it_is_about() -> None:
    theme, lesson_theme = factories.ThemeFactory(), factories.ThemeFactory()
    write_up = factories.WriteUpFactory(kind="how-to")
    write_up.themes.add(theme)
    write_up.tags.add("digital")
    factories.LessonFactory(write_up=write_up).themes.add(lesson_theme)
    partner = factories.OrganisationFactory(kind="health", region="Mid Wales")
    write_up.partners.add(partner)

    publish(write_up)

    assert set(Facet.objects.values_list("kind", "value")) == {
        ("theme", str(theme.pk)),
        ("theme", str(lesson_theme.pk)),
        ("tag", str(write_up.tags.get().pk)),
        ("organisation", str(write_up.organisation_id)),
        ("organisation", str(partner.pk)),
        ("sector", "council"),
        ("sector", "health"),
        ("region", "North Wales"),
        ("region", "Mid Wales"),
        ("kind", "how-to"),
        ("year", str(timezone.localtime(write_up.published_at).year)),
    }
    assert tallies() == recount()


def test_withdrawing_takes_every_count_away() -> None:
    write_up = publish(factories.WriteUpFactory())
    assert tallies()

    WriteUp.objects.filter(pk=write_up.pk).update(state="withdrawn", withdrawn_reason_en="Out of date")
    refile(write_up)

    assert tallies() == {}
    assert not Facet.objects.exists()


def test_filing_twice_counts_once() -> None:
    write_up = publish(factories.WriteUpFactory())
    once = tallies()

    refile(write_up)

    assert tallies() == once


@given(
    plan=st.lists(
        st.tuples(st.integers(0, 3), st.sets(st.integers(0, 2)), st.booleans()), min_size=1, max_size=12
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tallies_always_equal_an_honest_recount(plan: list[tuple[int, set[int], bool]]) -> None:
    WriteUp.objects.all().delete()
    Tally.objects.all().delete()
    themes = [factories.ThemeFactory() for _ in range(3)]
    write_ups = [factories.WriteUpFactory(published_at=timezone.now()) for _ in range(4)]

    for which, chosen, published in plan:
        write_up = write_ups[which]
        write_up.themes.set(themes[i] for i in chosen)
        write_up.state = "published" if published else "draft"
        write_up.save()
        refile(write_up)

    assert tallies() == recount()
    before = tallies()
    refile_all()
    assert tallies() == before


@pytest.mark.django_db(transaction=True)
def test_filings_at_once_lose_no_count() -> None:
    theme = factories.ThemeFactory()
    write_ups = [factories.WriteUpFactory(state="published", published_at=timezone.now()) for _ in range(6)]
    for write_up in write_ups:
        write_up.themes.add(theme)

    assert at_once(*(lambda one=one: refile(one) for one in write_ups)) == [None] * 6
    assert Tally.objects.get(kind="theme", value=str(theme.pk), other_kind="").count == 6
    assert tallies() == recount()


def test_the_folded_text_finds_welsh_without_its_accents() -> None:
    write_up = factories.WriteUpFactory(title_cy="Gŵyl y Môr")
    factories.LessonFactory(write_up=write_up, title_en="Start Small")

    refile(write_up)

    assert (
        WriteUp.objects.filter(folded__contains="gwyl y mor").filter(folded__contains="start small").exists()
    )
