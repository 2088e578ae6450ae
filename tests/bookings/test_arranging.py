"""What organisers do about how a date is booked: places, rules, and an arrangement copied to another date."""

from datetime import timedelta

import pytest

from bookings import arranging, capacity, changing, drawing
from bookings.models import Booking, BookingRules, Delivery, OwnQuestion, Pool
from bookings.places import Wish
from people.models import AuditEvent
from people.refusal import Refused
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, later, states, workshops

pytestmark = pytest.mark.django_db


def twin(date: SeminarDate, **fields: object) -> SeminarDate:
    """Another date of the seminar, two weeks later, that cannot be booked yet."""
    return factories.SeminarDateFactory(
        seminar=date.seminar,
        attendance=date.attendance,
        starts_at=date.starts_at + timedelta(days=14),
        **fields,
    )


# -- places -------------------------------------------------------------------------------------------------------


def test_lowering_asks_and_cancels_those_who_came_last_and_who_has_not_answered() -> None:
    date = bookable(3)
    first, second, third, fourth = (book_one(date) for _ in range(4))
    changing.cancel(first)
    pool = Pool.objects.get()
    assert states(second, third, fourth) == ["confirmed", "confirmed", "offered"]

    with pytest.raises(capacity.TakenAlready) as asked:
        capacity.change(pool, 1, by=None)
    assert asked.value.number == 2
    last = capacity.last_in(pool, 2)
    assert list(last) == [fourth, third]
    capacity.change(pool, 1, by=None, then=capacity.CANCEL, whom=[one.pk for one in last])

    assert states(second, third, fourth) == ["confirmed", "cancelled", "declined"]
    pool.refresh_from_db()
    assert (pool.capacity, pool.extra, pool.taken) == (1, 0, 1)


def test_nobody_is_cancelled_who_was_not_in_the_list_that_was_shown() -> None:
    date = bookable(3)
    shown, newcomer = book_one(date), book_one(date)

    with pytest.raises(capacity.TakenAlready):
        capacity.change(Pool.objects.get(), 1, by=None, then=capacity.CANCEL, whom=[shown.pk])

    assert states(shown, newcomer) == ["confirmed", "confirmed"]
    assert Pool.objects.get().capacity == 3


def test_who_is_cancelled_reads_the_reason_in_their_language() -> None:
    date = bookable(1)
    booking = book_one(date)
    Booking.objects.update(language="cy")

    capacity.change(Pool.objects.get(), 0, by=None, then=capacity.CANCEL)

    booking.refresh_from_db()
    assert booking.reason not in {"", "Fewer people can come than was planned."}


# -- rules --------------------------------------------------------------------------------------------------------


def test_rules_are_saved_and_what_changed_is_audited() -> None:
    rules = bookable(1).booking_rules
    rules.needs_approval, rules.reminders = True, "48"

    arranging.save_rules(rules, by=None)

    assert AuditEvent.objects.get(verb="rules-changed").detail == {"needs_approval": True, "reminders": "48"}


def test_without_a_draw_wishes_are_acted_upon_in_the_order_of_booking() -> None:
    date = bookable(5, workshops="drawn", draws_at=later(days=3))
    (run,) = workshops(date, 1)
    first, second = (book_one(date, runs=[run]) for _ in range(2))
    rules = date.booking_rules
    rules.workshops = "first come"

    arranging.save_rules(rules, by=None)

    assert [list(each.places.values_list("state", flat=True)) for each in (first, second)] == [
        ["confirmed"],
        ["waiting"],
    ]
    assert Delivery.objects.filter(kind="change").count() == 2
    assert BookingRules.objects.get().draws_at is None


def test_what_was_drawn_does_not_become_first_come_again() -> None:
    date = bookable(5, workshops="drawn", draws_at=later(days=3))
    drawing.publish(drawing.preview(date, by=None), by=None)
    rules = date.booking_rules
    rules.workshops = "first come"

    with pytest.raises(Refused, match="drawn already"):
        arranging.save_rules(rules, by=None)


# -- copying ------------------------------------------------------------------------------------------------------


def test_copying_takes_over_rules_places_and_questions() -> None:
    date = bookable(40, online=100, needs_approval=True, most_in_group=3)
    OwnQuestion.objects.create(seminar_date=date, text_en="Do you drive?", kind="yes no")
    other = twin(date)

    notes = arranging.copy(date, other, by=None)
    arranging.copy(date, other, by=None)

    assert notes == []
    rules = BookingRules.objects.get(seminar_date=other)
    assert (rules.needs_approval, rules.most_in_group) == (True, 3)
    assert rules.steward_nonce != date.booking_rules.steward_nonce
    assert list(other.pools.values_list("attendance", "capacity")) == [("in person", 40), ("online", 100)]
    assert [question.text_en for question in other.own_questions.all()] == ["Do you drive?"]
    assert date.own_questions.count() == 1


def test_copying_puts_the_draw_as_long_before_the_start() -> None:
    date = bookable(1, workshops="drawn", draws_at=later(days=20))
    other = twin(date)
    arranging.copy(date, other, by=None)
    assert BookingRules.objects.get(seminar_date=other).draws_at == date.booking_rules.draws_at + timedelta(
        days=14
    )


def test_copying_says_what_does_not_fit() -> None:
    date = bookable(1, online=5, workshops="drawn", draws_at=later(days=20))
    soon = bookable(3, seminar=date.seminar, date={"starts_at": later(days=2)})
    for _ in range(2):
        book_one(soon)

    notes = arranging.copy(date, soon, by=None)

    assert [note.split(":")[0] for note in notes] == [
        "The workshops are first come, first served here",
        "In person",
        "Online",
    ]
    assert soon.pools.get().capacity == 3
    with pytest.raises(Refused):
        arranging.copy(bookable(1), soon, by=None)


# -- own questions ------------------------------------------------------------------------------------------------


def test_ten_questions_are_the_most_for_each_purpose() -> None:
    date = bookable(1)
    for number in range(10):
        arranging.add_question(OwnQuestion(seminar_date=date, text_en=f"Question {number}"))
    with pytest.raises(Refused, match="Ten"):
        arranging.add_question(OwnQuestion(seminar_date=date, text_en="One too many"))
    arranging.add_question(OwnQuestion(seminar_date=date, text_en="Afterwards", purpose="feedback"))
    assert [one.position for one in date.own_questions.filter(purpose="booking")] == list(range(10))


def test_workshops_can_be_chosen_anew_after_the_rules_changed() -> None:
    date = bookable(5)
    one, two = workshops(date, 1, 1)
    booking = book_one(date, runs=[one])
    rules = date.booking_rules
    rules.workshops, rules.draws_at = "drawn", later(days=3)
    arranging.save_rules(rules, by=None)

    changing.choose_workshops(booking, [Wish(two)])
    drawing.publish(drawing.preview(date, by=None), by=None)

    # What was given before the draw is kept.
    assert list(booking.places.filter(state="confirmed").values_list("run", flat=True)) == [one.pk]
