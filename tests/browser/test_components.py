"""The gallery shows every component in every state: what axe finds there, it would find on a page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
Axe = Callable[[Page], list[Any]]


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_gallery_is_accessible(
    new_page: Callable[..., Page], axe: Axe, language: str, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    page.goto(f"/{language}/components/")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.problems == []  # type: ignore[attr-defined]


def test_axe_finds_a_planted_fault(page: Page, axe: Axe) -> None:
    page.goto("/en/components/")
    page.evaluate(
        "document.querySelector('main .field label').remove(); document.querySelector('main').prepend(new Image())"
    )

    assert {"label", "image-alt"} <= {rule for rule, _impact, _targets in axe(page)}


def test_reader_starts_at_the_error_summary(page: Page) -> None:
    page.goto("/en/components/")

    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="The date must be a real date").click()
    assert page.evaluate("document.activeElement.id") == "id_wrong-day_0"


def test_everything_that_is_pressed_is_large_enough(page: Page) -> None:
    page.goto("/cy/components/")
    small = page.evaluate(
        """[...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, nav a, .brand, .facets a')]
        .filter(one => { const box = one.getBoundingClientRect(); return box.width && (box.height < 24 || box.width < 24) && !one.closest('label'); })
        .map(one => one.outerHTML.slice(0, 80))"""
    )

    assert small == []


def test_combobox_suggests_for_the_last_tag_by_keyboard(page: Page, axe: Axe) -> None:
    page.goto("/en/components/")
    field = page.locator("#id_clean-tags")
    field.press_sequentially("asset transfer, ty")

    assert page.locator(".listbox [role=option]").all_inner_texts() == ["Tŷ’r Cyffredin", "tyfu"]
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    assert axe(page) == []
    page.keyboard.press("Enter")
    assert field.input_value() == "asset transfer, Tŷ’r Cyffredin, "
    assert field.get_attribute("aria-expanded") == "false"


def names(page: Page) -> list[str]:
    return page.locator("ol[data-order] .name").all_inner_texts()


def test_order_changes_by_button_and_keeps_the_focus(page: Page) -> None:
    page.goto("/en/components/")
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("button", name="Move down Croeso").click()

    assert names(page) == ["Astudiaeth achos", "Croeso", "Cloi"]
    assert "Move down" in page.evaluate("document.activeElement.textContent")
    sent = posted.value.request.post_data or ""
    assert sent.index("Astudiaeth achos") < sent.index("Croeso") < sent.index("Cloi")
    page.get_by_role("status").filter(has_text="Croeso is now number 2").wait_for(state="attached")


def test_order_changes_by_dragging(page: Page) -> None:
    page.goto("/en/components/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("li[data-id=Cloi]").drag_to(
            page.locator("li[data-id=Croeso]"), target_position={"x": 30, "y": 3}
        )

    assert names(page) == ["Cloi", "Croeso", "Astudiaeth achos"]


def test_order_that_is_not_kept_is_said(page: Page) -> None:
    page.goto("/en/components/")
    page.route(
        "**/components/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="Move up Cloi").click()

    page.get_by_text("The order was not kept").wait_for()
