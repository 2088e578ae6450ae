from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.filing import refile
from learning.models import WriteUp
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


def published(lesson: str = "", **fields: Any) -> WriteUp:
    fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    write_up = factories.WriteUpFactory(state=fields.pop("state", "published"), **fields)
    factories.LessonFactory(write_up=write_up, title_en=lesson or "A lesson")
    refile(write_up)
    return write_up


def found(response: Any) -> list[str]:
    return [hit.address for hit in response.context["page"].object_list]


@pytest.mark.parametrize("asked", ["gwyl", "GŴYL", "gŵyl mor", "Mor Gwyl"])
def test_case_and_accents_make_no_difference_and_every_word_must_occur(client: Client, asked: str) -> None:
    write_up = published(title_cy="Gŵyl y Môr")
    published(title_cy="Gŵyl")

    addresses = found(client.get("/en/search/", {"q": asked}))

    assert write_up.get_absolute_url() in addresses
    assert len(addresses) == (1 if " " in asked else 2)


def test_a_lesson_that_matches_is_shown_with_its_own_address(client: Client) -> None:
    write_up = published(lesson="Start small & stay kind")

    response = client.get("/en/search/", {"q": "small"})

    (hit,) = response.context["page"].object_list
    assert [(one.number, one.address) for one in hit.lessons] == [
        (1, write_up.lessons.get().get_absolute_url())
    ]
    assert "Start <mark>small</mark> &amp; stay kind" in response.content.decode()


def test_each_kind_of_thing_has_its_section_and_its_count(client: Client) -> None:
    published(title_en="Floods in the valley")
    factories.SeminarFactory(title_en="After the floods")
    factories.ThemeFactory(name_en="Floods and weather")
    factories.OrganisationFactory(name_en="Floods Agency")
    factories.SeminarFactory(series=factories.SeriesFactory(title_en="Floods talks"))

    response = client.get("/en/search/", {"q": "FLOODS"})

    sections = {section.key: section.count for section in response.context["sections"]}
    assert sections == {"seminars": 1, "themes": 1, "organisations": 1, "series": 1}
    assert response.context["total"] == 5


def test_what_is_not_public_is_never_found(client: Client, client_of: Any, staff: Member) -> None:
    factories.WriteUpFactory(title_en="Zebra draft", folded="zebra draft")
    published(title_en="Zebra withdrawn", state="withdrawn", withdrawn_reason_en="Old")
    factories.SeminarFactory(
        title_en="Zebra planned",
        state="draft",
        published_at=None,
        series=factories.SeriesFactory(title_en="Zebra talks"),
    )
    factories.MemberFactory(name="Zebra Jones", email="zebra@body.example")
    assert WriteUp.objects.filter(folded__contains="zebra").count() == 2

    for reader in (client, client_of(staff)):
        for asked in ("zebra", "zebra@body.example", "body.example"):
            response = reader.get("/en/search/", {"q": asked})
            assert response.context["total"] == 0


@pytest.mark.parametrize("asked", ["", "   ", "\0"])
def test_no_question_offers_themes_and_tags(client: Client, asked: str) -> None:
    factories.ThemeFactory(name_en="Housing")
    write_up = published()
    write_up.tags.add("bins")
    refile(write_up)

    page = client.get("/en/search/", {"q": asked}).content.decode()

    assert "Housing" in page
    assert "bins" in page
    assert "Nothing was found" not in page


def test_no_result_says_so_and_offers_ways_on(client: Client) -> None:
    factories.ThemeFactory(name_en="Housing")

    page = client.get("/en/search/", {"q": "qqq"}).content.decode()

    assert "Nothing was found" in page
    assert "Housing" in page


@pytest.mark.parametrize(
    "asked",
    ["x" * 10_000, "a " * 5_000, "%", "_", "' OR 1=1 --", "<script>alert(1)</script>", "\\", "😀"],
)
def test_hostile_questions_are_answered(client: Client, asked: str) -> None:
    published(title_en="Plain")

    response = client.get("/en/search/", {"q": asked})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_percent_sign_is_a_letter_like_any_other(client: Client) -> None:
    published(title_en="Plain")
    hundred = published(title_en="A hundred %")

    assert found(client.get("/en/search/", {"q": "%"})) == [hundred.get_absolute_url()]


def test_write_ups_page(client: Client) -> None:
    for _number in range(21):
        published(title_en="Bins")

    assert len(found(client.get("/en/search/", {"q": "bins"}))) == 20
    assert len(found(client.get("/en/search/", {"q": "bins", "page": "2"}))) == 1
    assert len(found(client.get("/en/search/", {"q": "bins", "page": "abc"}))) == 20


def test_a_search_costs_the_same_with_one_and_with_thirty(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in (1, 29):
        for _number in range(number):
            published(title_en="Bins", lesson="Bins")
        with django_assert_num_queries(7):
            client.get("/en/search/", {"q": "bins"})


def test_the_search_is_welsh_in_welsh(client: Client) -> None:
    published(title_cy="Biniau", title_en="Bins")

    page = client.get("/cy/chwilio/", {"q": "bins"}).content.decode()

    assert "canlyniad ar gyfer “bins”" in page
    assert "Biniau" in page
