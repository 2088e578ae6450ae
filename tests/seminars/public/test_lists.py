from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import SeminarDateFactory, SeminarFactory, SeriesFactory, ThemeFactory, VenueFactory

pytestmark = pytest.mark.django_db
LIST = "/en/seminars/"


def coming(**fields):
    fields.setdefault("starts_at", timezone.now() + timedelta(days=5))
    title = fields.pop("title", None)
    if title:
        fields["seminar"] = SeminarFactory(title_en=title)
    return SeminarDateFactory(**fields)


def shown(client, address=LIST, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return [card.title for month in response.context["months_shown"] for card in month.cards]


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("name", "days"), [("seminars", 5), ("past", -50)])
def test_list_costs_the_same_however_long(client, django_assert_num_queries, number, name, days):
    for n in range(number):
        date = coming(starts_at=timezone.now() + timedelta(days=days, hours=n))
        date.seminar.themes.add(ThemeFactory())

    with django_assert_num_queries(6):
        response = client.get(reverse(f"seminars:{name}"))

    assert response.context["count"] == number


@pytest.mark.parametrize("number", [1, 30])
def test_month_and_series_cost_the_same_however_full(client, django_assert_num_queries, number):
    series = SeriesFactory()
    for n in range(number):
        SeminarDateFactory(
            seminar=SeminarFactory(series=series), starts_at=datetime(2031, 5, 1 + n % 28, 9, tzinfo=UTC)
        )

    with django_assert_num_queries(1):
        assert client.get("/en/seminars/calendar/2031/5/").context["count"] == number
    with django_assert_num_queries(3):
        assert client.get(series.get_absolute_url()).status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/en/series/").status_code == 200


def test_dates_come_soonest_first_under_their_months(client):
    coming(title="Later", starts_at=datetime(2031, 6, 1, 9, tzinfo=UTC))
    coming(title="Sooner", starts_at=datetime(2031, 5, 1, 9, tzinfo=UTC))

    response = client.get(LIST)

    assert [(m.name, [c.title for c in m.cards]) for m in response.context["months_shown"]] == [
        ("May 2031", ["Sooner"]),
        ("June 2031", ["Later"]),
    ]


def test_past_dates_are_listed_apart_newest_first(client):
    coming(title="Old", starts_at=timezone.now() - timedelta(days=90))
    coming(title="Recent", starts_at=timezone.now() - timedelta(days=9))
    coming(title="To come")

    assert shown(client, "/en/seminars/past/") == ["Recent", "Old"]
    assert shown(client) == ["To come"]


def test_date_that_is_being_held_is_still_coming(client):
    coming(title="Now on", starts_at=timezone.now() - timedelta(hours=1))

    assert shown(client) == ["Now on"]


def test_drafts_are_listed_for_nobody(client, client_of, organisation, organiser):
    SeminarDateFactory(seminar=SeminarFactory(state="draft", published_at=None, organisation=organisation))

    assert shown(client) == []
    assert shown(client_of(organiser)) == []


def test_theme_is_found_by_its_slug_in_either_language(client):
    theme = ThemeFactory(slug_en="prevention", slug_cy="atal")
    coming(title="Filed").seminar.themes.add(theme)
    coming(title="Other")

    assert shown(client, theme="prevention") == shown(client, theme="atal") == ["Filed"]


def test_region_is_the_venues_and_leaves_out_what_is_online_only(client):
    north = VenueFactory(region="North Wales")
    coming(title="North", venue=north)
    coming(title="South")
    coming(title="Online", venue=None, attendance="online")

    assert shown(client, region="North Wales") == ["North"]


def test_attendance_finds_what_is_held_both_ways_either_way(client):
    coming(title="There")
    coming(title="Both", attendance="both", starts_at=timezone.now() + timedelta(days=6))
    coming(title="Online", venue=None, attendance="online", starts_at=timezone.now() + timedelta(days=7))

    assert shown(client, attendance="in-person") == ["There", "Both"]
    assert shown(client, attendance="online") == ["Both", "Online"]


