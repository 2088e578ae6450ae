import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import taking
from bookings.models import Booking, Delivery, Need, Place
from bookings.places import Wish
from people.refusal import Refused
from tests.bookings.ground import book, book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db


def test_book_confirms_while_there_are_seats_and_queues_afterwards() -> None:
    date = bookable(2)

    bookings = [book_one(date) for _ in range(3)]

    assert states(*bookings) == ["confirmed", "confirmed", "waiting"]
    assert [letter.kind for letter in Delivery.objects.order_by("pk")] == [
        "confirmation",
        "confirmation",
        "queued",
    ]


def test_book_the_same_form_twice_books_once() -> None:
    date, key, who = bookable(), uuid.uuid4(), person()

    first, second = (book(date, who, key=key) for _ in range(2))

    assert [one.pk for one in first] == [one.pk for one in second]
    assert Booking.objects.count() == Delivery.objects.count() == 1


def test_book_one_address_once_whatever_its_case() -> None:
    date = bookable()
    book(date, person(email="mair@gwynedd.example"))

    with pytest.raises(taking.AlreadyBooked):
        book(date, person(email="MAIR@Gwynedd.example"))


def test_book_takes_five_statements() -> None:
    """Everybody who books the same date waits for them."""
    date = bookable(1)
    request = taking.Request(date, "in person", [person()], key=uuid.uuid4())

    with CaptureQueriesContext(connection) as did:
        taking.book(request)

    own = [one["sql"] for one in did if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert [sql.split()[0] for sql in own] == ["SELECT", "SELECT", "UPDATE", "INSERT", "INSERT"]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL decides by what there is, and there is nothing"
)
def test_book_reads_no_more_the_more_bookings_there_are() -> None:
    date = bookable(1)
    with CaptureQueriesContext(connection) as did:
        book(date)
    (look,) = [one["sql"] for one in did if "has_queue" in one["sql"]]

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {look}")
        plan = [row[-1] for row in cursor.fetchall() if "booking" in row[-1]]

    reads = [re.sub(r".* INDEX \S+ |bookings_", "", step) for step in plan]
    assert sorted(step.removesuffix(" LEFT-JOIN") for step in reads) == [
        "(email_folded=?)",
        "(pool_id=? AND state=?)",
        "(request_key=?)",
        "(seminar_date_id=? AND code=?)",
        "(seminar_date_id=?)",
    ]


def test_book_a_key_of_noughts_is_a_key_like_others() -> None:
    date, nought = bookable(5), uuid.UUID(int=0)

    first, again, unkeyed = (
        book_one(date, who := person(), key=nought),
        book_one(date, who, key=nought),
        book_one(date),
    )

    assert first == again
    assert unkeyed.is_confirmed


def test_book_in_person_and_online_are_apart() -> None:
    date = bookable(1, online=1)

    bookings = [book_one(date), book_one(date, attendance="online"), book_one(date, attendance="online")]

    assert states(*bookings) == ["confirmed", "confirmed", "waiting"]


def test_book_refuses_a_whole_group_that_could_never_have_a_seat_each() -> None:
    date = bookable(2)

    with pytest.raises(Refused, match="There are 2 places in all"):
        book(date, person(), person(), person(), is_whole=True)

    assert not Booking.objects.exists()
    assert states(*book(date, person(), person(), person())) == ["confirmed", "confirmed", "waiting"]
    # No seats at all: there will be some.
    assert states(*book(bookable(0), person(), person(), is_whole=True)) == ["waiting", "waiting"]


def test_book_whole_group_comes_together_or_waits_together() -> None:
    date = bookable(3)
    book(date)

    whole = book(date, person(), person(), person(), is_whole=True)

    assert states(*whole) == ["waiting"] * 3


def test_book_split_group_takes_what_is_free() -> None:
    date = bookable(2)

    split = book(date, person(), person(), person())

    assert states(*split) == ["confirmed", "confirmed", "waiting"]


