"""What falls due by the clock: reminders, joining details, warnings, thanks; and wake-ups that were lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bookings import changing
from bookings.chores import letters as chores
from bookings.models import Booking, Delivery
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person

pytestmark = pytest.mark.django_db
Kind = Delivery.Kind
# A Tuesday, at ten in the morning in Cardiff.
START = datetime(2027, 6, 15, 9, tzinfo=UTC)
END = START + timedelta(hours=3)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START - timedelta(days=30), tick=False) as traveller:
        yield traveller


def at_the_time(capacity: int = 3, **fields: Any) -> SeminarDate:
    times = {"starts_at": START, "ends_at": END, **fields.pop("date", {})}
    return bookable(capacity, date=times, **fields)


def written(kind: str) -> list[Booking]:
    return [one.booking for one in Delivery.objects.filter(kind=kind).order_by("pk")]


def test_reminders_leave_at_their_times_and_once(clock: Any) -> None:
    booking = book_one(at_the_time(reminders="168 24"))
    assert chores.remind() == 0

    clock.move_to(START - timedelta(hours=168))
    assert (chores.remind(), chores.remind()) == (1, 0)
    clock.move_to(START - timedelta(hours=24))
    assert (chores.remind(), chores.remind()) == (1, 0)

    assert written(Kind.REMINDER) == [booking, booking]


def test_reminder_is_not_for_who_booked_after_it_was_due(clock: Any) -> None:
    date = at_the_time(reminders="168")
    clock.move_to(START - timedelta(hours=167))
    book_one(date)

    assert chores.remind() == 0


def test_reminders_that_were_missed_are_not_sent_together(clock: Any) -> None:
    book_one(at_the_time(reminders="168 24"))
    clock.move_to(START - timedelta(hours=23))

    assert chores.remind() == 1
    assert Delivery.objects.get(kind=Kind.REMINDER).once == "reminder 24h 2027-06-15T09:00+0000"


def test_reminder_is_only_for_who_comes(clock: Any) -> None:
    date = at_the_time(1)
    first, _second = book_one(date), book_one(date)
    changing.cancel(first, by=None)
    book_one(date)
    assert sorted(Booking.objects.values_list("state", flat=True)) == ["cancelled", "offered", "waiting"]
    clock.move_to(START - timedelta(hours=24))

    assert chores.remind() == 0


def test_reminder_is_not_sent_for_a_date_that_is_cancelled_or_has_begun(clock: Any, organiser: Any) -> None:
    date = at_the_time()
    book_one(date)
    clock.move_to(START)
    assert chores.remind() == 0

    clock.move_to(START - timedelta(hours=24))
    date.cancel("Snow", by=organiser)
    assert chores.remind() == 0


def test_reminder_again_for_a_date_that_moved_but_not_on_top_of_that_news(clock: Any, organiser: Any) -> None:
    date = at_the_time(reminders="168 24")
    book_one(date)
    clock.move_to(START - timedelta(hours=150))
    assert chores.remind() == 1

    date.move(START + timedelta(days=1), END + timedelta(days=1), by=organiser)
    clock.shift(timedelta(minutes=1))
    # Its new time is less than 168 hours away, and everybody has just been told.
    assert chores.remind() == 0
    clock.move_to(START)
    assert chores.remind() == 1


def test_joining_details_leave_a_day_before_and_again_when_the_date_moved(clock: Any, organiser: Any) -> None:
    date = at_the_time(online=3, reminders="24", date={"joining_link": "https://meet.example/secret"})
    here, online = book_one(date), book_one(date, attendance="online")
    assert chores.send_joining_details() == 0

    clock.move_to(START - timedelta(hours=24))
    assert (chores.send_joining_details(), chores.send_joining_details()) == (1, 0)
    late = book_one(date, attendance="online")
    assert chores.send_joining_details() == 1
    # One letter at a time is enough.
    assert (chores.remind(), written(Kind.REMINDER)) == (1, [here])

    date.move(START + timedelta(hours=2), END + timedelta(hours=2), by=organiser)
    assert chores.send_joining_details() == 0
    clock.shift(timedelta(hours=2))
    assert chores.send_joining_details() == 2
    assert written(Kind.JOINING) == [online, late, online, late]


def test_joining_details_that_do_not_exist_are_not_sent(clock: Any) -> None:
    book_one(at_the_time(online=1), attendance="online")
    clock.move_to(START - timedelta(hours=1))

    assert chores.send_joining_details() == 0


def test_offer_that_ends_soon_is_warned_of_once(clock: Any) -> None:
    # Offered on a Monday at 10:00 with sixteen working hours to answer: until Wednesday at 10:00.
    clock.move_to(datetime(2027, 6, 7, 9, tzinfo=UTC))
    date = at_the_time(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first, by=None)
    assert chores.warn_of_ending_offers() == 0

    clock.move_to(datetime(2027, 6, 8, 12, 59, tzinfo=UTC))
    assert chores.warn_of_ending_offers() == 0
    clock.move_to(datetime(2027, 6, 8, 13, 1, tzinfo=UTC))
    assert (chores.warn_of_ending_offers(), chores.warn_of_ending_offers()) == (1, 0)

    assert written(Kind.OFFER_EXPIRING) == [second]


def test_offer_that_was_just_made_is_not_warned_of(clock: Any) -> None:
    date = at_the_time(1)
    first, _second = book_one(date), book_one(date)
    clock.move_to(START - timedelta(hours=2))
    changing.cancel(first, by=None)

    assert chores.warn_of_ending_offers() == 0


def test_thanks_after_the_end_once_and_not_to_who_did_not_come(clock: Any) -> None:
    date = at_the_time()
    came, absent, unknown = book_one(date), book_one(date), book_one(date)
    Booking.objects.filter(pk=came.pk).update(state="attended")
    Booking.objects.filter(pk=absent.pk).update(state="no show")
    clock.move_to(END + timedelta(hours=1, minutes=59))
    assert chores.thank() == 0

    clock.move_to(END + timedelta(hours=2))
    assert (chores.thank(), chores.thank()) == (2, 0)
    assert written(Kind.THANKS) == [came, unknown]


def test_thanks_for_an_evening_wait_for_the_morning(clock: Any) -> None:
    date = at_the_time(date={"starts_at": START, "ends_at": START.replace(hour=17)})
    book_one(date)

    clock.move_to(START.replace(hour=23))
    assert chores.thank() == 0
    clock.move_to(START.replace(hour=8) + timedelta(days=1))
    assert chores.thank() == 1


def test_thanks_are_not_sent_for_dates_of_long_ago_or_that_were_cancelled(clock: Any, organiser: Any) -> None:
    date = at_the_time()
    book_one(date)
    clock.move_to(END + chores.THANKS_WITHIN)
    assert chores.thank() == 0

    clock.move_to(START)
    date.cancel("Snow", by=organiser)
    clock.move_to(END + timedelta(hours=2))
    assert chores.thank() == 0


def test_who_has_no_address_is_written_nothing(clock: Any) -> None:
    date = at_the_time(reminders="24")
    booking = book_one(date, person(email=""), booked_by_name="Mair", booked_by_email="mair@body.example")
    Booking.objects.filter(pk=booking.pk).update(booked_by_email="", anonymised_at=timezone.now())
    clock.move_to(START - timedelta(hours=24))

    assert chores.remind() == 0


def wake_up(status: str, minutes: int, workers: int = 1) -> DBTaskResult:
    then = timezone.now() - timedelta(minutes=minutes)
    return DBTaskResult.objects.create(
        status=status, started_at=then, finished_at=then if status == "SUCCESSFUL" else None, run_after=then,
        args_kwargs={"args": [], "kwargs": {}}, task_path="bookings.tasks.send_what_is_due",
        worker_ids=[f"worker {number}" for number in range(workers)], backend_name="default",
    )  # fmt: skip


def test_wake_up_of_a_dead_worker_is_repeated_until_it_has_killed_three() -> None:
    running, dead, deadly = wake_up("RUNNING", 5), wake_up("RUNNING", 11), wake_up("RUNNING", 11, workers=3)

    assert (chores.repeat_wake_ups(), chores.repeat_wake_ups()) == (2, 0)

    for one in (running, dead, deadly):
        one.refresh_from_db()
    assert [one.status for one in (running, dead, deadly)] == ["RUNNING", "READY", "FAILED"]


def test_past_wake_ups_are_cleared() -> None:
    wake_up("SUCCESSFUL", 60 * 25)
    kept = [wake_up("SUCCESSFUL", 60), wake_up("RUNNING", 60 * 25)]

    assert chores.clear_wake_ups() == 1
    assert set(DBTaskResult.objects.all()) == set(kept)