def test_month_is_one_of_the_exchanges_own_clock(client):
    # 00:30 on 1 June in Wales is still May in UTC.
    coming(title="June", starts_at=datetime(2031, 5, 31, 23, 30, tzinfo=UTC))
    coming(title="May", starts_at=datetime(2031, 5, 31, 22, 30, tzinfo=UTC))

    assert shown(client, month="2031-06") == ["June"]
    assert shown(client, month="2031-05") == ["May"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"theme": "nonsense"}, "There is no theme “nonsense”."),
        ({"region": "Mars"}, "There is no region “Mars”."),
        ({"attendance": "telepathy"}, "not “telepathy”."),
        ({"month": "13"}, "“13” is not a month."),
        ({"month": "2026-13"}, "“2026-13” is not a month."),
        ({"month": "9999-12"}, "“9999-12” is not a month."),
        ({"month": "٢٠٢٦-١٠"}, "is not a month."),
        ({"year": "0"}, "“0” is not a year."),
        ({"theme": "<script>"}, "“&lt;script&gt;”"),
        ({"theme": "a\x00b"}, "There is no theme"),
    ],
)
def test_what_cannot_be_understood_is_said_and_left_out(client, query, sentence):
    coming(title="Shown all the same")

    response = client.get(LIST, query)

    assert sentence in response.content.decode()
    assert shown(client, **query) == ["Shown all the same"]


@pytest.mark.parametrize(("page", "number"), [("999", 2), ("0", 1), ("-1", 1), ("abc", 1), ("", 1)])
def test_page_that_is_not_there_gives_the_nearest(client, page, number):
    for _ in range(25):
        coming()

    assert client.get(LIST, {"page": page}).context["page"].number == number


def test_htmx_is_given_only_the_results_and_their_number(client):
    coming(title="One")

    response = client.get(LIST, headers={"HX-Request": "true"})

    text = response.content.decode()
    assert "<html" not in text
    assert 'id="found"' in text
    assert "One" in text
    assert "HX-Request" in response["Vary"]


def test_nothing_found_says_what_to_do(client):
    theme = ThemeFactory(slug_en="prevention")

    text = client.get(LIST, {"theme": theme.slug_en}).content.decode()

    assert "No seminar date answers to all of this." in text
    assert "/en/seminars/past/?theme=prevention" in text
    assert "No dates are announced at the moment." in client.get(LIST).content.decode()


def test_welsh_list_has_welsh_words_and_marks_what_is_english(client):
    SeminarDateFactory(
        seminar=SeminarFactory(title_en="Only English", title_cy=""),
        starts_at=datetime(2031, 9, 16, 8, 30, tzinfo=UTC),
    )

    with translation.override("cy"):
        address = reverse("seminars:seminars")
    text = client.get(address).content.decode()

    assert address == "/cy/seminarau/"
    assert "Dydd Mawrth 16 Medi 2031, 09:30 tan 13:00" in text
    assert "Medi 2031" in text
    assert '<span lang="en">Only English</span>' in text


def test_month_calendar_stands_a_date_on_the_day_of_its_own_clock(client):
    # 20:00 on 31 May in New York is 1 June in Wales.
    SeminarDateFactory(
        seminar=SeminarFactory(title_en="Evening in New York"),
        starts_at=datetime(2031, 6, 1, 0, 0, tzinfo=UTC),
        timezone="America/New_York",
        venue=None,
        attendance="online",
    )

    assert client.get("/en/seminars/calendar/2031/5/").context["count"] == 1
    assert client.get("/en/seminars/calendar/2031/6/").context["count"] == 0


@pytest.mark.parametrize("month", ["2031/13", "2031/0", "1/1", "9999/12", "99999/1"])
def test_month_that_is_not_on_the_calendar_is_not_found(client, month):
    assert client.get(f"/en/seminars/calendar/{month}/").status_code == 404


def test_month_calendar_leads_across_the_year(client):
    text = client.get("/en/seminars/calendar/2031/12/").content.decode()

    assert 'href="/en/seminars/calendar/2032/1/"' in text
    assert 'href="/en/seminars/calendar/2031/11/"' in text


def test_series_of_drafts_only_does_not_exist_for_the_public(client):
    series = SeriesFactory()
    SeminarFactory(series=series, state="draft", published_at=None)

    assert client.get(series.get_absolute_url()).status_code == 404
    assert series.title_en not in client.get("/en/series/").content.decode()


def test_series_tells_what_comes_and_what_was(client):
    series = SeriesFactory()
    old, new = (SeminarFactory(series=series, title_en=title) for title in ("Old one", "New one"))
    SeminarDateFactory(seminar=old, starts_at=timezone.now() - timedelta(days=90))
    SeminarDateFactory(seminar=new)

    context = client.get(series.get_absolute_url()).context

    assert [seminar.title_en for seminar, _dates in context["coming"]] == ["New one"]
    assert [seminar.title_en for seminar, _dates in context["past"]] == ["Old one"]
