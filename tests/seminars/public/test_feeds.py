from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from seminars.models import SeminarDate
from tests.factories import SeminarDateFactory, SeminarFactory, SeriesFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED, FILE = "/en/seminars/feed/", "/en/seminars/calendar.ics"


def entries(client, address=FEED, **query):
    root = ElementTree.fromstring(client.get(address, query).content)
    return [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]


def events(client, **query):
    found = Calendar.from_ical(client.get(FILE, query).content).walk("VEVENT")
    return [str(event["SUMMARY"]) for event in found]


def dated(days, title, **fields):
    return SeminarDateFactory(
        seminar=SeminarFactory(title_en=title), starts_at=timezone.now() + timedelta(days=days), **fields
    )


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("address", [FEED, FILE])
def test_feed_costs_the_same_however_long(client, django_assert_num_queries, number, address):
    for n in range(number):
        dated(n + 1, "Seminar").seminar.themes.add(ThemeFactory())

    with django_assert_num_queries(2):
        response = client.get(address)

    assert response.content.count(b"Seminar") >= number


def test_feeds_reach_ninety_days_back_and_keep_what_was_cancelled(client):
    dated(-120, "Long past")
    dated(-60, "Past")
    dated(5, "To come", state="cancelled")
    SeminarDateFactory(seminar=SeminarFactory(title_en="Draft", state="draft", published_at=None))

    assert events(client) == ["Past", "Cancelled: To come"]
    assert sorted(title.split(" (")[0] for title in entries(client)) == ["Cancelled: To come", "Past"]


def test_theme_narrows_both_feeds(client):
    theme = ThemeFactory(name_en="Prevention", slug_en="prevention", slug_cy="atal")
    dated(5, "Filed").seminar.themes.add(theme)
    dated(6, "Other")

    assert events(client, theme="prevention") == events(client, theme="atal") == ["Filed"]
    assert len(entries(client, theme="atal")) == 1
    assert "X-WR-CALNAME:Seminars: Prevention\r\n" in client.get(FILE, {"theme": "atal"}).content.decode()


@pytest.mark.parametrize("theme", ["nonsense", "<script>", "x" * 500, "a\x00b"])
@pytest.mark.parametrize("address", [FEED, FILE])
def test_theme_that_is_not_there_is_not_found(client, address, theme):
    assert client.get(address, {"theme": theme}).status_code == 404


def test_series_has_a_feed_of_its_own(client):
    series = SeriesFactory()
    SeminarDateFactory(seminar=SeminarFactory(series=series, title_en="Ours"))
    dated(5, "Other")

    assert [title.split(" (")[0] for title in entries(client, f"{series.get_absolute_url()}feed/")] == [
        "Ours"
    ]


def test_entry_keeps_its_identity_and_addresses_are_whole(client, settings):
    settings.SITE_ADDRESS = "https://exchange.example.wales"
    date = dated(5, "Trust")

    entry = ElementTree.fromstring(client.get(FEED).content).find(f"{ATOM}entry")

    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{date.uuid}"
    assert entry.find(f"{ATOM}link").get("href") == f"https://exchange.example.wales{date.get_absolute_url()}"


def test_hostile_title_keeps_the_feed_whole_and_plain(client):
    date = dated(5, "<script>alert(1)</script> & ]]>")
    SeminarDate.objects.filter(pk=date.pk).update(state="cancelled", state_reason_en="<b>\x0bbold</b>\x1b")

    text = client.get(FEED).content.decode()

    assert entries(client)[0].startswith("Cancelled: <script>alert(1)</script> & ]]>")
    assert "<script>" not in text
    assert "&amp;lt;b&amp;gt;bold" in text


def test_welsh_feeds_speak_welsh(client):
    SeminarDateFactory(seminar=SeminarFactory(title_cy="Ymddiriedaeth ŵyl"))

    root = ElementTree.fromstring(client.get("/cy/seminarau/ffrwd/").content)
    event = Calendar.from_ical(client.get("/cy/seminarau/calendr.ics").content).walk("VEVENT")[0]

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "cy"
    assert root.find(f"{ATOM}entry/{ATOM}title").text.startswith("Ymddiriedaeth ŵyl (")
    assert event["SUMMARY"] == "Ymddiriedaeth ŵyl"
    assert "/cy/seminarau/" in event["URL"]


@pytest.mark.parametrize("address", [FEED, FILE])
def test_unchanged_feed_is_told_in_no_bytes_until_something_changes(client, address):
    date = dated(5, "Trust")
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    date.seminar.title_en = "Trust, again"
    date.seminar.save()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert b"Trust\\, again" in changed.content or b"Trust, again" in changed.content


def test_calendar_file_says_what_it_is(client):
    date = dated(5, "Trust")

    response = client.get(f"{date.get_absolute_url()}calendar.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Last-Modified"]
    assert f"{date.seminar.slug}-{date.slug}.ics" in response["Content-Disposition"]
    assert client.get(f"{date.get_absolute_url()}x/calendar.ics").status_code == 404
