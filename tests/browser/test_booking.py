"""Booking a place in a browser: with workshops, by keyboard in English, by touch without script in Welsh at 320 px."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from bookings.models import Booking, OwnQuestion
from seminars.models import SeminarDate
from tests.bookings import ground
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)
GO_ON = "main form.booking-form > .buttons button"


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Touch:
    if request.param.startswith("en"):
        return Keyboard(new_page())
    return Touch(new_page(js=False, width=320))


@pytest.fixture
def looked_at(hand: Touch, axe: Any, new_page: Callable[..., Page]) -> Callable[[], None]:
    """Axe on the page as it stands. Where it came from a form, and without script, its markup is shown to axe beside."""

    def look() -> None:
        page = hand.page
        width = page.viewport_size["width"]  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        if isinstance(hand, Keyboard):
            assert axe(page) == [], page.url
            return
        beside = new_page(width=width)
        markup = page.content()
        beside.route("**/as-it-stands/", lambda route: route.fulfill(body=markup, content_type="text/html"))
        beside.goto("/as-it-stands/")
        assert axe(beside) == [], page.url
        beside.context.close()

    return look


@pytest.fixture
def date() -> SeminarDate:
    made = ground.bookable(3)
    ground.book(made, runs=[ground.workshops(made, 1, 5)[0]])
    OwnQuestion.objects.create(
        seminar_date=made, kind="yes no", text_en="By bus?", text_cy="Ar y bws?", is_required=True
    )
    return made


def language_of(hand: Touch) -> str:
    return "en" if isinstance(hand, Keyboard) else "cy"


def test_a_place_with_workshops_is_booked(hand: Touch, date: SeminarDate, looked_at: Any) -> None:
    with translation.override(language_of(hand)):
        run = date.slots.get().runs.order_by("pk")[0]
        hand.open(date.get_absolute_url())
        looked_at()
        hand.press(f"main a[href='{reverse('bookings:book', args=[date.seminar.slug, date.slug])}']")
        looked_at()
        hand.press(GO_ON)
        assert hand.page.locator(".error-summary").count() == 1
        looked_at()
        hand.tick("whom", "me")
        hand.press(GO_ON)
        looked_at()
        hand.press(GO_ON)
        looked_at()
        hand.write("name_0", "Mair Owen")
        hand.write("email_0", "mair@body.example")
        hand.tick("kind_0", "councillor")
        hand.press(GO_ON)
        looked_at()
        hand.tick(f"slot_{run.slot_id}", str(run.pk))
        hand.press(GO_ON)
        hand.press(GO_ON)
        assert hand.page.locator(".error-summary").count() == 1
        looked_at()
        hand.write("access_0", "A hearing loop")
        hand.tick(f"question_{OwnQuestion.objects.get().pk}_0", "yes")
        hand.press(GO_ON)
        assert "A hearing loop" in hand.page.inner_text("main")
        looked_at()
        hand.press(GO_ON)

        booking = Booking.objects.get(name="Mair Owen")
        assert hand.page.url.endswith(reverse("bookings:booked", args=[booking.token]))
        assert (booking.kind, booking.language) == ("councillor", language_of(hand))
        assert booking.places.get().state == "waiting"
        assert booking.code in hand.page.inner_text("main")
        looked_at()
        assert hand.page.context.cookies() == []
        assert hand.page.problems == []  # type: ignore[attr-defined]


def test_a_group_is_booked_and_what_is_wrong_is_changed(
    hand: Touch, date: SeminarDate, looked_at: Any
) -> None:
    with translation.override(language_of(hand)):
        hand.open(reverse("bookings:book", args=[date.seminar.slug, date.slug]))
        hand.tick("whom", "group")
        hand.press(GO_ON)
        hand.press("button[formaction$='/person/']")
        looked_at()
        people = ["Mair Owen", "Cai Rees", "Ann Price"]
        for row, name in enumerate(people):
            hand.write(f"name_{row}", name)
        hand.write("email_0", "mair@body.example")
        kind = {"en": "Councillor", "cy": "Cynghorydd"}[language_of(hand)]
        for row in range(2):
            hand.choose(f"kind_{row}", kind)
        hand.press(GO_ON)
        assert hand.page.locator(".error-summary li").count() == 1
        looked_at()
        hand.choose("kind_2", kind)
        hand.tick("together", "whole")
        hand.press(GO_ON)
        hand.press(GO_ON)
        looked_at()
        question = OwnQuestion.objects.get().pk
        for row in range(3):
            hand.tick(f"question_{question}_{row}", "no")
        hand.press(GO_ON)
        looked_at()
        hand.press("section[aria-labelledby='answers-who'] button")
        hand.write("name_2", "Anna Price")
        for _page in range(4):
            hand.press(GO_ON)

        bookings = Booking.objects.filter(group__is_whole=True).order_by("request_place")
        assert [one.name for one in bookings] == ["Mair Owen", "Cai Rees", "Anna Price"]
        assert {one.state for one in bookings} == {"waiting"}
        assert "Anna Price" in hand.page.inner_text("main")
        looked_at()


def test_the_link_is_sent_again(hand: Touch, looked_at: Any) -> None:
    with translation.override(language_of(hand)):
        hand.open(reverse("bookings:lost-link"))
        looked_at()
        hand.send()
        looked_at()
        hand.write("email", "mair@body.example")
        hand.send()
        assert hand.page.locator(".notice-success").count() == 1
        looked_at()


@pytest.mark.parametrize("js", [True, False])
def test_the_browsers_back_button_keeps_what_was_typed(
    new_page: Callable[..., Page], date: SeminarDate, js: bool
) -> None:
    hand = Touch(new_page(js=js))
    hand.open(reverse("bookings:book", args=[date.seminar.slug, date.slug]))
    hand.tick("whom", "me")
    hand.press(GO_ON)
    hand.write("name_0", "Mair Owen")
    hand.write("email_0", "mair@body.example")
    hand.tick("kind_0", "officer")
    hand.press(GO_ON)

    hand.page.go_back()
    assert hand.page.locator("main [name='name_0']").input_value() == "Mair Owen"
    hand.write("name_0", "Mair Rees")
    for _page in range(2):
        hand.press(GO_ON)
    hand.tick(f"question_{OwnQuestion.objects.get().pk}_0", "no")
    hand.press(GO_ON)
    hand.press(GO_ON)
    assert Booking.objects.get(email="mair@body.example").name == "Mair Rees"

    # Once more, from the last page: it was booked.
    hand.page.go_back()
    hand.press(GO_ON)
    assert Booking.objects.filter(email="mair@body.example").count() == 1
    assert "Mair Rees" in hand.page.inner_text("main")
