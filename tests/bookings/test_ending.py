"""Ways out of a booking, and what each gives to others."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import capacity, changing, taking, waiting
from bookings.models import Booking, BookingRules, Delivery, Need, Place
from people.models import Member
from people.refusal import Refused
from tests.bookings.ground import book, book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db


def letters(booking: Booking) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(booking=booking).order_by("pk").values_list("kind", "state"))


def test_offer_that_lapses_lets_its_wishes_go() -> None:
    date = bookable(1)
    (run,) = workshops(date, 5)
    first, second = book_one(date), book_one(date, runs=[run])
    changing.cancel(first)
    second.refresh_from_db()
    assert second.offer_expires_at

    with time_machine.travel(second.offer_expires_at + timedelta(seconds=1)):
        waiting.expire_all()

    assert states(second) == ["lapsed"]
    assert not Place.objects.exists()
    assert letters(second) == [("queued", "dropped"), ("offer", "dropped"), ("lapsed", "due")]


def test_offers_of_a_date_that_was_cancelled_meanwhile_do_not_lapse(organiser: Member) -> None:
    """The page that ends offers may have read the date before it was cancelled."""
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first)
    second.refresh_from_db()
    read_before = date.seminar.dates.get()
    date.cancel("Snow", by=organiser)
    assert second.offer_expires_at
    assert not read_before.is_cancelled

    with time_machine.travel(second.offer_expires_at + timedelta(seconds=1)):
        assert waiting.expire(read_before) == 0

    assert states(second) == ["offered"]


def test_leaving_the_queue_declines_an_offer_that_came_meanwhile() -> None:
    date = bookable(1)
    first, second, third = (book_one(date) for _ in range(3))
    changing.cancel(first)

    changing.leave_queue(second)

    assert states(second, third) == ["declined", "offered"]


def test_offer_that_was_accepted_is_not_declined() -> None:
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first)
    changing.accept(second)

    for verb in (changing.decline_offer, changing.leave_queue):
        with pytest.raises(Refused, match="was accepted"):
            verb(second)

    assert states(second) == ["confirmed"]


def test_what_had_not_gone_yet_goes_no_more_when_a_booking_ends() -> None:
    """An update that came after the cancellation would put the entry back into the calendar."""
    booking = book_one(bookable())

    changing.cancel(booking)

    assert letters(booking) == [("confirmation", "dropped"), ("cancellation", "due")]


def test_needs_go_with_the_booking() -> None:
    booking = book_one(bookable(), person(access="A ramp"))
    assert Need.objects.exists()

    changing.cancel(booking)

    assert not Need.objects.exists()


def test_who_came_is_changed_no_more() -> None:
    date = bookable()
    booking = book_one(date)
    Booking.objects.filter(pk=booking.pk).update(state="attended", ended_at=timezone.now())

    for verb in (changing.cancel, lambda one: changing.choose_workshops(one, ())):
        with pytest.raises(Refused, match="is over"):
            verb(booking)


def test_approval_is_for_all_of_a_whole_group_or_for_none(organiser: Member) -> None:
    date = bookable(3, needs_approval=True)
    changing.approve(book_one(date), by=organiser)
    small = book(date, person(), person(), is_whole=True)
    large = book(date, person(), person(), person(), is_whole=True)

    with pytest.raises(Refused, match="Every place is taken"):
        changing.approve(large[0], by=organiser)
    changing.approve(small[1], by=organiser)

    assert states(*small, *large) == ["confirmed", "confirmed", "requested", "requested", "requested"]
    assert date.pools.get().taken == 3


def test_request_is_not_approved_before_who_waits_with_priority(organiser: Member) -> None:
    date = bookable(2)
    book(date)
    group = book(date, person(), person(), is_whole=True)
    waiting.prefer(group[0], 1, "They speak", by=organiser)
    BookingRules.objects.update(needs_approval=True)
    asks = book_one(date)
    assert states(*group, asks) == ["waiting", "waiting", "requested"]

    with pytest.raises(Refused, match="come first"):
        changing.approve(asks, by=organiser)


def test_lowering_takes_offers_back_before_places(organiser: Member) -> None:
    date = bookable(2)
    first, second, third = (book_one(date) for _ in range(3))
    changing.cancel(first)
    assert states(second, third) == ["confirmed", "offered"]

    capacity.change(date.pools.get(), 1, by=organiser, then=capacity.CANCEL)

    assert states(second, third) == ["confirmed", "declined"]


@pytest.mark.parametrize(("state", "reason"), [("confirmed", "They speak"), ("waiting", " ")])
def test_priority_is_for_who_waits_and_has_a_reason(state: str, reason: str, organiser: Member) -> None:
    date = bookable(1 if state == "confirmed" else 0)
    booking = book_one(date)
    assert states(booking) == [state]

    with pytest.raises(Refused):
        waiting.prefer(booking, 1, reason, by=organiser)


def test_form_that_is_sent_again_shows_nobody_a_colleagues_booking() -> None:
    date = bookable()
    request = taking.Request(date, "in person", [person()], key=Booking().uuid)
    (booking,) = taking.book(request)
    Booking.objects.filter(pk=booking.pk).update(email_folded="cai@body.example", email="cai@body.example")

    with pytest.raises(Refused, match="was sent before"):
        taking.book(request)


def test_rebooking_rule_counts_each_person_by_themselves() -> None:
    date = bookable(no_show_limit=2)
    for email in ("mair@body.example", "cai@body.example"):
        before = bookable(seminar=date.seminar)
        missed = book_one(before, person(email=email))
        Booking.objects.filter(pk=missed.pk).update(state="no show")

    both = book(date, person(email="mair@body.example"), person(email="cai@body.example"))

    assert states(*both) == ["confirmed", "confirmed"]
