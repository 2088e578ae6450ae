"""At the door with a phone: by code and by name, without a connection, and what was noted arriving once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings import arriving
from bookings.models import Booking, CheckIn
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people() -> list[Booking]:
    date = bookable(5)
    found = [book_one(date, person(name)) for name in ("Nia Pritchard", "Hefin Wyn", "Anita Shah")]
    now = timezone.now()
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=4)
    )
    return found


@pytest.fixture
def door(people: list[Booking], new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A steward's page on a phone, opened by the link."""

    def opened(language: str = "en", **options: Any) -> Page:
        page = new_page(width=320, **options)
        date = SeminarDate.objects.select_related("booking_rules").get(pk=people[0].seminar_date_id)
        path = reverse("bookings:steward", args=[arriving.steward_token(date.booking_rules)])
        page.goto(path)
        if language == "cy":
            page.get_by_role("link", name="Cymraeg").click()
        return page

    return opened


def test_without_a_connection_nothing_is_lost_and_nothing_counted_twice(
    people: list[Booking], door: Callable[..., Page]
) -> None:
    page = door()
    page.context.set_offline(True)

    page.get_by_label("Short code").fill(people[0].code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nia Pritchard is here.")).to_be_visible()
    page.get_by_role("button", name="Is here Hefin Wyn").click()
    expect(page.get_by_text("2 noted on this device")).to_be_visible()
    assert not CheckIn.objects.exists()
    notes = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")

    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert set(CheckIn.objects.values_list("booking__name", flat=True)) == {"Nia Pritchard", "Hefin Wyn"}

    # The same notes once more, as from a device that did not hear the answer.
    page.evaluate(
        "notes => localStorage.setItem('check-in ' + document.querySelector('[data-door]').dataset.uuid, notes)",
        notes,
    )
    page.reload()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert CheckIn.objects.count() == 2
    expect(page.locator("#counts")).to_contain_text("2 of 3 are here")
    assert page.evaluate("localStorage.length") == 0


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

    expect(page.get_by_role("button", name="Nia Pritchard")).to_be_visible()
    assert CheckIn.objects.filter(undone_at=None).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
