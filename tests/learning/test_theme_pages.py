"""What the pages that gather write-ups cost, and what they must never show."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse_lazy
from django.utils import timezone

from learning.filing import refile
from learning.models import Author, WriteUp
from learning.money import sentence_with_a_sum
from people.models import Organisation
from tests import factories
from themes.models import Tag, Theme

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def theme() -> Theme:
    return factories.ThemeFactory(slug_en="housing", slug_cy="tai")


def filed(theme: Theme, organisation: Organisation, state: str = "published", **fields: Any) -> WriteUp:
    made = factories.WriteUpFactory(
        organisation=organisation,
        state=state,
        published_at=timezone.now() - timedelta(days=1) if state != "draft" else None,
        **fields,
    )
    made.themes.add(theme)
    made.tags.add("damp")
    factories.LessonFactory(write_up=made)
    Author.objects.create(write_up=made, name="Mair Lloyd", member=factories.MemberFactory())
    Author.objects.create(write_up=made, name="Huw Rhys", role="councillor", position=1)
    refile(made)
    return made


def dated(theme: Theme, organisation: Organisation) -> None:
    seminar = factories.SeminarFactory(organisation=organisation)
    seminar.themes.add(theme)
    factories.SeminarDateFactory(seminar=seminar)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/en/themes/housing/", 6),
        ("/cy/themau/tai/", 6),
        ("/en/tags/damp/", 6),
        ("/en/organisations/gwynedd-council/", 6),
        ("/en/", 4),
    ],
)
@pytest.mark.parametrize("count", [1, 30])
def test_pages_that_gather_read_by_a_fixed_number_of_queries(
    address: str,
    queries: int,
    count: int,
    client: Client,
    theme: Theme,
    organisation: Organisation,
    django_assert_num_queries: Queries,
) -> None:
    for _ in range(count):
        filed(theme, organisation)
        dated(theme, organisation)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


PUBLIC = (
    "/en/",
    "/en/themes/",
    "/en/themes/housing/",
    "/en/tags/",
    "/en/tags/damp/",
    "/en/organisations/gwynedd-council/",
    "/en/learning/",
    "/en/learning/?theme=housing",
    reverse_lazy("learning:feed"),
    "/en/search/?q=zebra",
)
STATES = ("draft", "in review", "withdrawn")


def said(client: Client) -> dict[str, str]:
    pages = {str(address): client.get(str(address)) for address in PUBLIC}
    assert {page.status_code for page in pages.values()} == {200}
    return {
        address: page.content.decode().replace("<mark>", "").replace("</mark>", "")
        for address, page in pages.items()
    }


def test_what_is_not_published_is_nowhere(client: Client, theme: Theme, organisation: Organisation) -> None:
    write_ups = [
        filed(
            theme, organisation, state="draft", title_en=f"Zebra {number}", summary_en=f"Zebra story {number}"
        )
        for number in range(len(STATES))
    ]
    for write_up in write_ups:
        WriteUp.objects.filter(pk=write_up.pk).update(state="published", published_at=timezone.now())
        write_up.refresh_from_db()
        refile(write_up)
    said_while_published = said(client)

    for write_up, state in zip(write_ups, STATES, strict=True):
        WriteUp.objects.filter(pk=write_up.pk).update(state=state, withdrawn_reason_en="Out of date")
        write_up.refresh_from_db()
        refile(write_up)
    said_afterwards = said(client)

    lists = [address for address in said_afterwards if address not in {"/en/themes/", "/en/tags/"}]
    assert [address for address in lists if "Zebra 0" not in said_while_published[address]] == []
    assert [address for address, page in said_afterwards.items() if "Zebra " in page] == []
    assert "3 write-ups" in said_while_published["/en/themes/"]
    assert "0 write-ups" in said_afterwards["/en/themes/"]
    assert ">damp" in said_while_published["/en/tags/"]
    assert ">damp" not in said_afterwards["/en/tags/"]


def test_a_theme_names_whom_to_ask_and_links_those_who_show_their_page(
    client: Client, theme: Theme, organisation: Organisation
) -> None:
    shown = factories.MemberFactory(name="Elin Shown", slug="elin-shown", is_visible=True)
    write_up = filed(theme, organisation)
    write_up.authors.filter(position=1).update(member=shown, name="Elin Shown")

    page = client.get("/en/themes/housing/").content.decode()

    assert f'<a href="{shown.get_absolute_url()}">Elin Shown</a>' in page
    assert '<span class="person-name">Mair Lloyd</span>' in page


def test_a_sum_is_told_in_the_writers_sentence() -> None:
    told = "It went well. We paid £38,400 for a simulator that nobody used twice, and £1,300 for cards. Then it ended."
    write_up = factories.WriteUpFactory.build(what_worked_en=told)

    assert sentence_with_a_sum(write_up) == (
        "We paid £38,400 for a simulator that nobody used twice, and £1,300 for cards."
    )


def test_no_sum_no_sentence() -> None:
    write_up = factories.WriteUpFactory.build(
        what_worked_en="The £ sign alone is no sum, however long the sentence around it may be.",
        what_did_not_en="It cost £5.",
    )

    assert sentence_with_a_sum(write_up) is None


def test_coming_seminars_of_a_theme_are_in_order(
    client: Client, theme: Theme, organisation: Organisation
) -> None:
    dated(theme, organisation)
    seminar = factories.SeminarFactory(title_en="Damp, sooner", organisation=organisation)
    seminar.themes.add(theme)
    soon = timezone.now() + timedelta(days=3)
    factories.SeminarDateFactory(seminar=seminar, starts_at=soon, ends_at=soon + timedelta(hours=3))

    page = client.get("/en/themes/housing/").content.decode()

    assert re.findall(r'<time datetime="[^"]*">(\d+ \w+ \d+)</time> <span>Cardiff', page) == [
        f"{soon:%-d %B %Y}",
        f"{timezone.now() + timedelta(days=30):%-d %B %Y}",
    ]


def test_a_theme_in_one_language_has_no_markup_in_its_title_and_description(client: Client) -> None:
    factories.ThemeFactory(
        slug_en="water",
        slug_cy="dwr",
        name_en="Water",
        name_cy="",
        summary_en="Every drop",
        questions_en="How much?",
    )

    page = client.get("/cy/themau/dwr/").content.decode()

    assert re.findall("<title>(.*)</title>", page) == ["Water – Cyfnewidfa Arfer Da"]
    assert re.findall('name="description" content="([^>]*)">', page) == ["Every drop"]
    assert '<h1><span lang="en">Water</span></h1>' in page
    assert '<ul class="questions" lang="en"><li>How much?</li>' in page


def test_a_tag_that_nothing_carries_says_what_to_do(client: Client) -> None:
    Tag.objects.create(name="lonely")

    assert "Nothing has been written about this yet" in client.get("/en/tags/lonely/").content.decode()
