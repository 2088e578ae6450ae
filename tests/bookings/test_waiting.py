from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import capacity, changing, waiting
from bookings.models import Booking, Delivery
from bookings.places import Wish
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db


def kinds(booking: object) -> list[str]:
    return list(Delivery.objects.filter(booking=booking).order_by("pk").values_list("kind", flat=True))


def test_cancelling_offers_the_seat_to_the_first_in_the_queue() -> None:
    date = bookable(1)
    first, second, third = (book_one(date) for _ in range(3))

    changing.cancel(first)

    assert states(first, second, third) == ["cancelled", "offered", "waiting"]
    assert kinds(first) == ["confirmation", "cancellation"]
    assert kinds(second) == ["queued", "offer"]


def test_accepting_confirms_once_however_often_it_is_clicked() -> None:
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first)

    changing.accept(second)
    changing.accept(second)

    assert states(second) == ["confirmed"]
    assert kinds(second) == ["queued", "offer", "confirmation"]


def test_declining_or_leaving_moves_the_queue_on() -> None:
    date = bookable(1)
    first, second, third, fourth = (book_one(date) for _ in range(4))
    changing.cancel(first)

    changing.leave_queue(third)
    changing.decline_offer(second)

    assert states(second, third, fourth) == ["declined", "left", "offered"]


def test_offers_lapse_in_working_hours_and_on_reading() -> None:
    date = bookable(1, hours_to_answer=8)
    with time_machine.travel("2026-09-11 15:00+01:00", tick=False):  # a Friday
        SeminarDate.objects.filter(pk=date.pk).update(
            starts_at=timezone.now() + timedelta(days=30),
            ends_at=timezone.now() + timedelta(days=30, hours=3),
        )
        date.refresh_from_db()
        first, second, third = (book_one(date) for _ in range(3))
        changing.cancel(first)
        second.refresh_from_db()
        assert second.offer_expires_at is not None
        assert second.offer_expires_at.isoformat() == "2026-09-14T14:00:00+00:00"

    with time_machine.travel("2026-09-14 14:59+01:00"):
        assert waiting.expire(date) == 0
    with time_machine.travel("2026-09-14 15:00+01:00"):
        with pytest.raises(Refused):
            changing.accept(second)
        assert states(second, third) == ["lapsed", "offered"]


def test_offers_never_pass_the_close_and_none_are_made_after_it() -> None:
    date = bookable(1, hours_to_answer=40)
    first, second, third = (book_one(date) for _ in range(3))
    SeminarDate.objects.filter(pk=date.pk).update(booking_closes_at=timezone.now() + timedelta(minutes=5))

    date.refresh_from_db()
    changing.cancel(first)

    second.refresh_from_db()
    assert second.offer_expires_at is not None
    assert second.offer_expires_at <= timezone.now() + timedelta(minutes=5)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        waiting.expire_all()
        assert states(second, third) == ["lapsed", "waiting"]
        pool = date.pools.get()
        assert waiting.why_not(pool) == "Booking is closed."


def test_whole_group_is_passed_over_and_with_priority_is_not(organiser: Member) -> None:
    date = bookable(2)
    one, two = book_one(date), book_one(date)
    group = book(date, person(), person(), is_whole=True)
    alone = book_one(date)

    waiting.prefer(group[0], 1, "They bring the councillor", by=organiser)
    changing.cancel(one)
    assert states(*group, alone) == ["waiting", "waiting", "waiting"]
    assert "priority" in waiting.why_not(date.pools.get())
    changing.cancel(two)

    assert states(*group, alone) == ["offered", "offered", "waiting"]
    changing.accept(group[1])
    assert states(*group) == ["confirmed", "confirmed"]
    # The reason is about a person: it is kept with the booking, and not in the audit, which is never forgotten.
    assert AuditEvent.objects.get(verb="queue-priority").detail == {"priority": 1}
    assert Booking.objects.get(pk=group[0].pk).priority_reason == "They bring the councillor"


def test_raising_the_capacity_offers_and_lowering_asks(organiser: Member) -> None:
    date = bookable(1)
    first, second, third = (book_one(date) for _ in range(3))
    pool = date.pools.get()

    capacity.change(pool, 2, by=organiser)
    assert states(first, second, third) == ["confirmed", "offered", "waiting"]
    with pytest.raises(capacity.TakenAlready) as asked:
        capacity.change(pool, 1, by=organiser)
    assert asked.value.number == 1
    capacity.change(pool, 1, by=organiser, then=capacity.KEEP)
    pool.refresh_from_db()
    assert (pool.capacity, pool.extra, pool.taken) == (1, 1, 2)

    changing.decline_offer(second)
    pool.refresh_from_db()
    assert (pool.capacity, pool.extra, pool.taken) == (1, 0, 1)
    assert states(third) == ["waiting"]


def test_lowering_may_cancel_who_came_last(organiser: Member) -> None:
    date = bookable(2)
    first, second = book_one(date), book_one(date)

    capacity.change(date.pools.get(), 1, by=organiser, then=capacity.CANCEL)

    assert states(first, second) == ["confirmed", "cancelled"]


def test_position_counts_parties() -> None:
    date = bookable(0)
    group, alone = book(date, person(), person(), is_whole=True), book_one(date)

    assert [waiting.position(one) for one in (*group, alone)] == [1, 1, 2]


def test_freed_workshop_goes_to_who_waits_for_it_and_theirs_to_the_next() -> None:
    date = bookable(5)
    small, other = workshops(date, 1, 1)
    first = book_one(date, runs=[small])
    second = book_one(date, runs=[Wish(small, 1), Wish(other, 2)])
    third = book_one(date, runs=[other])
    assert places_of(third) == [(other.pk, "waiting")]

    changing.cancel(first)

    assert places_of(second) == [(small.pk, "confirmed")]
    assert places_of(third) == [(other.pk, "confirmed")]
    assert kinds(second) == kinds(third) == ["confirmation", "change"]


def places_of(booking: Booking) -> list[tuple[int, str]]:
    return list(booking.places.values_list("run", "state"))
