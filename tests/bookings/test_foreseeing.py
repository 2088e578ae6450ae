"""What an organiser is told before a date that was cancelled is held after all, and that it then happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import changing
from bookings.models import Delivery
from people.models import Member, Organisation
from seminars import news
from tests import factories
from tests.bookings.ground import book_one, bookable, states

pytestmark = pytest.mark.django_db


def test_reinstating_says_first_who_is_told_and_what_becomes_of_the_queue(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    date = bookable(2, seminar=factories.SeminarFactory(organisation=organisation))
    sure, leaves, offered, waits = (book_one(date) for _each in range(4))
    changing.cancel(leaves)
    date.cancel("Snow", by=organiser)
    changing.cancel(sure)
    Delivery.objects.all().delete()
    address = reverse("seminars:organise-reinstatement", args=[date.seminar.slug, date.slug])

    page = client_of(organiser).get(address).content.decode()

    for words in (
        "2 more wait for a place or for an answer, and are told as well.",
        "1 person who was offered a place has new time to answer.",
        "Places that have become free are offered to the queue at once.",
    ):
        assert words in page, words
    assert not Delivery.objects.exists()

    client_of(organiser).post(address)

    assert states(offered, waits) == ["offered", "offered"]
    told = Delivery.objects.exclude(state=Delivery.State.DROPPED)
    assert set(told.values_list("booking", "kind")) == {
        (offered.pk, "change"),
        (waits.pk, "change"),
        (waits.pk, "offer"),
    }


def test_who_has_a_place_and_a_queue_of_a_date_whose_booking_has_closed(organiser: Member) -> None:
    date = bookable(1)
    book_one(date)
    waits = book_one(date)
    date.cancel("Snow", by=organiser)
    date.booking_closes_at = timezone.now() - timedelta(hours=1)
    date.save()

    assert news.ask(date, "reinstated") == [
        "1 person has kept the booking: they are told by a letter, and it goes back into their calendar.",
        "1 more waits for a place or for an answer, and is told as well.",
        "Booking has closed, so that nobody in the queue is offered a place.",
    ]
    date.reinstate(by=organiser)
    assert states(waits) == ["waiting"]


def test_nothing_is_foretold_of_a_date_without_bookings() -> None:
    assert news.ask(bookable(1), "reinstated") == []
