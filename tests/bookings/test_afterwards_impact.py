"""What came of a seminar, and of all: figures that are right, name nobody, and cost the same however many there are."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import impact
from seminars.models import Seminar
from tests import factories
from tests.bookings.been import came, noted, thought, told
from tests.bookings.ground import book_one, bookable

pytestmark = pytest.mark.django_db
CLIENT = Client()
OVERALL = "/en/impact/"


def page_of(seminar: Seminar) -> str:
    return reverse("bookings:impact", args=[seminar.slug])


def read(path: str) -> str:
    answer = CLIENT.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_figures_of_a_seminar_and_of_all() -> None:
    council = factories.OrganisationFactory(kind="council")
    people = came(3, organisation=council, kind="councillor")
    date = people[0].seminar_date
    came(2, date=date, kind="officer")
    came(1, date=date, state="no show")
    thought(date, 5, 4, 3)
    for booking, outcome in zip(people, ("done", "stopped", ""), strict=True):
        commitment = noted(booking)
        if outcome:
            told(commitment, outcome, "because")
    strange = came(1)[0]

    found, all_of_them = impact.of(impact.held_of(date.seminar)), impact.of(impact.held_by_all())

    assert (found.attended.number, found.attended.bodies) == (5, 1)
    assert (found.attended.kinds["councillor"], found.attended.kinds["officer"]) == (3, 2)
    assert found.attended.sectors == {"council": 3}
    assert (found.opinion.mean, found.opinion.would_recommend) == (4.0, 100)
    made = found.commitment
    assert (made.made, made.done, made.under_way, made.stopped, made.not_told) == (3, 1, 0, 1, 1)
    assert all_of_them.attended.number == 6
    rows = impact.rows_of(impact.held_by_all(), impact.SEMINAR)
    assert {key: row.attended for key, row in rows.items()} == {
        date.seminar_id: 5, strange.seminar_date.seminar_id: 1,
    }  # fmt: skip
    mine = rows[date.seminar_id]
    assert (mine.opinion.mean, mine.commitments.made, mine.commitments.done) == (4.0, 3, 1)


def test_opinions_of_fewer_than_three_are_not_public() -> None:
    date = came(3)[0].seminar_date
    thought(date, 1, 1, recommend="no")

    for path in (page_of(date.seminar), OVERALL):
        page = read(path)
        assert "How useful was it?" not in page
        assert "Too few have given feedback" in page
    thought(date, 1, recommend="no")
    assert "How useful was it?" in read(page_of(date.seminar))


def test_no_sum_less_another_tells_what_one_or_two_answered() -> None:
    """Whatever is told of a year or a seminar, and of all: the difference is of dates that many answered of."""
    many, few = came(4)[0].seminar_date, came(2)[0].seminar_date
    thought(many, 5, 5, 5, 4)
    thought(few, 1, 1, recommend="no")

    every, one, other = (
        impact.of(held)
        for held in (impact.held_by_all(), impact.held_of(many.seminar), impact.held_of(few.seminar))
    )

    assert every.opinion == one.opinion
    assert (one.opinion.number, one.opinion.asked, one.has_few) == (4, 4, False)
    assert (other.opinion.number, other.has_few, every.has_few) == (0, True, True)
    rows = impact.rows_of(impact.held_by_all(), impact.SEMINAR)
    assert (rows[many.seminar_id].opinion.mean, rows[few.seminar_id].opinion.number) == (4.8, 0)
    assert "Dates with fewer than three answers are left out" in read(OVERALL)
    assert "left out" not in read(page_of(many.seminar))


def test_what_somebody_wrote_as_feedback_is_never_public() -> None:
    date = came(4)[0].seminar_date
    thought(date, 5, 5, 5, 5, take_away="Words for the organisers", comment="Only for them")

    for path in (page_of(date.seminar), OVERALL):
        assert "Words for the organisers" not in read(path)
        assert "Only for them" not in read(path)


def test_empty_pages_say_so_honestly() -> None:
    coming = bookable(5)
    book_one(coming)

    assert "It has not taken place yet" in read(page_of(coming.seminar))
    assert "Nothing to count yet" in read(OVERALL)
    past = came(1, state="confirmed")[0].seminar_date
    assert "nobody has noted here who came" in read(page_of(past.seminar))


def test_only_write_ups_that_are_published_are_named() -> None:
    date = came(1)[0].seminar_date
    for title, state in (("What we learnt", "published"), ("Half a thought", "draft")):
        at = timezone.now() if state == "published" else None
        factories.WriteUpFactory(title_en=title, state=state, published_at=at).seminars.add(date.seminar)

    for path in (page_of(date.seminar), OVERALL):
        assert "What we learnt" in read(path)
        assert "Half a thought" not in read(path)


def test_seminars_that_are_drafts_are_not_counted() -> None:
    date = came(2)[0].seminar_date
    Seminar.objects.update(state="draft")

    assert impact.of(impact.held_by_all()).is_empty
    assert CLIENT.get(page_of(date.seminar)).status_code == 404


def test_the_pages_lead_to_one_another_and_may_be_kept() -> None:
    date = came(1)[0].seminar_date

    assert page_of(date.seminar) in read(date.seminar.get_absolute_url())
    assert page_of(date.seminar) in read(OVERALL)
    assert OVERALL in read("/en/")
    for path in (page_of(date.seminar), OVERALL):
        answer = CLIENT.get(path)
        assert not answer.cookies
        assert "private" not in answer.get("Cache-Control", "")


@time_machine.travel("2026-06-15T12:00Z")
def test_a_year_is_told_by_itself() -> None:
    for year, days_ago in ((2026, 10), (2024, 800)):
        booking = came(1, days_ago=days_ago)[0]
        seminar = booking.seminar_date.seminar
        Seminar.objects.filter(pk=seminar.pk).update(title_en=f"Held in {year}")
        noted(booking, f"A step in {year}", "public")
        write_up = factories.WriteUpFactory(
            title_en=f"Learnt in {year}", state="published", published_at=timezone.now()
        )
        write_up.seminars.add(seminar)

    every, one = read(OVERALL), read(f"{OVERALL}?year=2024")

    assert re.findall(r'href="\?year=(\d+)"', every) == ["2026", "2024"]
    assert 'href="?year=2024" aria-current="true"' in one
    for year, is_there in ((2026, False), (2024, True)):
        for words in (f"Held in {year}</a>", f"A step in {year}", f"Learnt in {year}"):
            assert words in every
            assert (words in one) == is_there
    assert "<strong>2</strong> people came" in every
    assert "<strong>1</strong> person came" in one
    assert "<strong>2</strong> people came" in read(f"{OVERALL}?year=nonsense")


def test_the_overall_page_stays_short() -> None:
    for _each in range(25):
        came(1)

    first, second = (read(f"{OVERALL}?page={number}") for number in (1, 2))

    assert [page.count('<th scope="row"><a') for page in (first, second)] == [20, 5]
    assert "25</strong> people came" in second


def test_no_more_queries_for_thirty_than_for_one(django_assert_max_num_queries: Any) -> None:
    """Dates, and seminars as well: of both there are thirty more the second time."""
    seminar = factories.SeminarFactory()
    counts = []
    for number in (1, 30):
        for _each in range(number):
            for of in (seminar, factories.SeminarFactory()):
                date = bookable(1, seminar=of)
                noted(came(1, date=date, organisation=factories.OrganisationFactory())[0], "A step", "public")
                thought(date, 5, 4, 3)
        for path in (page_of(seminar), OVERALL):
            with django_assert_max_num_queries(40) as found:
                read(path)
            counts.append(len(found))

    assert counts[:2] == counts[2:]
