"""A delegate's own page: what it says in each state, and what it keeps to itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bookings import changing, moving
from bookings.models import Booking
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db


def page(booking: Booking, name: str = "manage", **more: Any) -> str:
    booking.refresh_from_db()
    answer = Client().get(reverse(f"bookings:{name}", args=[booking.token]), **more)
    assert answer.status_code == 200
    return answer.content.decode()


def full() -> tuple[SeminarDate, Booking, Booking]:
    """A date with one seat: who has it, and who waits."""
    date = bookable(1)
    return date, book_one(date), book_one(date)


def over(date: SeminarDate, **ago: float) -> None:
    end = timezone.now() - timedelta(**ago)
    SeminarDate.objects.filter(pk=date.pk).update(starts_at=end - timedelta(hours=4), ends_at=end)


def test_page_of_a_confirmed_booking_shows_everything_that_was_told() -> None:
    date = bookable(5)
    first, second = workshops(date, 1, 9)
    book_one(date, runs=[first])
    booking = book_one(
        date, person("Mair Jones", email="mair@body.example", access="A hearing loop"), runs=[second]
    )
    changing.choose_workshops(booking, [*map(changing.places.Wish, [first, second], [1, 2])])

    html = page(booking)

    for words in ("You have a place.", booking.code, "Mair Jones", "A hearing loop", "Deleted on", "<svg"):
        assert words in html
    assert html.index(str(second.session)) < html.index("You wait for") < html.index(str(first.session))


def test_page_of_who_waits_tells_the_position() -> None:
    date, _first, second = full()
    third = book_one(date)

    assert "number <strong>1</strong> of 2" in page(second)
    assert "number <strong>2</strong> of 2" in page(third)
    assert "<svg xmlns" not in page(second).partition("Your code")[2]


def test_page_of_an_offer_says_until_when_and_asks() -> None:
    _date, first, second = full()
    changing.cancel(first)

    html = page(second)

    assert "A place is kept for you until" in html
    assert reverse("bookings:acceptance", args=[second.token]) in html
    assert reverse("bookings:refusal", args=[second.token]) in html


def test_page_ends_an_offer_whose_time_is_over_and_offers_it_on() -> None:
    date, first, second = full()
    third = book_one(date)
    changing.cancel(first)
    Booking.objects.filter(pk=second.pk).update(offer_expires_at=timezone.now() - timedelta(minutes=1))

    assert "A place is kept for you until" in page(third)
    assert "the time to answer is over" in page(second)


def test_page_of_a_request() -> None:
    assert "An organiser looks at each booking" in page(book_one(bookable(needs_approval=True)))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("declined", "declined"),
        ("lapsed", "It went to the next person"),
        ("left", "You are not in the queue any more."),
        ("cancelled", "You do not have a place any more."),
    ],
)
def test_page_of_what_has_ended_offers_to_book_again(state: str, words: str) -> None:
    booking = book_one(bookable(needs_approval=True))
    Booking.objects.filter(pk=booking.pk).update(state=state)

    html = page(booking)

    assert words in html
    assert "Book again" in html
    assert reverse("bookings:cancellation", args=[booking.token]) not in html


@pytest.mark.parametrize(("state", "words"), [("attended", "You were there."), ("no show", "not seen there")])
def test_page_after_the_date(state: str, words: str) -> None:
    date = bookable()
    booking = book_one(date)
    over(date, hours=3)
    Booking.objects.filter(pk=booking.pk).update(state=state)

    html = page(booking)

    assert words in html
    for name in ("cancellation", "moves", "hand-over", "details"):
        assert reverse(f"bookings:{name}", args=[booking.token]) not in html


def test_page_of_a_cancelled_date_gives_the_reason_and_the_way_to_another() -> None:
    date = bookable()
    bookable(seminar=date.seminar)
    booking = book_one(date)
    date.cancel("Snow on the pass", by=None)

    html = page(booking)

    assert "Snow on the pass" in html
    assert "Go to another date instead" in html


def test_page_of_a_moved_date_says_from_when() -> None:
    date = bookable()
    booking = book_one(date)
    date.move(date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1), by=None)

    assert "Moved from" in page(booking)


def test_page_of_a_moved_booking_leads_to_the_new_one() -> None:
    date = bookable()
    booking = book_one(date)
    moved = moving.move(booking, bookable(seminar=date.seminar), "in person")

    assert reverse("bookings:manage", args=[moved.token]) in page(booking)


def test_page_leads_nobody_to_a_booking_that_was_handed_over() -> None:
    date = bookable()
    booking = book_one(date)
    moved = moving.move(booking, bookable(seminar=date.seminar), "in person")
    moving.hand_over(moved, person("Cai Colleague", email="cai@body.example"))
    moved.refresh_from_db()

    html = page(booking)

    assert moved.token not in html
    assert "Cai Colleague" not in html


@pytest.mark.parametrize("state", ["waiting", "offered", "requested"])
def test_page_of_a_cancelled_date_promises_no_place(state: str) -> None:
    date = bookable(1, needs_approval=state == "requested")
    bookings = [book_one(date) for _number in range(2)]
    if state == "offered":
        changing.cancel(bookings[0])
    assert states(bookings[1]) == [state]
    SeminarDate.objects.filter(pk=date.pk).update(state="cancelled", state_reason_en="Flooded.")

    html = page(bookings[1])

    assert "Nobody is given a place any more, and you need do nothing." in html
    assert "is-cancelled" in html
    for promise in ("we write to you", "We write to you", "is kept for you", "Accept the place"):
        assert promise not in html


def test_page_promises_no_place_once_booking_is_closed_or_the_date_is_over() -> None:
    date, _booked, waits = full()
    SeminarDate.objects.filter(pk=date.pk).update(booking_closes_at=timezone.now() - timedelta(minutes=1))
    assert "Booking is closed: nobody is offered a place any more." in page(waits)
    assert "we write to you" not in page(waits)

    asked = book_one(bookable(1, needs_approval=True))
    over(date, days=1)
    over(asked.seminar_date, days=1)

    assert "This date is over, and no place became free for you." in page(waits)
    assert "in the queue." not in page(waits)
    assert "This date is over, and your request was not answered." in page(asked)


def test_page_says_where_one_can_move() -> None:
    alone = book_one(bookable(2, online=2))
    assert "Take part in another way" in page(alone)
    elsewhere = book_one(bookable(2, seminar=bookable(2).seminar))
    assert "Move to another date<" in page(elsewhere)
    bookable(2, online=2, seminar=elsewhere.seminar_date.seminar)
    assert "Move to another date, or online<" in page(elsewhere)


def test_page_is_told_to_nobody_else() -> None:
    booking = book_one(bookable())

    for name in ("manage", "workshops", "moves", "hand-over", "details", "join", "delegates", "cancellation"):
        answer = Client().get(reverse(f"bookings:{name}", args=[booking.token]))
        assert answer["Referrer-Policy"] == "no-referrer", name
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert not answer.cookies


def test_page_in_welsh() -> None:
    booking = book_one(bookable())
    with translation.override("cy"):
        address = reverse("bookings:manage", args=[booking.token])

    answer = Client().get(address)

    assert address.startswith("/cy/")
    assert 'lang="cy"' in answer.content.decode()


@pytest.mark.parametrize("token", ["unknown", "x" * 400, "%00", "é"])
def test_page_of_no_booking_is_not_found_and_says_what_to_do(token: str) -> None:
    answer = Client().get(f"/en/bookings/{token}/")

    assert answer.status_code == 404
    assert "This link does not open a booking" in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"


def test_page_ends_a_week_after_the_date() -> None:
    date = bookable()
    booking = book_one(date)
    address = reverse("bookings:manage", args=[booking.token])

    over(date, days=6)
    assert Client().get(address).status_code == 200

    over(date, days=8)
    assert Client().get(address).status_code == 404


def test_page_takes_the_same_queries_however_much_there_is(django_assert_num_queries: Any) -> None:
    small = book(bookable(5), person(), person())
    date = bookable(60)
    many = workshops(date, *[1] * 20)
    for run in many:
        book_one(date, runs=[run])
    others = [person() for _number in range(9)]
    large = book(
        date, person(access="A", dietary="B"), *others, runs=[*map(changing.places.Wish, many, range(1, 21))]
    )
    for _number in range(5):
        bookable(3, online=2, seminar=date.seminar)

    for booking in (small[0], large[0]):
        address = reverse("bookings:manage", args=[booking.token])
        with django_assert_num_queries(8):
            Client().get(address)
