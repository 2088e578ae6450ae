from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import factories
from tests.learning.reading.conftest import Publish

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(response: Any) -> list[ElementTree.Element]:
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


def text(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"a:{name}", "", ATOM)


def test_the_feed_holds_what_is_published_with_its_lessons(client: Client, publish: Publish) -> None:
    write_up = publish(title_en="Bins & <b>boxes</b>", summary_en="A < B", lessons=2, authors=["Elin"])
    factories.WriteUpFactory(title_en="A draft")
    publish(title_en="Taken back", state="withdrawn", withdrawn_reason_en="Old")

    response = client.get("/en/learning/feed/")

    assert response["Content-Type"].startswith("application/atom+xml")
    (entry,) = entries(response)
    assert text(entry, "title") == "Bins & <b>boxes</b>"
    assert text(entry, "id") == f"urn:uuid:{write_up.uuid}"
    assert "<p>A &lt; B</p><ol><li>" in text(entry, "summary")


@pytest.mark.parametrize("query", ["theme=digital", "tag=bins", "organisation=ynys-council"])
def test_a_feed_is_narrowed_like_the_list(client: Client, publish: Publish, query: str) -> None:
    theme = factories.ThemeFactory(slug_en="digital")
    body = factories.OrganisationFactory(slug="ynys-council")
    publish(title_en="Mine", themes=[theme], tags=["bins"], organisation=body)
    publish(title_en="Another's")

    found = entries(client.get(f"/en/learning/feed/?{query}"))

    assert [text(entry, "title") for entry in found] == ["Mine"]


def test_a_feed_of_what_is_not_there_is_not_a_feed_of_everything(client: Client, publish: Publish) -> None:
    publish()

    assert client.get("/en/learning/feed/?theme=misspelt").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client, publish: Publish) -> None:
    publish()
    known = {"If-None-Match": client.get("/en/learning/feed/")["ETag"]}

    assert client.get("/en/learning/feed/", headers=known).status_code == 304
    publish()
    assert client.get("/en/learning/feed/", headers=known).status_code == 200


def test_a_feed_costs_the_same_with_one_and_with_thirty(
    client: Client, publish: Publish, django_assert_num_queries: Any
) -> None:
    publish(tags=["a"], authors=["Elin"])
    with django_assert_num_queries(5):
        client.get("/en/learning/feed/")
    for _number in range(29):
        publish(tags=["a"], authors=["Elin"])
    with django_assert_num_queries(5):
        assert len(entries(client.get("/en/learning/feed/"))) == 30


def test_the_welsh_feed_is_welsh(client: Client, publish: Publish) -> None:
    publish(title_cy="Biniau")

    response = client.get("/cy/dysgu/ffrwd/")

    assert b'xml:lang="cy"' in response.content
    assert [text(entry, "title") for entry in entries(response)] == ["Biniau"]