def test_book_newcomer_waits_behind_who_would_fit() -> None:
    """A whole group of three waits before one free seat: one person may take it, for the group cannot."""
    date = bookable(2)
    book(date)
    group = book(date, person(), person(), is_whole=True)

    newcomer = book_one(date)

    assert states(*group, newcomer) == ["waiting", "waiting", "confirmed"]


def test_book_colleague_without_address_is_written_to_through_who_booked() -> None:
    date = bookable()

    booking = book_one(date, person(email=""), booked_by_name="Mair", booked_by_email="mair@gwynedd.example")

    assert (booking.email, booking.address) == ("", "mair@gwynedd.example")
    assert Delivery.objects.get().to == "mair@gwynedd.example"


def test_book_needs_are_apart_with_their_day_of_deletion() -> None:
    date = bookable(keep_needs_days=10)

    booking = book_one(date, person(access="A ramp", dietary="  "))

    need = Need.objects.get(booking=booking)
    assert (need.kind, need.text) == ("access", "A ramp")
    assert need.delete_after == date.local_end.date() + timedelta(days=10)


def test_book_approval_takes_no_seat() -> None:
    date = bookable(1, needs_approval=True)

    booking = book_one(date)

    assert states(booking) == ["requested"]
    date.pools.get().refresh_from_db()
    assert date.pools.get().taken == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"booking_opens_at": timedelta(days=1)}, "not opened"),
        ({"booking_closes_at": timedelta(days=-1)}, "closed"),
        ({"starts_at": timedelta(hours=-1)}, "has begun"),
    ],
)
def test_book_is_refused_outside_its_time(change: dict[str, timedelta], words: str) -> None:
    date = bookable()
    for name, delta in change.items():
        setattr(date, name, timezone.now() + delta)
    date.save()

    with pytest.raises(Refused, match=words):
        book(date)


def test_book_workshops_takes_places_and_queues_for_full_ones() -> None:
    date = bookable(5)
    small, large = workshops(date, 1, 5)

    first, second = book_one(date, runs=[small]), book_one(date, runs=[Wish(small, 1), Wish(large, 2)])

    assert list(first.places.values_list("run", "state")) == [(small.pk, "confirmed")]
    assert list(second.places.values_list("run", "state")) == [(small.pk, "waiting"), (large.pk, "confirmed")]


def test_book_refuses_two_workshops_at_once_and_one_twice() -> None:
    date = bookable()
    one, two = workshops(date, 5, 5)
    (again,) = workshops(date, 5, sessions=[one.session])

    for runs in ([one, two], [one, again]):
        with pytest.raises(Refused):
            book(date, runs=runs)

    assert not Place.objects.exists()


def test_book_who_missed_too_many_dates_waits_for_approval() -> None:
    before, date = bookable(), bookable(no_show_limit=1)
    before.seminar.organisation = date.seminar.organisation
    before.seminar.save()
    missed = book_one(before, person(email="mair@gwynedd.example"))
    Booking.objects.filter(pk=missed.pk).update(state="no show")

    assert states(book_one(date, person(email="mair@gwynedd.example")), book_one(date)) == [
        "requested",
        "confirmed",
    ]


def test_links_are_made_anew_and_only_their_hashes_are_kept() -> None:
    booking = book_one(bookable())

    found = Booking.objects.by_token(booking.token).get()

    assert found == booking
    assert booking.token not in str(Booking.objects.filter(pk=booking.pk).values())
    assert booking.token != booking.later_token
    assert not Booking.objects.by_token(booking.later_token).exists()


def test_a_name_of_signs_that_are_whole_sentences_can_be_booked() -> None:
    """One of them folds into eighteen letters: more than there is room for, which PostgreSQL minds."""
    booking = book_one(bookable(), person("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 100))

    assert Booking.objects.search("صلى").get() == booking
