"""Calendar files, read back with the icalendar parser."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from icalendar import Calendar

from seminars.calendar import calendar_of
from seminars.models import SeminarDate
from tests.factories import SeminarDateFactory, SeminarFactory, ThemeFactory, VenueFactory

pytestmark = pytest.mark.django_db


def event_of(*dates, name=""):
    return Calendar.from_ical(calendar_of(dates, name)).walk("VEVENT")[0]


def test_event_says_what_when_and_where(settings):
    settings.SITE_ADDRESS = "https://exchange.example.wales"
    venue = VenueFactory(
        name_en="The Hall", address="1 High Street", postcode="CF10 1AA", latitude=51.48, longitude=-3.18
    )
    date = SeminarDateFactory(
        slug="cardiff",
        venue=venue,
        seminar=SeminarFactory(slug="trust", title_en="Trust, and how", summary_en="Why it pays."),
    )
    date.seminar.themes.add(ThemeFactory(name_en="Data, openly"))

    event = event_of(date)

    assert event["SUMMARY"] == "Trust, and how"
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert event["LOCATION"] == "The Hall, 1 High Street, Cardiff, CF10 1AA"
    assert event["GEO"].to_ical() == "51.48;-3.18"
    assert event["UID"] == str(date.uuid)
    assert event["URL"] == "https://exchange.example.wales/en/seminars/trust/cardiff/"
    assert event["STATUS"] == "CONFIRMED"
    assert [str(word) for word in event["CATEGORIES"].cats] == ["Data, openly"]
    assert event.start == date.starts_at.replace(microsecond=0)
    assert "Why it pays." in event["DESCRIPTION"]


def test_file_is_published_and_names_nobody():
    text = calendar_of([SeminarDateFactory()]).decode()

    assert "METHOD:PUBLISH\r\n" in text
    assert "ATTENDEE" not in text
    assert "ORGANIZER" not in text


def test_times_after_the_clocks_change_stay_what_the_wall_shows():
    london = ZoneInfo("Europe/London")
    # The clocks go back in the night before: 09:30 is UTC on Sunday, and was 08:30 UTC on Saturday.
    saturday = SeminarDateFactory(starts_at=datetime(2026, 10, 24, 9, 30, tzinfo=london))
    sunday = SeminarDateFactory(starts_at=datetime(2026, 10, 25, 9, 30, tzinfo=london))

    text = calendar_of([saturday, sunday]).decode()
    first, second = Calendar.from_ical(text).walk("VEVENT")

    assert "DTSTART;TZID=Europe/London:20261024T093000" in text
    assert "DTSTART;TZID=Europe/London:20261025T093000" in text
    assert first.start.astimezone(UTC) == datetime(2026, 10, 24, 8, 30, tzinfo=UTC)
    assert second.start.astimezone(UTC) == datetime(2026, 10, 25, 9, 30, tzinfo=UTC)


def test_each_zone_is_described_once():
    dates = [
        SeminarDateFactory(),
        SeminarDateFactory(),
        SeminarDateFactory(
            timezone="America/New_York",
            attendance=SeminarDate.Attendance.ONLINE,
            starts_at=datetime(2026, 10, 28, 14, 0, tzinfo=ZoneInfo("America/New_York")),
        ),
    ]

    calendar = Calendar.from_ical(calendar_of(dates))

    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York", "Europe/London"]
    # Between the two countries' changes New York is four hours behind London, not five.
    assert calendar.walk("VEVENT")[2].start.astimezone(UTC) == datetime(2026, 10, 28, 18, 0, tzinfo=UTC)


def test_zone_of_the_file_alone_gives_the_offsets_of_summer_and_winter():
    date = SeminarDateFactory(starts_at=datetime(2026, 10, 25, 9, 30, tzinfo=ZoneInfo("Europe/London")))

    zone = Calendar.from_ical(calendar_of([date])).walk("VTIMEZONE")[0].to_tz()

    assert datetime(2026, 10, 24, 12, tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert datetime(2026, 10, 25, 12, tzinfo=zone).utcoffset() == timedelta(0)


def zone_of(name, day):
    date = SeminarDateFactory(timezone=name, attendance="online", starts_at=datetime(*day, 12, tzinfo=UTC))
    return Calendar.from_ical(calendar_of([date])).walk("VTIMEZONE")[0]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        (
            "Europe/London",
            [("DAYLIGHT", "3", "-1SU", "010000", "BST"), ("STANDARD", "10", "-1SU", "020000", "GMT")],
        ),
        (
            "America/New_York",
            [("DAYLIGHT", "3", "2SU", "020000", "EDT"), ("STANDARD", "11", "1SU", "020000", "EST")],
        ),
        # South of the equator summer begins in October.
        (
            "Australia/Sydney",
            [("DAYLIGHT", "10", "1SU", "020000", "AEDT"), ("STANDARD", "4", "1SU", "030000", "AEST")],
        ),
    ],
)
def test_zone_is_one_rule_for_summer_and_one_for_winter_as_outlook_needs(name, rules):
    zone = zone_of(name, (2026, 7, 1))

    assert [
        (
            part.name,
            str(part["RRULE"]["BYMONTH"][0]),
            str(part["RRULE"]["BYDAY"][0]),
            f"{part.DTSTART:%H%M%S}",
            str(part["TZNAME"]),
        )
        for part in zone.subcomponents
    ] == rules
    assert "RDATE" not in zone.to_ical().decode()


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Asia/Tokyo", "Africa/Casablanca"])
def test_zone_of_the_file_says_what_the_clocks_there_show_all_year(name):
    zone, real = zone_of(name, (2026, 7, 1)).to_tz(), ZoneInfo(name)

    for each in range(365):
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=each)
        assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=real).utcoffset(), noon


def test_long_welsh_lines_are_folded_between_letters():
    date = SeminarDateFactory(seminar=SeminarFactory(title_cy="Gŵyl ŷd " * 20))

    with translation.override("cy"):
        raw = calendar_of([date])

    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # raises where a letter was cut in two
    event = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert event["SUMMARY"] == ("Gŵyl ŷd " * 20).strip()
    assert event["SUMMARY"].params["LANGUAGE"] == "cy"


@pytest.mark.parametrize("title", ["A\r\nX-EVIL:1", "B\nEND:VEVENT", "C\x00\x07\x1b", 'D; E, F\\n: "G"'])
def test_hostile_title_stays_one_text(title):
    date = SeminarDateFactory.build(
        seminar=SeminarFactory.build(title_en=title, pk=1), venue=None, attendance="online"
    )
    date.updated_at = date.seminar.updated_at = datetime(2026, 1, 1, tzinfo=UTC)

    raw = calendar_of([date]).decode()

    assert len(Calendar.from_ical(raw).walk("VEVENT")) == 1
    assert not re.search(r"^(X-EVIL|END:VEVENT\r\nEND:VEVENT)", raw, re.MULTILINE)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", raw)


def test_cancelled_date_says_so_in_status_title_and_reason():
    date = SeminarDateFactory(
        seminar=SeminarFactory(title_en="Trust"),
        state="cancelled",
        state_reason_en="The hall is flooded.",
        ical_sequence=3,
    )

    event = event_of(date)

    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Cancelled: Trust"
    assert event["SEQUENCE"] == 3
    assert event["DESCRIPTION"].startswith("This date is cancelled. The hall is flooded.")


def test_moved_date_keeps_its_uid_and_says_from_when():
    date = SeminarDateFactory(
        starts_at=datetime(2026, 10, 27, 9, 30, tzinfo=UTC),
        moved_from=datetime(2026, 10, 13, 8, 30, tzinfo=UTC),
        ical_sequence=1,
    )

    event = event_of(date)

    assert event["UID"] == str(date.uuid)
    assert event["SEQUENCE"] == 1
    assert event["DESCRIPTION"].startswith("Moved from Tuesday 13 October 2026, 09:30.")


def test_stamp_follows_a_change_of_the_seminar_too():
    date = SeminarDateFactory()
    date.updated_at = datetime(2026, 1, 1, tzinfo=UTC)
    date.seminar.updated_at = datetime(2026, 2, 2, tzinfo=UTC)

    event = event_of(date)

    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2026, 2, 2, tzinfo=UTC)


def test_same_dates_give_the_same_bytes():
    date = SeminarDateFactory()

    assert calendar_of([date], "Name") == calendar_of([date], "Name")


def test_followed_calendar_has_a_name_on_one_line():
    text = calendar_of([], "Seminarau\r\nMETHOD:REQUEST").decode()

    assert "X-WR-CALNAME:Seminarau METHOD:REQUEST\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in text
