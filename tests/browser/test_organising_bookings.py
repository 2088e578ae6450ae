"""The organiser's work with bookings in a browser: approve, book for somebody, take a file away, cancel one, cancel the date."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from bookings.models import Booking, Delivery
from people.models import Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, check_invariants, person, states, workshops
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page], organiser: Member) -> Any:
    organiser.language = request.param[:2]
    organiser.save()
    with translation.override(organiser.language):
        if request.param.startswith("en"):
            yield Keyboard(new_page(organiser))
        else:
            yield Touch(new_page(organiser, js=False, width=320))


def test_an_organiser_looks_after_the_bookings_of_a_date(
    hand: Touch, organiser: Member, organisation: Organisation, axe_of: Callable[..., list[Any]]
) -> None:
    date = bookable(2, needs_approval=True, seminar=factories.SeminarFactory(organisation=organisation))
    workshops(date, 5, 5)
    asked, refused = book_one(date, person("Siân Asks", language="cy")), book_one(date, person("Wil Asks"))
    clean = look_at(hand, organiser, axe_of)

    hand.open(reverse("seminars:organise-dates", args=[date.seminar.slug]))
    hand.press(f"main a[href='{at(date, 'bookings')}']")
    clean()
    hand.press(f"main a[href='{at(date, 'requests')}']")
    clean()
    hand.tick("booking", str(asked.pk))
    hand.press("main button[value=approve]")
    clean()
    hand.press("main form .buttons button")
    assert states(asked, refused) == ["confirmed", "requested"]

    hand.open(at(date, "new"))
    hand.press("main form .buttons button")
    clean()
    hand.write("name", "Cai Booked")
    hand.write("email", "cai@body.example")
    hand.tick("language", "cy")
    hand.press("main form .buttons button")
    clean()
    made = Booking.objects.get(name="Cai Booked")
    assert made.state == "confirmed"

    take_away(hand, date)
    clean()

    hand.open(at(date, "bookings"))
    hand.press(f"main a[href='{at(date, 'list')}?state=booked&attendance=in+person']")
    assert hand.page.locator("main tbody tr").count() == 2
    clean()
    hand.open(at(date, "bodies") + "?there=nobody&sector=council")
    clean()

    hand.open(at(date, "list") + "?q=cai")
    clean()
    hand.press("main tbody a")
    hand.press(f"main a[href='{at(date, 'booking-cancellation', made.pk)}']")
    hand.write("reason", "Cai cannot come after all")
    clean()
    hand.press("main form .buttons button")
    assert states(made) == ["cancelled"]
    assert "Cai cannot come after all" in hand.page.inner_text("main")
    clean()

    hand.open(reverse("seminars:organise-cancellation", args=[date.seminar.slug, date.slug]))
    assert hand.page.locator("main .notice").count() == 1
    hand.write("reason_en", "Snow")
    hand.write("reason_cy", "Eira")
    clean()
    hand.press("main form .buttons button")
    told = Delivery.objects.filter(kind="date cancelled").values_list("booking", "calendar")
    assert set(told) == {(asked.pk, "CANCEL"), (refused.pk, "")}

    again = reverse("seminars:organise-reinstatement", args=[date.seminar.slug, date.slug])
    hand.press(f"main a[href='{again}']")
    assert hand.page.locator("main .notice p").count() == 2
    assert SeminarDate.objects.get(pk=date.pk).is_cancelled
    clean()
    hand.press("main form .buttons button")
    assert not SeminarDate.objects.get(pk=date.pk).is_cancelled
    told = Delivery.objects.filter(kind="change").values_list("booking", "calendar")
    assert set(told) == {(asked.pk, "REQUEST"), (refused.pk, "")}
    check_invariants()
    assert hand.page.problems == []  # type: ignore[attr-defined]


def at(date: SeminarDate, name: str, *args: object) -> str:
    return reverse(f"bookings:organise-{name}", args=[date.seminar.slug, date.slug, *args])


def take_away(hand: Touch, date: SeminarDate) -> None:
    """The file holds what was asked for, and nothing else."""
    hand.open(at(date, "export"))
    hand.tick("columns", "email")
    hand.tick("format", "csv")
    with hand.page.expect_download() as download:
        hand.page.locator("main form .buttons button").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 3
    assert "cai@body.example" in text
    assert "Wil Asks" not in text


def look_at(hand: Touch, organiser: Member, axe_of: Callable[..., list[Any]]) -> Callable[[], None]:
    """A check of the page that the hand is on."""

    def clean() -> None:
        assert axe_of(hand.page, organiser, isinstance(hand, Keyboard)) == [], hand.page.url

    return clean
