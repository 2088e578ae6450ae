"""Afterwards in a browser: feedback, a commitment, and months later what came of it; in both languages, also without script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from bookings import letters
from bookings.chores.afterwards import ask_about_commitments
from bookings.models import Booking, CommitmentReview, Delivery, Feedback
from tests import factories
from tests.bookings.been import one_who_came
from tests.browser.hands import Keyboard, Touch
from tests.factories import member_of

pytestmark = pytest.mark.django_db(transaction=True)
NewPage = Callable[..., Page]
WORDS = {
    "en": {
        "step": "Cut our leaflet to four pages",
        "why": "Nobody had the time",
        "thanks": "Thank you for your feedback",
    },
    "cy": {
        "step": "Torri ein taflen i bedair tudalen",
        "why": "Nid oedd gan neb amser",
        "thanks": "Diolch am eich adborth",
    },
}


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hands(request: pytest.FixtureRequest, new_page: NewPage) -> Touch:
    if request.param.startswith("en"):
        return Keyboard(new_page())
    return Touch(new_page(js=False, width=320))


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return "en" if "en by keyboard" in request.node.name else "cy"


def follow_up_address(booking: Booking) -> str:
    """Out of the letter that went."""
    letter = Delivery.objects.get(booking=booking, kind=Delivery.Kind.FOLLOW_UP)
    mail = letters.compose(letter)
    assert mail is not None
    review = CommitmentReview.objects.get(pk=letter.detail["review"])
    with translation.override(booking.language):
        path = reverse("bookings:follow-up", args=[booking.later_token, review.pk])
    assert path in str(mail.body)
    return path


def check(page: Page, new_page: NewPage, axe: Any) -> None:
    """Nothing runs out of the page, and axe finds nothing, in a browser with script where this one has none."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    beside = new_page(width=page.viewport_size["width"])  # type: ignore[index]
    beside.goto(page.url)
    assert axe(beside) == []
    beside.context.close()


def test_feedback_then_a_commitment_and_months_later_what_came_of_it(
    hands: Touch, language: str, new_page: NewPage, axe: Any
) -> None:
    body = factories.OrganisationFactory()
    booking = one_who_came(organisation=body, language=language)
    page, words = hands.page, WORDS[language]
    with translation.override(language):
        feedback, commitments, certificate = (
            reverse(f"bookings:{name}", args=[booking.later_token])
            for name in ("feedback", "commitments", "certificate")
        )
        impact = reverse("bookings:impact", args=[booking.seminar_date.seminar.slug])

    hands.open(feedback)
    check(page, new_page, axe)
    hands.send()
    assert page.locator(".error").count() >= 2
    hands.tick("usefulness", "4")
    hands.tick("recommend", "perhaps")
    hands.write("take_away", words["step"])
    hands.send()
    assert page.locator("h1").inner_text() == words["thanks"]
    check(page, new_page, axe)
    assert Feedback.objects.get().language == language

    hands.press(f"main a[href='{commitments}']")
    hands.write("text", words["step"])
    hands.tick("visibility", "public")
    hands.send()
    assert words["step"] in page.locator("main").inner_text()
    check(page, new_page, axe)

    CommitmentReview.objects.filter(months=3).update(due_on=timezone.localdate() - timedelta(days=1))
    assert ask_about_commitments() == 1
    hands.open(follow_up_address(booking))
    hands.tick("outcome", "stopped")
    hands.send()
    assert page.locator(".error").count() >= 1
    hands.write("note", words["why"])
    hands.send()
    assert words["why"] in page.locator("main").inner_text()
    assert CommitmentReview.objects.get(months=3).outcome == "stopped"

    for address in (certificate, impact):
        hands.open(address)
        check(page, new_page, axe)
    assert words["why"] in page.locator("main").inner_text()
    assert booking.name not in page.locator("main").inner_text()
    # The form that was sent empty came back with an error and a page, and nothing else went wrong.
    assert not page.problems  # type: ignore[attr-defined]


def test_an_organiser_gathers_what_people_wrote(new_page: NewPage, axe: Any) -> None:
    booking = one_who_came()
    date = booking.seminar_date
    Feedback.objects.create(
        seminar_date=date, usefulness=4, recommend="yes", comment="It was cold in the hall"
    )
    page = new_page(member_of(date.seminar.organisation, "organiser"))
    hands = Keyboard(page)

    hands.open(reverse("bookings:organise-feedback", args=[date.seminar.slug, date.slug]))
    assert axe(page) == []
    hands.press("main a[href$='/feedback/headings/']")
    hands.write("name", "The place")
    hands.send()
    assert axe(page) == []
    hands.press("main a[href$='/feedback/comments/']")
    page.get_by_label("The place").check()
    hands.send()
    assert page.get_by_label("The place").is_checked()
    assert axe(page) == []
    assert [theme.name for theme in Feedback.objects.get().themes.all()] == ["The place"]
    assert not page.problems  # type: ignore[attr-defined]
