"""Moving, cancelling and reinstating a date; finding it another venue."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.local_time import to_utc
from seminars.models import SeminarDate
from seminars.programme import add_run
from tests import factories
from tests.seminars.ground import at, morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before")]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def before() -> object:
    with time_machine.travel("2026-06-01T09:00:00Z", tick=False) as clock:
        yield clock


def test_moving_takes_the_slots_along_and_tells_calendars(organiser: Member) -> None:
    day = morning()

    day.date.move(at("9:00", 16), at("12:30", 16), by=organiser)

    moved = SeminarDate.objects.get()
    assert [str(slot) for slot in moved.slots.all()] == ["10:00–10:45", "11:00–11:45", "12:00–12:45"]
    assert (moved.moved_from, moved.ical_sequence) == (at("8:30"), 1)
    assert AuditEvent.objects.get().verb == "moved"


@pytest.mark.parametrize("minutes", [-60, -45, 45, 60])
def test_moving_by_a_slot_s_length_never_makes_two_start_at_once(organiser: Member, minutes: int) -> None:
    day, shift = morning(), timedelta(minutes=minutes)

    day.date.move(day.date.starts_at + shift, day.date.ends_at + shift, by=organiser)

    assert [slot.starts_at for slot in day.date.slots.all()] == [slot.starts_at + shift for slot in day.slots]


def test_moving_to_the_same_time_changes_nothing(organiser: Member) -> None:
    day = morning()

    day.date.move(day.date.starts_at, day.date.ends_at, by=organiser)

    assert (SeminarDate.objects.get().moved_from, SeminarDate.objects.get().ical_sequence) == (None, 0)


def test_a_date_cannot_end_before_its_programme(organiser: Member) -> None:
    day = morning()

    with pytest.raises(Refused, match="before its slot 11:30–12:15 does"):
        day.date.move(at("8:30"), at("11:00"), by=organiser)

    assert SeminarDate.objects.get().ends_at == at("12:00")


def test_a_moved_date_keeps_its_address(organiser: Member) -> None:
    day = morning(slug="")
    assert day.date.slug == "cardiff-2026-09-15"

    day.date.move(at("9:00", 16), at("12:30", 16), by=organiser)

    assert SeminarDate.objects.get().slug == "cardiff-2026-09-15"


def test_two_dates_in_one_town_on_one_day_have_two_addresses() -> None:
    day = morning(slug="")

    other = factories.SeminarDateFactory(
        seminar=day.seminar, starts_at=at("12:30"), ends_at=at("14:30"), venue=day.date.venue, slug=""
    )
    online = factories.SeminarDateFactory(
        seminar=day.seminar,
        starts_at=at("12:30"),
        ends_at=at("14:30"),
        venue=None,
        attendance="online",
        slug="",
    )

    assert (other.slug, online.slug) == ("cardiff-2026-09-15-2", "online-2026-09-15")


def test_cancelling_needs_a_reason_and_can_be_undone(organiser: Member) -> None:
    date = morning().date
    with pytest.raises(Refused, match="Give a reason"):
        date.cancel(" ", by=organiser)

    date.cancel("Snow", "Eira", by=organiser)
    date.cancel("Snow again", by=organiser)

    assert (date.is_cancelled, date.state_reason_en, date.state_reason_cy) == (True, "Snow", "Eira")
    assert date.ical_sequence == 1
    date.reinstate(by=organiser)
    assert (date.is_cancelled, date.state_reason_en, date.ical_sequence) == (False, "", 2)
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == ["cancelled", "reinstated"]


def test_a_cancelled_date_is_not_moved(organiser: Member) -> None:
    date = morning().date
    date.cancel("Snow", by=organiser)

    with pytest.raises(Refused, match="Reinstate it"):
        date.move(at("9:00"), at("12:30"), by=organiser)


def test_a_past_date_is_not_cancelled(organiser: Member, before: Any) -> None:
    date = morning().date
    before.move_to("2026-10-01T09:00:00Z")

    with pytest.raises(Refused, match="over"):
        date.cancel("Snow", by=organiser)


def test_a_new_venue_takes_the_rooms_over_by_name(organiser: Member) -> None:
    day = morning()
    add_run(day.session("Talent"), day.slots[0], day.rooms[0])
    add_run(day.session("Data"), day.slots[0], day.rooms[1])
    venue = factories.VenueFactory()
    taf = factories.RoomFactory(venue=venue, name_en="Taf")

    notes = day.date.relocate(venue, SeminarDate.Attendance.IN_PERSON, by=organiser)

    assert notes == ["“Data” at 09:30 has lost its room, Elwy."]
    assert [run.room for run in day.slots[0].runs.order_by("pk")] == [taf, None]
    assert SeminarDate.objects.get().ical_sequence == 1


def test_a_date_in_person_keeps_a_venue(organiser: Member) -> None:
    day = morning()

    with pytest.raises(Refused, match="Choose a venue"):
        day.date.relocate(None, SeminarDate.Attendance.BOTH, by=organiser)
    assert day.date.relocate(None, SeminarDate.Attendance.ONLINE, by=organiser) == []

    assert SeminarDate.objects.get().is_online


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(Refused, match="01:30 does not exist on that day"):
        to_utc(date(2027, 3, 28), time(1, 30), LONDON)


def test_an_hour_that_the_clocks_show_twice_is_its_first() -> None:
    assert to_utc(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(date(2026, 10, 25), time(2, 30), LONDON) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
