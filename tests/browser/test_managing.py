"""A delegate manages a booking in a browser: from the queue to a place, to another date, to a colleague, and out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from bookings import changing, moving
from bookings.models import Booking, CheckIn
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, person, states, workshops
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Any:
    with translation.override(request.param[:2]):
        if request.param.startswith("en"):
            yield Keyboard(new_page())
        else:
            yield Touch(new_page(js=False, width=320))


@pytest.fixture
def look(hand: Touch, axe_of: Any) -> Callable[[], None]:
    """Every page on the way is looked at: by axe, and for its width."""

    def run() -> None:
        assert axe_of(hand.page, None, isinstance(hand, Keyboard)) == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not hand.page.evaluate(wide)

    return run


def address(name: str, booking: Booking, *more: str) -> str:
    booking.refresh_from_db()
    return reverse(f"bookings:{name}", args=[booking.token, *more])


def follow(hand: Touch, name: str, booking: Booking, *more: str) -> None:
    hand.press(f"main a[href='{address(name, booking, *more)}']")


def test_from_the_queue_to_a_colleague(hand: Touch, look: Callable[[], None]) -> None:
    date = bookable(1)
    to = bookable(5, online=5, seminar=date.seminar)
    (run,) = workshops(to, 5)
    first = book_one(date)
    mine = book_one(date, person("Mair Jones", access="A hearing loop"))

    hand.open(address("manage", mine))
    look()
    assert "1" in hand.page.locator(".standing-words strong").inner_text()

    changing.cancel(first)
    hand.open(address("manage", mine))
    look()
    hand.send(address("acceptance", mine))
    assert states(mine) == ["confirmed"]
    look()

    moved = move(hand, look, mine, to)
    hand.open(address("workshops", moved))
    hand.tick(f"slot_{run.slot_id}", str(run.pk))
    hand.send()
    assert [place.state for place in moved.places.all()] == ["confirmed"]
    look()

    hand_over(hand, look, moved)
    assert hand.page.problems == []  # type: ignore[attr-defined]


def move(hand: Touch, look: Callable[[], None], mine: Booking, to: SeminarDate) -> Booking:
    follow(hand, "moves", mine)
    look()
    follow(hand, "move", mine, to.slug)
    look()
    hand.tick("attendance", "online")
    hand.send()
    moved = Booking.objects.get(replaces=mine)
    assert states(mine, moved) == ["cancelled", "confirmed"]
    assert moved.token in hand.page.url
    look()
    return moved


def hand_over(hand: Touch, look: Callable[[], None], booking: Booking) -> None:
    old = address("manage", booking)
    hand.open(old)
    follow(hand, "hand-over", booking)
    hand.write("name", "Cai Evans")
    hand.write("email", "not an address")
    hand.send()
    look()
    assert hand.page.locator(".error-summary").count() == 1
    assert hand.page.locator("main [name=name]").input_value() == "Cai Evans"
    hand.write("email", "cai@body.example")
    hand.tick("kind", "councillor")
    hand.send()
    look()
    booking.refresh_from_db()
    assert (booking.name, booking.kind) == ("Cai Evans", "councillor")
    assert booking.token not in hand.page.content()
    answer = hand.page.request.get(old)
    assert answer.status == 404


def test_declining_cancelling_and_leaving(hand: Touch, look: Callable[[], None]) -> None:
    date = bookable(1)
    first, second, third = (book_one(date) for _number in range(3))

    hand.open(address("manage", first))
    follow(hand, "cancellation", first)
    look()
    hand.send()
    look()
    hand.open(address("manage", second))
    follow(hand, "refusal", second)
    look()
    hand.send()
    fourth = book_one(date)
    hand.open(address("manage", fourth))
    follow(hand, "leaving", fourth)
    look()
    hand.send()
    look()

    assert states(first, second, third, fourth) == ["cancelled", "declined", "offered", "left"]
    assert hand.page.problems == []  # type: ignore[attr-defined]


def test_long_names_and_the_note_of_a_move_fit_a_narrow_phone(new_page: Callable[..., Page]) -> None:
    first = bookable(5, date={"starts_at": timezone.now() + timedelta(days=400)})
    second = bookable(1, seminar=first.seminar, date={"starts_at": timezone.now() + timedelta(days=405)})
    book_one(second)
    by = {"booked_by_name": "W" * 119, "booked_by_email": f"{'x' * 60}@{'y' * 60}.example"}
    lead = person("W" * 119, email=by["booked_by_email"], organisation_name="O" * 150, access="N" * 900)
    mine, other = book(first, lead, person("V" * 119, email=""), **by)
    moved = moving.move(mine, second, "in person")
    page = new_page(js=False, width=320)

    with translation.override("cy"):
        for booking in (mine, other, moved):
            for name in ("manage", "booked"):
                page.goto(address(name, booking))
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, booking.state)
    page.goto(address("manage", mine))
    page.locator(".jump a").first.click()
    assert page.url.endswith("#code")


def test_joining_when_the_time_has_come(hand: Touch, look: Callable[[], None], live_server: Any) -> None:
    date = bookable(0, online=5)
    booking = book_one(date, attendance="online")
    hand.open(address("join", booking))
    look()
    assert hand.page.locator("main button").count() == 0
    # The meeting stands elsewhere: on another name of this machine.
    meeting = live_server.url.replace("localhost", "127.0.0.1") + reverse("about")
    start = timezone.now() + timedelta(minutes=5)
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=start, ends_at=start + timedelta(hours=1), joining_link=meeting
    )

    hand.open(address("join", booking))
    look()
    hand.send()

    assert hand.page.url == meeting
    assert hand.page.evaluate("document.referrer") == ""
    assert CheckIn.objects.get().way == "online"
