"""The page behind the link, for those who come together."""

from typing import Any

import pytest
from django.urls import reverse

from bookings import capacity, moving
from tests.bookings.ground import book, book_one, bookable, person
from tests.bookings.test_managing_page import page

pytestmark = pytest.mark.django_db


def test_page_of_a_group_shows_the_others_only_to_whoever_booked() -> None:
    date = bookable(1)
    lead, other = book(
        date, person("Lead"), person("Other Person", email="other@body.example", access="Secret need")
    )

    html = page(lead)

    assert "Other Person" in html
    assert "In the queue" in html
    for secret in ("other@body.example", "Secret need", other.token, other.code):
        assert secret not in html
    assert "Secret need" in page(other)
    assert "Lead" not in page(other)


def test_page_leads_to_those_of_a_group_who_have_no_address_of_their_own() -> None:
    by = {"booked_by_name": "Lead", "booked_by_email": "lead@body.example"}
    lead, without, own = book(
        bookable(3), person("Lead", email="lead@body.example"), person("Cai", email=""), person("Ann"), **by
    )

    html = page(lead)

    assert reverse("bookings:manage", args=[without.token]) in html
    assert own.token not in html
    assert "Whoever waits" not in html
    assert "Booked by" not in html
    assert "Booked by</dt><dd>Lead" in page(without)

    moving.hand_over(lead, person("Successor"))
    assert without.token not in page(lead)


def test_page_of_a_whole_group_says_when_it_can_never_all_come(organiser: Any) -> None:
    date = bookable(3)
    book_one(date)
    lead, other = book(date, person(), person(), person(), is_whole=True)[:2]
    book_one(date)
    assert "You wait as one group" in page(lead)
    assert "You are number <strong>1</strong> of 1" in page(lead)
    assert "count as one" in page(lead)

    capacity.change(date.pools.get(), 2, by=organiser)

    assert "There are only 2 places in all now" in page(lead)
    assert "Wait one by one instead." in page(lead)
    assert "Whoever booked for your group can let you wait one by one instead." in page(other)
