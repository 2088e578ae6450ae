"""What everybody sees of places: on the page of a date and of a seminar, counted and never named."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import availability, changing, waiting
from exchange.page_cache import PageCacheMiddleware
from people.models import Member
from tests import factories
from tests.bookings import ground
from tests.bookings.form import ME, address, go_on, hidden, text, up_to_check
from tests.bookings.test_booking_journeys import HOW

pytestmark = pytest.mark.django_db


def test_places_left_stand_on_both_pages(client: Client) -> None:
    date = ground.bookable(12, online=3)
    ground.book(date, attendance="online")

    for page in (date, date.seminar):
        shown = text(client.get(page.get_absolute_url()))
        assert "In person: 12 places left" in shown
        assert "Online: 2 places left" in shown
        assert "Book a place" in shown
        assert address(date) in client.get(page.get_absolute_url()).content.decode()


def test_a_way_in_which_a_date_is_not_held_any_more_is_not_on_offer(
    client: Client, organiser: Member
) -> None:
    """Its places stay where they are, in case that it is held in that way after all; nobody can book them."""
    date = ground.bookable(12, online=3)
    other = ground.bookable(5, seminar=date.seminar)
    booking = ground.book_one(other)
    date.relocate(None, "online", by=organiser)

    for page in (date.get_absolute_url(), date.seminar.get_absolute_url(), address(date)):
        assert "12 places" not in text(client.get(page))
    moves = reverse("bookings:move", args=[booking.token, date.slug])
    assert "12 places" not in text(client.get(moves))
    assert "3 places left" in text(client.get(moves))


def test_a_full_date_tells_the_length_of_its_queue(client: Client) -> None:
    date = ground.bookable(1)
    for _person in range(4):
        ground.book(date)

    shown = text(client.get(date.get_absolute_url()))

    assert "Full: 3 in the queue" in shown
    assert "Join the queue" in shown
    assert offers(client, date)["availability"] == "https://schema.org/SoldOut"


def offers(client: Client, date: object) -> dict[str, object]:
    page = client.get(date.get_absolute_url()).content.decode()  # type: ignore[attr-defined]
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    event, offer = (json.loads(one) for one in found)
    assert event["@id"] == offer["@id"]
    return offer["offers"]  # type: ignore[no-any-return]


def test_a_member_is_reminded_of_a_booking_without_its_link(client: Client, member: Member) -> None:
    date, other = ground.bookable(1), ground.bookable(1)
    booking = ground.book(date, ground.person(email=member.email, member=member))[0]
    client.force_login(member)

    html = client.get(date.get_absolute_url()).content.decode()

    panel = html.partition('id="places-title"')[2].partition("</section>")[0]
    assert reverse("bookings:my-seminars") in panel
    assert "Confirmed" in panel
    for secret in (booking.token, booking.code):
        assert secret not in html
    for shown in (client.get(other.get_absolute_url()), Client().get(date.get_absolute_url())):
        assert "Your booking" not in text(shown)
    changing.cancel(booking)
    assert "Your booking" not in text(client.get(date.get_absolute_url()))


def test_search_engines_are_told_that_there_are_places(client: Client) -> None:
    date = ground.bookable(1)

    told = offers(client, date)

    assert (told["price"], told["availability"]) == (0, "https://schema.org/InStock")
    assert str(told["url"]).endswith(address(date))


def test_a_free_place_that_somebody_with_priority_waits_for_is_not_on_offer(client: Client) -> None:
    date = ground.bookable(2)
    first = ground.book_one(date)
    pair = ground.book(date, ground.person(), ground.person(), is_whole=True)
    ground.book_one(date)
    assert ground.states(first, *pair) == ["confirmed", "waiting", "waiting"]
    waiting.prefer(pair[0], 1, "A speaker", by=None)
    changing.cancel(first)
    (way,) = availability.ways_of(date)

    assert (way.free, way.waiting) == (0, 2)
    check = up_to_check(client, date, HOW, ME, {})
    assert "2 people are in the queue before you" in text(check)
    done = go_on(client, check)
    assert "You are in the queue" in text(client.get(done["Location"]))


def test_when_booking_opens_and_closes_is_said(client: Client) -> None:
    date = ground.bookable(2, date={"booking_closes_at": ground.later(days=7)})
    assert "Booking closes" in text(client.get(date.get_absolute_url()))

    type(date).objects.filter(pk=date.pk).update(booking_opens_at=ground.later(days=1))
    shown = text(client.get(date.get_absolute_url()))
    assert "Booking opens" in shown
    assert "Book a place" not in shown

    type(date).objects.filter(pk=date.pk).update(
        booking_opens_at=None, booking_closes_at=timezone.now() - timedelta(hours=1)
    )
    shown = text(client.get(date.seminar.get_absolute_url()))
    assert "Booking is closed." in shown


def test_cancelled_past_and_elsewhere_booked_dates_offer_nothing(client: Client) -> None:
    date = ground.bookable(2)
    elsewhere = factories.SeminarDateFactory(seminar=date.seminar)
    assert "Book a place" not in text(client.get(elsewhere.get_absolute_url()))
    type(date).objects.filter(pk=date.pk).update(state="cancelled")

    for page in (date, date.seminar):
        assert "Book a place" not in text(client.get(page.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 30])
def test_places_cost_one_query_however_many_dates(
    client: Client, django_assert_num_queries: object, number: int
) -> None:
    seminar = factories.SeminarFactory()
    for _date in range(number):
        ground.book(ground.bookable(1, online=1, seminar=seminar))

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = availability.of_seminar(seminar)
        assert len([(one.address, one.where, one.state, one.ways) for one in found]) == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_form_costs_the_same_however_many_have_booked(
    client: Client, django_assert_num_queries: object, settings: object, number: int
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}  # type: ignore[attr-defined]
    date = ground.bookable(100)
    runs = ground.workshops(date, 2, 2)
    for _person in range(number):
        ground.book(date, runs=[runs[0]])
    page = client.get(address(date))

    for queries, typed in ((5, HOW), (5, ME), (6, {}), (6, {}), (13, {})):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            page = go_on(client, page, **typed)
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(address(date))


def test_nobodys_name_or_address_is_on_a_public_page(client: Client) -> None:
    date = ground.bookable(1)
    booking = ground.book_one(
        date, ground.person("Secret Person", email="secret@body.example", access="A ramp")
    )
    ground.book(date, ground.person("Waiting Person", email="waits@body.example"))
    assert booking.code
    done = client.get(reverse("bookings:booked", args=[booking.token]))
    assert "Secret Person" in text(done)
    assert (done["Referrer-Policy"], done["Cache-Control"]) == ("no-referrer", "no-store, private")

    pages = [date.get_absolute_url(), date.seminar.get_absolute_url(), address(date), "/en/seminars/"]
    for one in [*map(client.get, pages), up_to_check(client, date, HOW, ME, {})]:
        shown = one.content.decode()
        for secret in (
            "Secret Person",
            "secret@",
            "Waiting Person",
            "waits@",
            booking.code,
            booking.token,
            "A ramp",
        ):
            assert secret not in shown


def test_the_form_is_never_kept_for_somebody_else(settings: object) -> None:
    settings.PAGE_CACHE_SECONDS = 60  # type: ignore[attr-defined]
    date = ground.bookable(5)
    middleware = [one for one in settings.MIDDLEWARE if "PageCache" in one]  # type: ignore[attr-defined]
    assert middleware == [f"{PageCacheMiddleware.__module__}.PageCacheMiddleware"]
    # A page that may be kept is: so that this test would see it if the form were.
    public = date.get_absolute_url()
    assert Client().get(public)["ETag"]

    keys = [hidden(Client().get(address(date)))["key"] for _reader in range(2)]

    assert keys[0] != keys[1]
    assert "ETag" not in Client().get(address(date))


def test_reading_the_form_ends_offers_whose_time_is_over(client: Client) -> None:
    date = ground.bookable(1)
    first = ground.book_one(date)
    second = ground.book_one(date)
    changing.cancel(first)
    assert ground.states(second) == ["offered"]
    type(second).objects.filter(pk=second.pk).update(offer_expires_at=timezone.now() - timedelta(minutes=1))

    assert "1 place left" in text(client.get(address(date)))
    assert ground.states(second) == ["lapsed"]
