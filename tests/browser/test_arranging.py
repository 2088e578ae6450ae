"""The organiser arranges a date in a browser: places, fewer of them, rules, a question, and the draw of its workshops."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from bookings.models import BookingRules, Draw, OwnQuestion, Place, Pool
from people.models import Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, states, workshops
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page], organiser: Member) -> Touch:
    organiser.language = request.param[:2]
    organiser.save()
    if request.param.startswith("en"):
        return Keyboard(new_page(organiser))
    return Touch(new_page(organiser, js=False, width=320))


def test_arranging_a_date(hand: Touch, organiser: Member, organisation: Organisation, axe_of: Any) -> None:
    date = factories.SeminarDateFactory(seminar=factories.SeminarFactory(organisation=organisation))
    factories.RoomFactory(venue=date.venue, capacity=120)
    has_script = isinstance(hand, Keyboard)

    def look() -> None:
        assert axe_of(hand.page, organiser, has_script) == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not hand.page.evaluate(wide)

    with translation.override(organiser.language):
        open_booking(hand, date)
        look()
        fewer_places(hand, date, look)
        add_a_question(hand, date)
        look()
        have_it_drawn(hand, date)
        look()
        draw(hand, date, look)
    assert hand.page.problems == []  # type: ignore[attr-defined]


def address(date: SeminarDate, name: str, *args: Any) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug, *args])


def open_booking(hand: Touch, date: SeminarDate) -> None:
    hand.open(reverse("seminars:organise-dates", args=[date.seminar.slug]))
    hand.press(f"main a[href='{address(date, 'arrange')}']")
    hand.press(f"main a[href^='{address(date, 'pool-new')}']")
    assert hand.page.input_value("main [name=capacity]") == "120"
    hand.write("capacity", "3")
    hand.send()
    assert Pool.objects.get().capacity == 3


def fewer_places(hand: Touch, date: SeminarDate, look: Callable[[], None]) -> None:
    first, second, third = (book_one(date) for _ in range(3))
    hand.open(address(date, "arrange"))
    hand.press(f"main a[href='{address(date, 'pool', Pool.objects.get().pk)}']")
    hand.write("capacity", "2")
    hand.send()
    shown = hand.page.inner_text("main")
    assert third.name in shown
    assert second.name not in shown
    look()
    hand.tick("then", "cancel")
    hand.send()
    assert states(first, second, third) == ["confirmed", "confirmed", "cancelled"]
    assert Pool.objects.get().capacity == 2


def add_a_question(hand: Touch, date: SeminarDate) -> None:
    hand.open(address(date, "own-questions"))
    hand.press(f"main a[href='{address(date, 'own-question-new')}?purpose=booking']")
    hand.tick("kind", "choice")
    hand.write("text_en", "How do you come?")
    hand.write("text_cy", "Sut ydych chi’n dod?")
    hand.write("options_en", "By train\nBy bus")
    hand.write("options_cy", "Ar y trên\nAr y bws")
    hand.send()
    assert OwnQuestion.objects.get().options_cy == "Ar y trên\nAr y bws"


def have_it_drawn(hand: Touch, date: SeminarDate) -> None:
    day = (timezone.localtime() + timedelta(days=10)).date()
    hand.open(address(date, "rules"))
    hand.tick("workshops", "drawn")
    for part, value in enumerate((day.day, day.month, day.year)):
        hand.write(f"draws_day_{part}", str(value))
    hand.write("draws_time", "12:00")
    hand.send()
    assert BookingRules.objects.get().workshops == "drawn"


def draw(hand: Touch, date: SeminarDate, look: Callable[[], None]) -> None:
    Pool.objects.update(capacity=10)
    (run,) = workshops(date, 2)
    for _ in range(3):
        book_one(date, runs=[run])
    hand.open(address(date, "arrange"))
    hand.press(f"main a[href='{address(date, 'draw')}']")
    for _ in range(2):
        hand.send(address(date, "draw-preview"))
    look()
    newest = Draw.objects.order_by("-pk")[0]
    assert Draw.objects.count() == 2
    hand.press(f"main a[href='{address(date, 'draw-publication', newest.pk)}']")
    hand.send()
    look()
    newest.refresh_from_db()
    assert newest.published_at
    assert newest.seed in hand.page.inner_text("main")
    assert Place.objects.filter(state="confirmed").count() == 2
