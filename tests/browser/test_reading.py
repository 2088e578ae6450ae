"""Reading in a real browser: narrowing without a reload and without script, keeping, and what axe says."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learning.filing import refile
from people.models import Member
from tests import factories
from tests.browser.conftest import NewPage


@pytest.fixture
def _learning(transactional_db: None) -> None:
    theme = factories.ThemeFactory(name_en="Digital", name_cy="Digidol", slug_en="digital", slug_cy="digidol")
    for number in range(2):
        write_up = factories.WriteUpFactory(
            slug=f"calls-{number}", state="published", published_at="2016-10-05T09:00Z", body_en="We rang.",
            title_en=f"Calls {number}", what_did_not_en="Letters.", challenge_en="Ring ten people.",
        )  # fmt: skip
        if number:
            write_up.themes.add(theme)
        for name in ("Elin Rhys", "Tom Bevan"):
            factories.AuthorFactory(write_up=write_up, name=name)
        factories.LessonFactory(write_up=write_up, body_en="Ring early.")
        refile(write_up)


@pytest.mark.usefixtures("_learning")
@pytest.mark.parametrize("js", [True, False])
def test_the_list_is_narrowed_with_script_and_without(new_page: NewPage, js: bool) -> None:
    page = new_page(js=js)
    page.goto("/en/learning/")
    expect(page.locator(".write-up-card")).to_have_count(2)

    page.get_by_role("link", name="Digital 1").click()

    expect(page.locator(".write-up-card")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/en/learning/\?theme=digital$"))
    if js:
        expect(page.locator("#found-heading")).to_be_focused()
    page.get_by_role("link", name="Theme: Digital").click()
    expect(page.locator(".write-up-card")).to_have_count(2)
    assert page.problems == []  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_learning")
def test_a_lesson_is_kept_and_stands_on_the_shelf(new_page: NewPage, member: Member) -> None:
    page = new_page(member)
    page.goto("/en/learning/calls-0/lessons/1/")

    page.get_by_role("button", name="Keep this lesson").click()
    page.goto("/en/learning/shelf/")

    expect(page.locator(".lesson")).to_have_count(1)


@pytest.mark.usefixtures("_learning")
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "address",
    [
        "/en/learning/", "/cy/dysgu/?theme=digidol", "/en/learning/?theme=digital&kind=how-to",
        "/en/learning/calls-1/", "/cy/dysgu/calls-1/", "/en/learning/calls-1/lessons/1/",
        "/en/search/", "/en/search/?q=ring", "/cy/chwilio/?q=qqq",
    ],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_overflows(
    new_page: NewPage, axe: Callable[[Page], list[Any]], address: str, width: int
) -> None:
    page = new_page(width=width)
    page.goto(address)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
