"""The copy of a steward's page that a device keeps: opened without a connection, and gone with the link and the day."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from bookings import arriving
from bookings.models import Booking, BookingRules, CheckIn
from bookings.tokens import new_nonce
from tests.browser.door import COPIES, NOTES, here, mark, wait_for_no_copy, wait_for_the_copy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_opened_again_without_a_connection(
    people: list[Booking], door: Callable[..., Page], axe: Callable[[Page], list[Any]]
) -> None:
    page = door()
    wait_for_the_copy(page)
    mark(page, "Nia Pritchard")
    expect(page.locator("#counts")).to_contain_text("1 of 3 are here")
    page.context.set_offline(True)

    page.reload()
    expect(page.get_by_role("button", name="Undo Nia Pritchard")).to_be_visible()
    expect(page.get_by_text("No connection. The list is as it was at")).to_be_visible()
    expect(page.locator("#counts")).to_contain_text("1 of 3 are here")
    mark(page, "Hefin Wyn")
    # A QR code leads to a page that cannot be reached: its code is in the field.
    page.goto(f"{page.url}{people[2].code}/")
    expect(page.get_by_text(f"Anita Shah ({people[2].code}): press “Check in”")).to_be_visible()
    page.get_by_role("button", name="Check in", exact=True).click()
    expect(page.get_by_text("2 noted on this device")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Manrope")
    page.goto(f"{page.url}walk-in/")
    expect(page.get_by_text("That needs a connection.")).to_be_visible()

    page.context.set_offline(False)
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    assert here() == {"Nia Pritchard", "Hefin Wyn", "Anita Shah"}
    assert CheckIn.objects.count() == 3
    assert axe(page) == []


def test_device_keeps_one_page_and_what_it_needs_and_nothing_once_the_link_is_void(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    page = door()
    wait_for_the_copy(page)
    page.get_by_role("link", name="Somebody without a booking").click()
    page.goto("/en/seminars/")
    rules = BookingRules.objects.select_related("seminar_date").get()
    page.goto(reverse("bookings:steward", args=[arriving.steward_token(rules)]))
    desk = re.escape(page.evaluate("location.pathname"))
    kept = page.evaluate(COPIES)
    others = [path for path in kept if not re.fullmatch(r"/static/(css|js|fonts|images)/[\w.-]+", path)]
    assert len(others) == 3
    assert all(re.fullmatch(rf"{desk}((list|counts)/)?", path) for path in others)

    BookingRules.objects.update(steward_nonce=new_nonce())
    page.reload()
    expect(page.get_by_role("heading", name="For stewards")).to_be_visible()
    assert page.evaluate(COPIES) == page.evaluate(NOTES) == []
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()


def test_link_that_ends_while_the_page_is_open_takes_the_names_away(
    people: list[Booking], door: Callable[..., Page], axe: Callable[[Page], list[Any]]
) -> None:
    page = door()
    wait_for_the_copy(page)
    page.context.set_offline(True)
    mark(page, "Nia Pritchard")
    BookingRules.objects.update(steward_nonce=new_nonce())
    page.context.set_offline(False)

    expect(page.get_by_text("This device cannot check people in any more.")).to_be_visible()
    expect(page.get_by_text("Hefin Wyn")).to_have_count(0)
    wait_for_no_copy(page)
    assert axe(page) == []
    # What was noted is sent when the new link is opened.
    rules = BookingRules.objects.select_related("seminar_date").get()
    page.goto(reverse("bookings:steward", args=[arriving.steward_token(rules)]))
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    assert here() == {"Nia Pritchard"}


def test_copy_goes_when_the_day_is_over(people: list[Booking], door: Callable[..., Page]) -> None:
    page = door()
    wait_for_the_copy(page)
    page.evaluate(
        """async () => {
            const [name] = await caches.keys(), cache = await caches.open(name), { desk } = document.querySelector("[data-door]").dataset;
            const page = new Response(await (await cache.match(desk)).text(), { headers: { "X-Until": new Date(Date.now() - 1000).toISOString() } });
            await cache.put(desk, page);
        }"""
    )
    page.context.set_offline(True)
    with pytest.raises(Error, match=r"ERR_FAILED|ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)

    page = door()
    wait_for_the_copy(page)
    page.clock.set_fixed_time(timezone.now() + timedelta(days=3))
    page.reload()
    wait_for_no_copy(page)


def test_organiser_without_the_link_keeps_no_copy(
    people: list[Booking], new_page: Callable[..., Page], staff: Any
) -> None:
    page = new_page(staff)
    page.goto(reverse("bookings:check-in-desk", args=[people[0].seminar_date.uuid]))

    mark(page, "Nia Pritchard")
    expect(page.locator("#counts")).to_contain_text("1 of 3 are here")
    assert page.evaluate(COPIES) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
