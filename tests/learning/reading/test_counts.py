from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.browsing import Choice, count, found
from learning.filing import facets_of, refile
from learning.models import Tally, WriteUp
from tests import factories
from ui.bilingual import Text

pytestmark = pytest.mark.django_db
one = st.tuples(
    st.sets(st.integers(0, 3)), st.sampled_from(WriteUp.Kind.values), st.integers(2015, 2017), st.booleans()
)


def recount(choices: list[Choice]) -> tuple[int, Counter[tuple[str, str]]]:
    """By hand, from the write-ups themselves."""
    total, counted = 0, Counter[tuple[str, str]]()
    for write_up in WriteUp.objects.published():
        filed = facets_of(write_up)
        if all((choice.kind, choice.value) in filed for choice in choices):
            total += 1
            counted.update(filed)
    return total, counted


@given(plan=st.lists(one, max_size=8), picks=st.lists(st.integers(0, 6), max_size=3, unique=True))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_equal_an_honest_recount(plan: list[Any], picks: list[int]) -> None:
    WriteUp.objects.all().delete()
    Tally.objects.all().delete()
    themes = [factories.ThemeFactory() for _number in range(4)]
    for which, kind, year, is_published in plan:
        state = "published" if is_published else "withdrawn"
        write_up = factories.WriteUpFactory(
            kind=kind, state=state, withdrawn_reason_en="Old", published_at=datetime(year, 6, 1, tzinfo=UTC)
        )
        write_up.themes.set(themes[i] for i in which)
        refile(write_up)
    pool = [
        *(("theme", str(theme.pk)) for theme in themes),
        ("kind", "how-to"),
        ("year", "2016"),
        ("year", "2017"),
    ]
    choices = [Choice(*pool[i], pool[i][1], Text("", "en")) for i in picks]

    total, counted = count(choices)

    expected_total, expected = recount(choices)
    assert total == expected_total == len(found(choices))
    if len(choices) == 1:  # the chosen one itself is the total, not one of the offers
        expected.pop((choices[0].kind, choices[0].value), None)
    assert counted == dict(expected)
