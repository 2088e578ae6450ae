"""What comes in between: between what a verb reads and what it writes, and between the first click and the second."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings import arranging, arriving, asking, changing, correcting, details, feedback, moving
from bookings.models import Booking, BookingRules, CheckIn, Delivery, Question
from bookings.tokens import new_nonce
from people.models import Member
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.form import hidden
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


@pytest.mark.django_db(transaction=True)
def test_a_double_click_puts_one_question_and_no_more_than_the_most(delegate_in_a_week: Booking) -> None:
    for number in range(asking.MOST_EACH - 1):
        asking.ask(delegate_in_a_week, f"Why {number}?")

    answers = at_once(*[lambda: asking.ask(delegate_in_a_week, "Why not?") for _click in range(6)])

    assert len({question.pk for question in answers}) == 1
    assert Question.objects.count() == asking.MOST_EACH


@pytest.fixture
def delegate_in_a_week() -> Iterator[Booking]:
    booking = book_one(bookable())
    with time_machine.travel(booking.seminar_date.starts_at - timedelta(days=2)):
        yield booking


@pytest.fixture
def at_the_door() -> Iterator[SeminarDate]:
    date = bookable(5)
    with time_machine.travel(date.starts_at, tick=True):
        yield date


@pytest.mark.django_db
def test_the_form_of_somebody_without_a_booking_lets_in_one_person_however_often_it_is_sent(
    at_the_door: SeminarDate,
) -> None:
    client = Client()
    client.get(reverse("bookings:steward", args=[arriving.steward_token(at_the_door.booking_rules)]))
    address = reverse("bookings:walk-in", args=[at_the_door.uuid])
    given = {**hidden(client.get(address)), "name": "Nia", "kind": "officer", "language": "en"}

    answers = [client.post(address, given) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [booking.name for booking in Booking.objects.all()] == ["Nia"]
    # The next person has a form of their own.
    client.post(address, {**hidden(client.get(address)), "name": "Nia", "kind": "officer", "language": "en"})
    assert Booking.objects.count() == CheckIn.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_who_is_checked_in_while_the_day_is_closed_came_or_is_told_that_it_is_closed(
    at_the_door: SeminarDate, _round: int
) -> None:
    bookings = [book_one_before(at_the_door) for _each in range(4)]
    arriving.check_in(bookings[0], "code")
    over = at_the_door.ends_at + timedelta(minutes=1)

    answers = at_once(
        *[lambda one=one: arriving.check_in(Booking.objects.get(pk=one.pk), "code") for one in bookings[1:]],
        lambda: arriving.settle(at_the_door, now=over),
        lambda: arriving.undo(CheckIn.objects.get(booking=bookings[0])),
    )

    assert all(isinstance(one, (CheckIn, Refused, int, type(None))) for one in answers), answers
    here = set(CheckIn.objects.filter(undone_at=None).values_list("booking", flat=True))
    came = set(Booking.objects.filter(state__in=["attended", "confirmed"]).values_list("pk", flat=True))
    missed = set(Booking.objects.filter(state="no show").values_list("pk", flat=True))
    assert here <= came
    assert not here & missed
    assert not Booking.objects.filter(state="attended").exclude(pk__in=here).exists()


def book_one_before(date: SeminarDate) -> Booking:
    with time_machine.travel(date.starts_at - timedelta(days=2)):
        return book_one(date)
