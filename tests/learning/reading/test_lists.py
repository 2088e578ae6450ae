from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from learning import browsing
from tests import factories
from tests.learning.reading.conftest import Publish


def titles(response: Any) -> list[str]:
    return [card.title for card in response.context["page"].object_list]


def test_the_list_shows_the_newest_first_and_nothing_unpublished(client: Client, publish: Publish) -> None:
    publish(title_en="Older", days=9)
    publish(title_en="Newer", days=2)
    factories.WriteUpFactory(title_en="A draft")
    publish(title_en="Taken back", state="withdrawn", withdrawn_reason_en="Out of date")

    response = client.get("/en/learning/")

    assert titles(response) == ["Newer", "Older"]
    assert response.context["total"] == 2
    assert b"A draft" not in response.content
    assert b"Taken back" not in response.content


def test_facets_narrow_together(client: Client, publish: Publish) -> None:
    digital, housing = factories.ThemeFactory(slug_en="digital"), factories.ThemeFactory(slug_en="housing")
    publish(title_en="Both", themes=[digital, housing], kind="how-to")
    publish(title_en="Digital only", themes=[digital], kind="how-to")
    publish(title_en="Another kind", themes=[digital, housing], kind="case study")

    response = client.get("/en/learning/?theme=digital&theme=housing&kind=how-to")

    assert titles(response) == ["Both"]
    assert response.context["total"] == 1


def test_each_chosen_facet_can_be_taken_away(client: Client, publish: Publish) -> None:
    publish(themes=[factories.ThemeFactory(slug_en="digital", name_en="Digital")], kind="how-to")

    response = client.get("/en/learning/?theme=digital&kind=how-to")

    assert response.context["removals"] == [
        ("Theme", "Digital", "/en/learning/?kind=how-to"),
        ("Kind", "How-to", "/en/learning/?theme=digital"),
    ]


def test_a_theme_is_found_by_its_slug_in_either_language(client: Client, publish: Publish) -> None:
    publish(title_cy="Cartrefi", themes=[factories.ThemeFactory(slug_en="housing", slug_cy="tai")])
    publish()

    assert client.get("/en/learning/?theme=tai").context["total"] == 1
    welsh = client.get("/cy/dysgu/?theme=housing")
    assert titles(welsh) == ["Cartrefi"]
    assert welsh.context["filter"].chosen[0].slug == "tai"


@pytest.mark.parametrize(
    "query",
    [
        "theme=no-such-theme",
        "tag=%00",
        "organisation=" + "a" * 10_000,
        "kind=case study' OR 1=1 --",
        "year=20x6",
        "year=٢٠١٦",
        "region=<script>alert(1)</script>",
        "&".join(f"year={year}" for year in range(2000, 2090)),
    ],
)
def test_what_is_not_known_is_left_out_and_said_so(client: Client, publish: Publish, query: str) -> None:
    publish()

    response = client.get(f"/en/learning/?{query}")

    assert response.status_code == 200
    assert response.context["filter"].unknown
    assert "asks for something that is not here" in response.content.decode()
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("page", ["abc", "-1", "0", "", "1.5", "9" * 40, "٣", "%00"])
def test_a_page_that_is_no_number_is_the_first(client: Client, publish: Publish, page: str) -> None:
    write_up = publish()

    assert titles(client.get(f"/en/learning/?page={page}")) == [write_up.title_en]


def test_pages_follow_one_another_without_gap_and_the_last_stands_for_those_beyond(
    client: Client, publish: Publish
) -> None:
    theme = factories.ThemeFactory(slug_en="digital")
    made = [publish(themes=[theme], days=day).title_en for day in range(1, 24)]

    read = [titles(client.get(f"/en/learning/?theme=digital&page={page}")) for page in (1, 2, 3)]

    assert read[0] + read[1] == made
    assert read[2] == read[1]


def test_paging_ends_where_narrowing_serves_better(
    client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learning.views.lists.DEEPEST", 1)
    for _number in range(browsing.PAGE + 1):
        publish()

    response = client.get("/en/learning/?page=2")

    assert response.context["page"].number == 1
    assert response.context["total"] == browsing.PAGE + 1
    assert "Only the newest 20 are listed" in response.content.decode()


@pytest.mark.parametrize("query", ["", "?theme=digital", "?theme=digital&year=2016", "?tag=bins&page=1"])
def test_the_list_costs_six_queries_whatever_it_holds(
    client: Client, publish: Publish, django_assert_num_queries: Any, query: str
) -> None:
    theme = factories.ThemeFactory(slug_en="digital")
    then = datetime(2016, 10, 5, 9, tzinfo=UTC)
    publish(themes=[theme], tags=["bins"], authors=["Elin", "Tom"], published_at=then)
    with django_assert_num_queries(6):
        client.get(f"/en/learning/{query}")
    for _number in range(29):
        publish(themes=[theme], tags=["bins"], authors=["Elin", "Tom"], published_at=then)

    with django_assert_num_queries(6):
        response = client.get(f"/en/learning/{query}")

    assert response.context["total"] == 30


def test_an_empty_list_says_what_to_do_next(client: Client, db: None) -> None:
    assert "Nothing is published yet" in client.get("/en/learning/").content.decode()


def test_a_choice_that_leaves_nothing_offers_the_way_back(client: Client, publish: Publish) -> None:
    publish(kind="how-to")

    page = client.get("/en/learning/?kind=case-study").content.decode()

    assert "No write-up has all of this" in page
    assert "0 write-ups" in page


def test_htmx_is_given_the_part_alone(client: Client, publish: Publish) -> None:
    publish()

    response = client.get("/en/learning/", headers={"HX-Request": "true"})

    assert response.content.decode().startswith('<div id="found"')
    assert "HX-Request" in response["Vary"]


def test_the_welsh_list_is_welsh_and_says_what_is_not(client: Client, publish: Publish) -> None:
    publish(title_cy="", title_en="Only in English")

    page = client.get("/cy/dysgu/").content.decode()

    assert "1 adroddiad dysgu" in page
    assert 'lang="en">Only in English</a>' in page
