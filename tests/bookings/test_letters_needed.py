"""No letter leaves that is not true any more when it leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import changing, letters, moving, outbox
from bookings.models import Booking, Commitment, Delivery, MassMessage
from seminars.models import SeminarDate
from tests.bookings import ground

pytestmark = pytest.mark.django_db
Kind = Delivery.Kind
State = Booking.State


@pytest.fixture
def booking() -> Booking:
    return ground.book_one(ground.bookable())


def put(booking: Booking, state: str) -> Booking:
    """In this state, whatever led to it; the seat is looked after only as far as the tests' invariants ask."""
    fields = {
        State.OFFERED: {"offer_expires_at": ground.later(days=1), "queued_at": timezone.now()},
        State.WAITING: {"queued_at": timezone.now()},
    }.get(State(state), {})
    Booking.objects.filter(pk=booking.pk).update(**{"state": state, "offer_expires_at": None, **fields})
    booking.pool.taken = Booking.objects.holding().filter(pool=booking.pool).count()
    booking.pool.save()
    booking.refresh_from_db()
    return booking


def needed(booking: Booking, kind: str, **fields: object) -> bool:
    (row,) = outbox.write(kind, [booking], **fields)
    return letters.is_needed(Delivery.objects.get(uuid=row.uuid))


TRUE_IN = {
    Kind.CONFIRMATION: {State.CONFIRMED, State.ATTENDED},
    Kind.REQUESTED: {State.REQUESTED},
    Kind.QUEUED: {State.WAITING},
    Kind.OFFER: {State.OFFERED},
    Kind.OFFER_EXPIRING: {State.OFFERED},
    Kind.LAPSED: {State.LAPSED},
    Kind.DECLINED: {State.DECLINED},
    Kind.CHANGE: {State.CONFIRMED, State.OFFERED, State.WAITING, State.REQUESTED},
    Kind.CANCELLATION: {State.CANCELLED, State.DECLINED, State.LEFT},
    Kind.REMINDER: {State.CONFIRMED},
    Kind.JOINING: {State.CONFIRMED, State.ATTENDED},
    Kind.THANKS: {State.CONFIRMED, State.ATTENDED},
    Kind.LINK: set(Booking.LIVE),
}


@pytest.mark.parametrize("kind", TRUE_IN)
def test_a_letter_leaves_only_in_the_states_that_it_is_true_of(booking, kind):
    assert {state for state in State if needed(put(booking, state), kind)} == TRUE_IN[kind]


@pytest.mark.parametrize(
    "kind", [Kind.CONFIRMATION, Kind.CHANGE, Kind.REMINDER, Kind.JOINING, Kind.THANKS, Kind.LINK]
)
def test_of_a_cancelled_date_nothing_is_told_but_that_and_where_the_booking_is(booking, kind):
    booking.seminar_date.cancel("Snow.", by=None)

    assert needed(booking, kind) is (kind in {Kind.LINK, Kind.THANKS})
    assert needed(booking, Kind.DATE_CANCELLED)


def test_that_it_is_cancelled_is_not_told_once_it_is_held_after_all(booking):
    date = booking.seminar_date
    date.cancel("Snow.", by=None)
    cancelled = Delivery.objects.get(kind=Kind.DATE_CANCELLED)
    date.reinstate(by=None)

    assert not letters.is_needed(cancelled)
    assert letters.is_needed(Delivery.objects.get(kind=Kind.CHANGE))


def test_an_offer_whose_time_is_over_is_not_sent(booking):
    put(booking, State.OFFERED)
    Booking.objects.update(offer_expires_at=timezone.now() - timedelta(minutes=1))
    booking.refresh_from_db()

    assert not needed(booking, Kind.OFFER)


@pytest.mark.parametrize(("kind", "word"), [(Kind.REMINDER, "reminder 24h"), (Kind.JOINING, "joining")])
def test_a_reminder_for_the_old_time_is_not_sent(booking, kind, word):
    date = booking.seminar_date
    once = f"{word} {date.starts_at:%Y-%m-%dT%H:%M%z}"
    assert needed(booking, kind, once=once)

    date.move(date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1), by=None)

    assert not letters.is_needed(Delivery.objects.get(once=once))


def test_a_reminder_is_not_sent_once_it_has_begun(booking):
    now = timezone.now()
    SeminarDate.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    booking.refresh_from_db()

    assert not needed(booking, Kind.REMINDER)
    assert needed(booking, Kind.JOINING)


def test_what_was_for_the_old_address_does_not_go_there_with_the_new_link(booking):
    (reminder,) = outbox.write(Kind.REMINDER, [booking])
    assert letters.is_needed(Delivery.objects.get(pk=reminder.pk))

    moving.hand_over(booking, ground.person())

    assert not letters.is_needed(Delivery.objects.get(pk=reminder.pk))


def test_a_commitment_that_was_answered_or_deleted_is_not_asked_about(booking):
    review = Commitment.objects.create(booking=booking, text="x").reviews.create(
        months=3, due_on=timezone.localdate()
    )
    assert needed(booking, Kind.FOLLOW_UP, detail={"review": review.pk})
    (row,) = outbox.write(Kind.FOLLOW_UP, [booking], detail={"review": review.pk})

    review.answered_at = timezone.now()
    review.save()
    assert not letters.is_needed(Delivery.objects.get(pk=row.pk))
    review.commitment.delete()
    assert not letters.is_needed(Delivery.objects.get(pk=row.pk))
    assert not needed(booking, Kind.FOLLOW_UP)


def test_a_message_does_not_follow_who_has_cancelled_unless_it_was_for_them(booking):
    for states in (["confirmed"], ["cancelled", "confirmed"]):
        message = MassMessage.objects.create(seminar_date=booking.seminar_date, audience={"states": states})
        outbox.write(Kind.MESSAGE, [booking], message=message)
    rows = list(Delivery.objects.filter(kind=Kind.MESSAGE).order_by("pk").values_list("pk", flat=True))

    changing.cancel(booking)

    assert [letters.is_needed(Delivery.objects.get(pk=pk)) for pk in rows] == [False, True]
    assert not needed(Booking.objects.get(pk=booking.pk), Kind.MESSAGE)


def test_who_was_made_anonymous_is_written_to_no_more(booking):
    (row,) = outbox.write(Kind.THANKS, [booking])
    Booking.objects.update(anonymised_at=timezone.now())

    assert not letters.is_needed(Delivery.objects.get(pk=row.pk))
