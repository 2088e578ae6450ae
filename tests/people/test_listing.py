import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/organisations/"


def names_in(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/(?:en|cy)/[^"]*">([^<]*)</a></h3>', page)


def published_write_up(**fields: Any) -> Any:
    return factories.WriteUpFactory(
        state="published", published_at=timezone.now() - timedelta(days=1), **fields
    )


def test_the_list_finds_folded_names_in_either_language(client: Client) -> None:
    factories.OrganisationFactory(name_en="Anglesey Council", name_cy="Cyngor Ynys Môn")
    factories.OrganisationFactory(name_en="Powys Council", name_cy="Cyngor Powys")

    assert names_in(client.get(LIST, {"q": "YNYS mon"}).content.decode()) == ["Anglesey Council"]
    assert names_in(client.get(LIST, {"q": "council"}).content.decode()) == [
        "Anglesey Council",
        "Powys Council",
    ]


def test_the_list_narrows_by_kind_nation_and_region_and_counts_what_is_left(client: Client) -> None:
    factories.OrganisationFactory(name_en="Gwent Police", kind="police", region="South East Wales")
    factories.OrganisationFactory(name_en="Conwy Council", region="North Wales")
    factories.OrganisationFactory(
        name_en="Leeds Council", nation="England", region="Yorkshire and The Humber"
    )

    page = client.get(LIST, {"nation": "Wales", "kind": "council"}).content.decode()

    assert names_in(page) == ["Conwy Council"]
    assert "1 organisation<" in page
    assert '<option value="police">Police (1)</option>' in page
    assert '<option value="England">England (1)</option>' in page
    assert "Leeds" not in page


def test_the_list_narrows_to_those_that_shared_something_public(client: Client) -> None:
    wrote, held, drafted = (
        factories.OrganisationFactory(name_en=name) for name in ("Anglesey", "Bangor", "Conwy")
    )
    published_write_up(organisation=wrote)
    factories.SeminarFactory(organisation=held)
    factories.WriteUpFactory(organisation=drafted)

    assert names_in(client.get(LIST).content.decode()) == ["Anglesey", "Bangor", "Conwy"]
    assert names_in(client.get(LIST, {"shared": "yes"}).content.decode()) == ["Anglesey", "Bangor"]


def test_the_list_pages_and_keeps_the_filter(client: Client) -> None:
    for number in range(45):
        factories.OrganisationFactory(name_en=f"Body {number}")

    page = client.get(LIST, {"q": "body", "page": "3"}).content.decode()

    assert names_in(page) == ["Body 40", "Body 41", "Body 42", "Body 43", "Body 44"]
    assert "?q=body&amp;page=2" in page


@pytest.mark.parametrize("query", [{"q": "zzz"}, {"page": "99"}, {"kind": "nonsense"}, {"q": "\x00'\";--%"}])
def test_the_list_answers_to_anything(
    client: Client, query: dict[str, str], organisation: Organisation
) -> None:
    response = client.get(LIST, query)

    assert response.status_code == 200
    if query.get("q"):
        words = "There is a problem" if "\x00" in query["q"] else "No organisation fits"
        assert words in response.content.decode()


def test_welsh_pages_sort_by_the_welsh_alphabet(client: Client) -> None:
    for name in ("Chwaraeon", "Cyfoeth", "Dŵr", "Ddinas", "Llais", "Lles", "Luned"):
        factories.OrganisationFactory(name_cy=name, name_en="")

    page = client.get("/cy/sefydliadau/").content.decode()

    assert names_in(page) == ["Cyfoeth", "Chwaraeon", "Dŵr", "Ddinas", "Luned", "Llais", "Lles"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_the_same_whatever_its_length(
    client: Client, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for index in range(number):
        organisation = factories.OrganisationFactory(gss_code=f"W060000{index + 1:02}")
        published_write_up(organisation=organisation)

    with django_assert_num_queries(7):
        client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST, {"q": "council"})


def test_the_map_links_to_every_council(client: Client) -> None:
    anglesey = factories.OrganisationFactory(name_en="Isle of Anglesey Council", gss_code="W06000001")
    published_write_up(organisation=anglesey)
    factories.WriteUpFactory(organisation=anglesey)

    page = client.get(LIST).content.decode()

    assert f'href="{anglesey.get_absolute_url()}" aria-label="Anglesey: 1"' in page
    assert "Show as a table" in page
