"""Writing in a real browser: what script adds, and that text survives a closed tab and an ended session."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from learning import filing
from learning.models import WriteUp
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(member: Member, organisation: Any) -> WriteUp:
    write_up = factories.WriteUpFactory(organisation=organisation, created_by=member)
    for _n in range(3):
        factories.LessonFactory(write_up=write_up)
    factories.AuthorFactory(write_up=write_up, member=member, name=member.name)
    write_up.themes.add(factories.ThemeFactory())
    filing.refile(write_up)
    return write_up


def story(write_up: WriteUp) -> str:
    return reverse("learning:write-story", args=[write_up.slug])


def test_typing_is_previewed_and_saved_by_itself(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member)
    page.goto(story(draft))
    page.locator("#id_body_en").press_sequentially("We *began* small")

    expect(page.locator(".live-preview em")).to_have_text("began")
    expect(page.locator("[data-status]")).to_contain_text("Saved ")
    draft.refresh_from_db()
    assert draft.body_en == "We *began* small"
    assert page.problems == []  # type: ignore[attr-defined]


def test_text_survives_an_ended_session(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member)
    page.goto(story(draft))
    Session.objects.all().delete()
    page.locator("#id_body_en").press_sequentially("Not to be lost")

    status = page.locator("[data-status]")
    expect(status).to_contain_text("You have been signed out. Your text is kept on this device.")
    expect(status.get_by_role("link", name="Sign in again")).to_be_visible()
    assert page.locator("#id_body_en").input_value() == "Not to be lost"


def test_text_of_a_closed_tab_is_offered_back(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member)
    page.goto(story(draft))
    page.locator("#id_body_en").press_sequentially("Half a thought")
    page.goto("about:blank")

    page.goto(story(draft))
    page.get_by_role("button", name="Bring it back").click()

    assert page.locator("#id_body_en").input_value() == "Half a thought"
    expect(page.locator("[data-status]")).to_contain_text("Saved ")


def test_text_that_arrived_is_not_offered_again(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member)
    new = reverse("learning:write-lesson-new", args=[draft.slug])
    page.goto(new)
    page.locator("#id_title_en").press_sequentially("A fourth lesson")
    page.get_by_role("button", name="Add the lesson").click()
    expect(page.get_by_text("The lesson is added.")).to_be_visible()

    page.goto(new)

    expect(page.locator("#id_title_en")).to_have_value("")
    expect(page.locator(".found")).to_have_count(0)


def test_new_lesson_survives_being_signed_out_at_the_button(
    new_page: Any, member: Member, draft: WriteUp
) -> None:
    page: Page = new_page(member)
    new = reverse("learning:write-lesson-new", args=[draft.slug])
    page.goto(new)
    page.locator("#id_title_en").press_sequentially("A fourth lesson")
    Session.objects.all().delete()
    page.get_by_role("button", name="Add the lesson").click()
    expect(page).to_have_url(re.compile("login"))
    signed_in = Client()
    signed_in.force_login(member)
    page.context.add_cookies(
        [{"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": urljoin(page.url, "/")}]
    )

    page.goto(new)
    page.get_by_role("button", name="Bring it back").click()

    expect(page.locator("#id_title_en")).to_have_value("A fourth lesson")


def test_lessons_are_ordered_by_keyboard(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member)
    before = list(draft.lessons.values_list("pk", flat=True))
    page.goto(reverse("learning:write-lessons", args=[draft.slug]))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("li").nth(0).page.get_by_role("button", name="Down").first.press("Enter")

    assert list(draft.lessons.values_list("pk", flat=True)) == [before[1], before[0], before[2]]


def test_everything_works_without_script(new_page: Any, member: Member, draft: WriteUp) -> None:
    page: Page = new_page(member, js=False, width=320)
    page.goto(story(draft))
    page.locator("#id_body_en").fill("Plain *words*")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text("words")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Up").nth(2).click()
    page.goto(reverse("learning:write-check", args=[draft.slug]))
    page.get_by_role("button", name="Submit for review").click()

    expect(page.get_by_text("Handed in. The editors have been told.")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.state, draft.body_en) == ("in review", "Plain *words*")


STEPS = [
    "overview",
    "about",
    "story",
    "lessons",
    "results",
    "authors",
    "filing",
    "source",
    "images",
    "check",
    "revisions",
]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_have_no_fault_that_axe_finds(
    new_page: Any, axe: Any, member: Member, draft: WriteUp, language: str, width: int
) -> None:
    from django.utils import translation

    page: Page = new_page(member, width=width)
    faults = {}
    for step in STEPS:
        with translation.override(language):
            page.goto(reverse(f"learning:write-{step}", args=[draft.slug]))
        found = axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found or wide:
            faults[step] = (found, wide)

    assert faults == {}
    assert page.problems == []  # type: ignore[attr-defined]
