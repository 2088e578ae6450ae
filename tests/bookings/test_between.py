"""What comes in between: between what a verb reads and what it writes, and between the first click and the second."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from bookings import arranging, changing, correcting, details, feedback, moving
from bookings.models import Booking, BookingRules, Delivery
from bookings.tokens import new_nonce
from people.models import Member
from people.refusal import Refused
from tests.bookings.ground import book_one, bookable, person, states
from tests.races import at_once

OPINION = feedback.Opinion(usefulness=5, recommend="yes")


@pytest.fixture
def delegate() -> Iterator[Booking]:
    """On a date that has begun: details can be changed, and feedback can be given."""
    booking = book_one(bookable())
    date = booking.seminar_date
    with time_machine.travel(date.starts_at + timedelta(minutes=5)):
        yield booking


@pytest.mark.django_db
def test_feedback_that_is_given_while_details_change_is_given_once(
    delegate: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(current: Booking) -> None:
        assert feedback.give(Booking.objects.get(pk=current.pk), OPINION, {}, "en")

    monkeypatch.setattr(details, "check_can_change", give)
    details.change(delegate, person("Mair Owen", email=delegate.email))

    assert not feedback.give(Booking.objects.get(), OPINION, {}, "en")


@pytest.mark.django_db
def test_feedback_that_is_given_while_an_organiser_puts_details_right_is_given_once(
    delegate: Booking, organiser: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fold(address: str) -> str:
        feedback.give(Booking.objects.get(pk=delegate.pk), OPINION, {}, "en")
        return address.lower()

    monkeypatch.setattr(correcting, "fold_email", fold)
    correcting.correct(delegate, person("Mair Owen", email="mair@right.example"), by=organiser)

    now = Booking.objects.get()
    assert (now.name, now.email, now.name_folded) == ("Mair Owen", "mair@right.example", "mair owen")
    assert not Booking.objects.by_token(delegate.token).exists()
    assert Booking.objects.by_token(now.token).exists()
    assert not feedback.give(now, OPINION, {}, "en")


@pytest.mark.django_db
def test_rules_that_were_read_before_the_stewards_link_was_made_void_do_not_bring_it_back() -> None:
    date = bookable()
    rules, new = BookingRules.objects.get(), new_nonce()
    BookingRules.objects.update(steward_nonce=new)

    rules.hours_to_answer = 20
    rules.seminar_date = date
    arranging.save_rules(rules, by=None)

    now = BookingRules.objects.get()
    assert (now.hours_to_answer, now.steward_nonce) == (20, new)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["cancelled", "over"])
def test_a_request_is_not_approved_once_the_date_is_cancelled_or_over(what: str, organiser: Member) -> None:
    """The confirmation would go to nobody, and who was never told would not have come."""
    date = bookable(5, needs_approval=True)
    booking = book_one(date)
    if what == "cancelled":
        date.cancel("Snow", by=organiser)

    now = date.ends_at + timedelta(days=1 if what == "over" else -9)
    with time_machine.travel(now, tick=False), pytest.raises(Refused, match=what):
        changing.approve(booking, by=organiser)

    assert states(booking) == ["requested"]
    assert date.pools.get().taken == 0


@pytest.mark.django_db(transaction=True)
def test_a_double_click_hands_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second would hand it over from the colleague to the colleague, and make the link in their letter void."""
    monkeypatch.setattr("bookings.outbox.wake", lambda: None)
    booking = book_one(bookable(), person(email="mair@body.example"))
    colleague = person("Cai", email="cai@body.example")

    # Both pages have read the booking before either of them hands it over.
    read = [Booking.objects.get(pk=booking.pk) for _click in range(4)]
    answers: list[Any] = at_once(*[lambda one=one: moving.hand_over(one, colleague) for one in read])

    assert answers == [None] * 4
    found = Delivery.objects.exclude(state="dropped").order_by("pk").values_list("kind", "to")
    assert list(found) == [("handed over", "mair@body.example"), ("confirmation", "cai@body.example")]
    assert Booking.objects.by_token(Booking.objects.get().token).exists()
