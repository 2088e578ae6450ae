"""A date on the public pages: when and where it is, whether it is held, and what is said of booking it."""

from datetime import UTC, datetime

import pytest

from seminars.models import Billing
from tests.factories import (
    SeminarDateFactory,
    SeminarFactory,
    VenueFactory,
)
from tests.seminars.public.conftest import event_in, text_of

pytestmark = pytest.mark.django_db


def test_cancelled_date_says_so_everywhere(client, full_seminar):
    seminar = full_seminar(title_en="Trust")
    seminar.dates.filter(slug="first").update(state="cancelled", state_reason_en="The hall is flooded.")
    date = seminar.dates.get(slug="first")
    speaker = Billing.objects.filter(session__seminar=seminar).first().speaker
    text = text_of(client, date)

    assert "This date is cancelled." in text
    assert "The hall is flooded." in text
    assert "Add to your calendar" not in text
    assert event_in(text)["eventStatus"] == "https://schema.org/EventCancelled"
    month = f"/en/seminars/calendar/{date.starts_at:%Y/}{date.starts_at.month}/"
    for thing in (seminar, seminar.series, speaker, "/en/seminars/", month):
        assert "status-cancelled" in text_of(client, thing)
    assert "Cancelled: Trust" in text_of(client, "/en/seminars/feed/")
    assert "STATUS:CANCELLED" in text_of(client, "/en/seminars/calendar.ics")


def test_moved_date_says_from_when_everywhere(client, full_seminar):
    seminar = full_seminar()
    was = datetime(2026, 3, 28, 9, 30, tzinfo=UTC)
    seminar.dates.filter(slug="first").update(moved_from=was, state_reason_en="The hall is taken.")
    date = seminar.dates.get(slug="first")
    text = text_of(client, date)

    assert "Moved from Saturday 28 March 2026, 09:30." in text
    assert event_in(text)["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event_in(text)["previousStartDate"] == "2026-03-28T09:30:00+00:00"
    for thing in (seminar, "/en/seminars/", "/en/seminars/feed/", "/en/seminars/calendar.ics"):
        assert "Moved from Saturday 28 March 2026" in text_of(client, thing).replace("\r\n ", "")


def test_times_are_the_walls_across_the_change_of_clocks(client):
    # 08:30 UTC the day before the clocks go back, 09:30 UTC the day after: both are half past nine.
    before = SeminarDateFactory(starts_at=datetime(2031, 10, 25, 8, 30, tzinfo=UTC))
    after = SeminarDateFactory(starts_at=datetime(2031, 10, 27, 9, 30, tzinfo=UTC))

    first, second = text_of(client, before), text_of(client, after)

    assert '<time datetime="2031-10-25T09:30:00+01:00">09:30</time>' in first
    assert '<time datetime="2031-10-27T09:30:00+00:00">09:30</time>' in second
    assert event_in(first)["startDate"] == "2031-10-25T09:30:00+01:00"


def test_date_elsewhere_names_its_zone_and_the_time_here(client):
    date = SeminarDateFactory(
        starts_at=datetime(2031, 10, 29, 18, 0, tzinfo=UTC),
        timezone="America/New_York",
        venue=None,
        attendance="online",
    )

    text = text_of(client, date)

    assert "(New York time, UTC−04:00)" in text
    assert "18:00 to 21:30 in the United Kingdom" in text
    assert '<time datetime="2031-10-29T14:00:00-04:00">14:00</time>' in text


def test_map_is_found_by_place_or_by_address(client):
    known = SeminarDateFactory(venue=VenueFactory(latitude=51.4852, longitude=-3.179))
    unknown = SeminarDateFactory(venue=VenueFactory(address="1 Stryd Fawr", postcode="LL55 1SQ"))

    assert "mlat=51.48520&amp;mlon=-3.17900" in text_of(client, known)
    assert "search?query=1+Stryd+Fawr%2C+Cardiff%2C+LL55+1SQ" in text_of(client, unknown)


def test_booking_is_spoken_of_only_when_its_opening_is_set_and_ahead(client):
    silent = SeminarDateFactory()
    ahead = SeminarDateFactory(
        booking_opens_at=datetime(2031, 1, 7, 9, 0, tzinfo=UTC), starts_at=datetime(2031, 2, 7, 9, tzinfo=UTC)
    )

    assert "Booking" not in text_of(client, silent)
    assert "Tuesday 7 January 2031, 09:00" in text_of(client, ahead)


def test_welsh_date_page_speaks_welsh(client):
    SeminarDateFactory(
        seminar=SeminarFactory(title_cy="Ymddiriedaeth", slug="trust"), slug="caerdydd",
        starts_at=datetime(2031, 10, 27, 9, 30, tzinfo=UTC), state="cancelled", state_reason_cy="Mae’r neuadd dan ddŵr.",
    )  # fmt: skip

    text = text_of(client, "/cy/seminarau/trust/caerdydd/")

    assert "Dydd Llun 27 Hydref 2031" in text
    assert "Mae’r neuadd dan ddŵr." in text
    assert "This date is cancelled." not in text
    assert event_in(text)["inLanguage"] == "cy"
