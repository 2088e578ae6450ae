"""The order of a queue as the database counts it, against the same order worked out from every row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import waiting
from bookings.models import Booking, Group, Pool
from tests.bookings.ground import book_one, bookable, undone

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Those who wait: the size of a party, whether it is a whole group, its priority and when each of them was queued.
# Times are few, so that they are the same; and the people of one group may stand apart from one another.
PARTY = st.tuples(
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([0, 0, 0, 1, 2]),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
)


def queue(pool: Pool, parties: list[Any]) -> list[Booking]:
    found = []
    for size, is_whole, priority, minutes in parties:
        group = Group.objects.create(seminar_date=pool.seminar_date, is_whole=is_whole) if size > 1 else None
        found += [
            Booking(
                seminar_date=pool.seminar_date, pool=pool, state="waiting", group=group, priority=priority,
                priority_reason="a reason" if priority else "", name="Mair",
                queued_at=NOON + timedelta(minutes=minute),
            )
            for minute in minutes[:size]
        ]  # fmt: skip
    for number, booking in enumerate(found):
        booking.email = f"d{number}@body.example"
        booking.prepare()
    return Booking.objects.bulk_create(found)


def worked_out(booking: Booking) -> tuple[int, int, int]:
    line = waiting.parties(booking.pool)
    at = next(n for n, party in enumerate(line, start=1) if booking in party.bookings)
    return at, len(line), sum(party.size for party in line)


@settings(max_examples=60, deadline=None)
@given(parties=st.lists(PARTY, max_size=6), free=st.integers(0, 3))
def test_what_the_database_counts_is_what_every_row_says(parties: list[Any], free: int) -> None:
    with undone():
        pool = bookable(free).pools.get()
        waits = queue(pool, parties)
        line = waiting.parties(pool)

        assert [waiting.line_of(booking) for booking in waits] == [worked_out(booking) for booking in waits]
        comes_first = any(party.has_priority or party.size <= pool.free for party in line)
        assert waiting.has_first_claim(pool) == (bool(line) if pool.is_full else comes_first)
        why = waiting.why_not(pool)
        assert bool(why) == bool(line and pool.free)
        if why and line[0].has_priority:
            assert f"A party of {line[0].size} with priority" in why


def test_who_does_not_wait_has_no_place_in_a_queue() -> None:
    date = bookable(1)
    booked, waits = book_one(date), book_one(date)
    Booking.objects.filter(pk=waits.pk).update(state="left")

    assert waiting.line_of(booked) == (0, 0, 0)
    # Read before it left.
    assert waiting.line_of(waits) == (0, 0, 0)


def test_a_place_in_a_queue_costs_two_queries_however_long_it_is(django_assert_num_queries: Any) -> None:
    pool = bookable(0).pools.get()
    last = queue(pool, [(2, True, 0, [0, 1, 2]), *[(1, False, 0, [2, 2, 2])] * 50])[-1]

    with django_assert_num_queries(2):
        assert waiting.line_of(last) == (51, 51, 52)


def test_a_freed_seat_does_not_read_the_whole_queue(django_assert_max_num_queries: Any) -> None:
    pool = bookable(2).pools.get()
    queue(pool, [(1, False, 0, [0, 1, 2])] * 20)

    with undone(), django_assert_max_num_queries(20) as asked:
        assert waiting.promote(pool.seminar_date) == 2

    reads = [
        query["sql"] for query in asked if "queued_at" in query["sql"] and query["sql"].startswith("SELECT")
    ]
    assert reads
    assert all("LIMIT 2" in sql for sql in reads)
