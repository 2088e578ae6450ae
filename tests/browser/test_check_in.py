"""At the door with a phone: by code and by name, without a connection, and what was noted arriving once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings import arriving, changing
from bookings.models import Booking, CheckIn
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, person
from tests.browser.door import NOTES, here, mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look_now(page: Page) -> None:
    """What the page does every fifteen seconds."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_without_a_connection_nothing_is_lost_and_nothing_counted_twice(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    page = door()
    page.context.set_offline(True)

    page.get_by_label("Short code").fill(people[0].code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nia Pritchard is here.")).to_be_visible()
    mark(page, "Hefin Wyn")
    expect(page.get_by_text("2 noted on this device")).to_be_visible()
    expect(page.get_by_text("No connection. The list is as it was at")).to_be_visible()
    assert not CheckIn.objects.exists()
    notes = page.evaluate(NOTES)

    page.context.set_offline(False)
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    expect(page.get_by_text("No connection.")).to_be_hidden()
    assert here() == {"Nia Pritchard", "Hefin Wyn"}

    # The same notes once more, as from a device that did not hear the answer.
    page.evaluate("notes => notes.forEach(([key, note]) => localStorage.setItem(key, note))", notes)
    page.reload()
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    assert CheckIn.objects.count() == 2
    expect(page.locator("#counts")).to_contain_text("2 of 3 are here")
    assert page.evaluate(NOTES) == []


def test_slip_is_undone_before_and_after_it_is_sent(people: list[Booking], door: Callable[..., Page]) -> None:
    page = door()
    page.context.set_offline(True)
    mark(page, "Nia Pritchard")
    page.keyboard.press("Enter")  # The focus is on what takes it back.
    expect(page.get_by_text("Taken back, waiting to be sent").filter(visible=True)).to_be_visible()
    mark(page, "Hefin Wyn")
    page.context.set_offline(False)
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    assert here() == {"Hefin Wyn"}

    expect(page.locator("#counts")).to_contain_text("1 of 3 are here")
    page.get_by_role("button", name="Undo Hefin Wyn").click()
    expect(page.locator("#counts")).to_contain_text("0 of 3 are here")
    assert here() == set()


def test_what_is_refused_stays_until_it_was_seen(people: list[Booking], door: Callable[..., Page]) -> None:
    page = door()
    page.context.set_offline(True)
    mark(page, "Nia Pritchard")
    page.get_by_label("Short code").fill("NOBODY")
    page.keyboard.press("Enter")
    expect(page.get_by_text("NOBODY is not in the list of this device")).to_be_visible()
    changing.cancel(people[0])
    page.context.set_offline(False)

    refusals = page.locator("#door-refused li")
    expect(refusals).to_have_count(2)
    expect(refusals.first).to_contain_text("Nia Pritchard has no place")
    page.reload()
    expect(refusals.last).to_contain_text("NOBODY: Not taken: There is no booking with this code.")
    for _each in range(2):
        refusals.first.get_by_role("button", name="Seen").click()
    expect(refusals).to_have_count(0)
    assert page.evaluate(NOTES) == []


def test_others_are_seen_without_loading_the_page_again(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    page = door()
    mark(page, "Nia Pritchard")
    arriving.check_in(people[1], "name")
    late = book_one(people[0].seminar_date, person("Zoë Ceredig"))

    page.get_by_label("Short code").fill(late.code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zoë Ceredig is here.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo Hefin Wyn")).to_be_visible()
    page.get_by_label("Name or organisation").fill("zoe")
    expect(page.locator("#door-list li")).to_have_count(1)
    expect(page.locator("#counts")).to_contain_text("3 of 4 are here")
    arriving.undo(late.check_ins.get())
    look_now(page)
    expect(page.get_by_role("button", name="Is here Zoë Ceredig")).to_be_visible(timeout=20000)


def test_browser_that_keeps_nothing_says_so_and_sends_all_the_same(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    page = door()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    page.context.set_offline(True)
    mark(page, "Nia Pritchard")
    expect(page.get_by_text("This browser keeps nothing.")).to_be_visible()

    page.context.set_offline(False)
    expect(page.locator("#door-said")).to_have_text("Everything is sent.")
    expect(page.get_by_text("This browser keeps nothing.")).to_be_hidden()
    assert here() == {"Nia Pritchard"}


def test_old_token_and_a_spoilt_note_stop_nothing(people: list[Booking], door: Callable[..., Page]) -> None:
    page = door()
    page.context.clear_cookies(name="csrftoken")
    page.evaluate(
        """uuid => localStorage.setItem(`check-in ${uuid} spoilt`, JSON.stringify({ uuid: "spoilt", code: "NOBODY", number: 0, at: "" }))""",
        str(people[0].seminar_date.uuid),
    )
    mark(page, "Nia Pritchard")

    expect(page.locator("#door-refused")).to_contain_text("This is not a list of check-ins.", timeout=20000)
    expect(page.locator("#counts")).to_contain_text("1 of 3 are here")


def test_closed_day_shows_who_came_and_nothing_to_press(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    arriving.check_in(people[0], "name")
    page = door()
    date = people[0].seminar_date
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(minutes=1)
    )
    page.context.set_offline(True)
    mark(page, "Hefin Wyn")
    arriving.settle(SeminarDate.objects.get(pk=date.pk))
    page.context.set_offline(False)

    expect(page.locator("#door-refused")).to_contain_text("Hefin Wyn")
    expect(page.locator("#door-refused")).to_contain_text("The day is closed")
    expect(page.get_by_role("button", name=re.compile("Is here|Undo"))).to_have_count(0)
    page.reload()
    expect(page.get_by_text("The day is closed: who came")).to_be_visible()
    expect(page.get_by_text("Did not come").filter(visible=True)).to_have_count(2)


@pytest.mark.parametrize("js", [True, False])
def test_by_name_and_undone_in_welsh(
    people: list[Booking], door: Callable[..., Page], axe: Callable[[Page], list[Any]], js: bool
) -> None:
    page = door("cy", js=js)

    page.get_by_label("Enw neu sefydliad").fill("nia")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nia Pritchard").click()
    expect(page.get_by_text("Mae Nia Pritchard yma.")).to_be_visible()
    if js:
        expect(page.locator("#door-waiting")).to_be_hidden()
        assert page.evaluate("localStorage.length") == 0
        expect(page.get_by_text("Mae Nia Pritchard yma.")).to_be_visible()
        assert axe(page) == []
    page.goto(page.url.split("?")[0])
    page.get_by_role("button", name="Dadwneud Nia Pritchard").click()

    expect(page.get_by_role("button", name="Yma Nia Pritchard")).to_be_visible()
    expect(page.locator("#door-waiting")).to_be_hidden()
    assert CheckIn.objects.filter(undone_at=None).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
