import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import arriving, changing
from bookings.models import Booking, CheckIn, Delivery
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person, states
from tests.races import at_once

pytestmark = pytest.mark.django_db


def today(capacity: int = 3, **fields: object) -> SeminarDate:
    """A date that starts in an hour, with bookings made before."""
    date = bookable(capacity, **fields)
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=timezone.now() + timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=4)
    )
    date.refresh_from_db()
    return date


def test_check_in_is_noted_once_whatever_is_repeated() -> None:
    booking, note = book_one(today()), uuid.uuid4()

    first = arriving.check_in(booking, "code", client_uuid=note)
    again = arriving.check_in(booking, "code", client_uuid=note)
    by_another = arriving.check_in(booking, "name")

    assert first == again == by_another
    assert CheckIn.objects.count() == 1


def test_check_in_of_who_has_no_place_is_refused_in_words() -> None:
    date = today(1)
    _first, second = book_one(date, person("Nia")), book_one(date, person("Hefin"))

    with pytest.raises(Refused, match=r"Hefin has no place\. State of the booking: In the queue"):
        arriving.check_in(second, "name")


@pytest.mark.parametrize("wrong", [timedelta(hours=5), timedelta(days=-2), timedelta(days=-20000)])
def test_check_in_believes_no_clock_that_is_wrong(wrong: timedelta) -> None:
    before = timezone.now()

    note = arriving.check_in(book_one(today()), "code", at=timezone.now() + wrong)

    assert before <= note.at <= timezone.now()


def test_undone_check_in_can_be_made_again_until_the_day_is_closed(organiser: Member) -> None:
    date = today()
    booking = book_one(date)
    arriving.undo(arriving.check_in(booking, "name"), by=organiser)
    assert AuditEvent.objects.filter(verb="check-in-undone").count() == 1

    note = arriving.check_in(booking, "name")
    with time_machine.travel(date.ends_at + timedelta(hours=1)):
        arriving.settle(date, by=organiser)
        note.booking.refresh_from_db()
        with pytest.raises(Refused, match="closed"):
            arriving.undo(note, by=organiser)


def test_walk_in_has_a_seat_also_where_every_one_is_taken(organiser: Member) -> None:
    date = today(1)
    book_one(date)

    came = arriving.walk_in(date, person("Ceri", email=""), "in person", by=organiser)

    pool = date.pools.get()
    assert (came.state, pool.taken, pool.extra) == ("confirmed", 2, 1)
    assert came.check_ins.get().way == "walk-in"
    assert AuditEvent.objects.get(verb="extra-changed").detail["reason"] == "came without a booking"
    assert not Delivery.objects.filter(booking=came).exists()


def test_walk_in_who_has_a_booking_is_pointed_to_it() -> None:
    date = today()
    book_one(date, person("Nia Pritchard", email="nia@gwynedd.example"))

    with pytest.raises(Refused, match="Nia Pritchard has a booking already"):
        arriving.walk_in(date, person("N. Pritchard", email="NIA@gwynedd.example"), "in person")


def test_closing_the_day_settles_each_way_of_taking_part_where_somebody_was_noted(organiser: Member) -> None:
    date = today(3, online=3)
    came, missed, online = book_one(date), book_one(date), book_one(date, attendance="online")
    left = book_one(date)
    changing.cancel(left)
    arriving.check_in(came, "qr")

    with time_machine.travel(date.ends_at + timedelta(hours=23)):
        assert arriving.settle_all() == 0
    with time_machine.travel(date.ends_at + timedelta(hours=25)):
        assert arriving.settle_all() == 2
        assert arriving.settle_all() == 0

    assert states(came, missed, online, left) == ["attended", "no show", "confirmed", "cancelled"]


def test_closing_is_refused_before_the_end(organiser: Member) -> None:
    date = today()
    arriving.check_in(book_one(date), "qr")

    with pytest.raises(Refused, match="not over"):
        arriving.settle(date, by=organiser)


def test_counts_say_who_is_here_of_whom(django_assert_num_queries: object) -> None:
    date = today(3, online=3)
    arriving.check_in(book_one(date), "qr")
    book_one(date), book_one(date, attendance="online")

    with django_assert_num_queries(2):  # type: ignore[operator]
        counts = arriving.counts(date)

    assert [(pool.attendance, here, expected) for pool, here, expected in counts] == [
        ("in person", 1, 2),
        ("online", 0, 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_stewards_at_two_doors_note_somebody_once() -> None:
    booking = book_one(today())

    given = at_once(
        *[lambda: arriving.check_in(Booking.objects.get(pk=booking.pk), "name") for _each in range(6)]
    )

    assert len({note.pk for note in given}) == 1
    assert CheckIn.objects.count() == 1
