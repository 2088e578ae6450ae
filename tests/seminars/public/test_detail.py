import re
from datetime import timedelta

import pytest
from django.utils import timezone

from seminars.models import Billing, Resource
from tests.factories import (
    BillingFactory,
    SeminarDateFactory,
    SeminarFactory,
    SessionFactory,
    SpeakerFactory,
)
from tests.seminars.public.conftest import SECRET, event_in, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_however_full(client, django_assert_num_queries, full_seminar, number):
    seminar = full_seminar(number)
    date = seminar.dates.get(slug="first")
    speaker = Billing.objects.filter(session__seminar=seminar).first().speaker

    # One of each is for the places that can be booked.
    with django_assert_num_queries(7):
        text_of(client, seminar)
    with django_assert_num_queries(6):
        text_of(client, date)
    with django_assert_num_queries(3):
        text_of(client, speaker)


def test_seminar_that_is_over_is_not_asked_for_its_places(client, django_assert_num_queries):
    date = SeminarDateFactory(starts_at=timezone.now() - timedelta(days=9))

    with django_assert_num_queries(6):
        text_of(client, date.seminar)


def test_seminar_page_tells_all_of_it(client, full_seminar):
    seminar = full_seminar(
        2, title_en="Trust", outcomes_en="Ask better\n\nCount less", audience_en="Managers", focus_en="*Why*"
    )

    text = text_of(client, seminar)

    for told in (
        "Trust",
        "Ask better",
        "Count less",
        "Managers",
        "<em>Why</em>",
        "Workshop number 1",
        "Slides 1",
    ):
        assert told in text
    context = client.get(seminar.get_absolute_url()).context
    assert len(context["dates"]) == len(context["themes"]) == len(context["tags"]) == 2
    assert [len(write_up.told_lessons) for write_up in context["write_ups"]] == [1, 1]
    assert context["outcomes"] == ["Ask better", "Count less"]


def test_double_act_is_told_together_in_its_order(client):
    session = SessionFactory()
    for position, name in ((1, "Second Speaker"), (0, "First Speaker")):
        BillingFactory(session=session, position=position, speaker=SpeakerFactory(name=name, role_en="Head"))

    text = text_of(client, session.seminar)

    assert re.search(r"First Speaker</a>, Head.*&amp;.*Second Speaker</a>, Head", text, re.DOTALL)


def test_speaker_who_withdrew_is_not_named(client, full_seminar, withdrawn):
    seminar = full_seminar()
    billing = Billing.objects.filter(session__seminar=seminar).first()
    name = billing.speaker.name
    date = seminar.dates.get(slug="first")
    assert f">{name}<" in text_of(client, seminar)
    assert f">{name}<" in text_of(client, date)

    withdrawn(billing)

    assert f">{name}<" not in text_of(client, seminar)
    assert f">{name}<" not in text_of(client, date)
    assert client.get(billing.speaker.get_absolute_url()).status_code == 404


def test_session_without_speakers_is_told_once(client):
    session = SessionFactory(title_en="Open discussion")
    BillingFactory(session=session, state=Billing.State.DECLINED)
    BillingFactory(session=session, state=Billing.State.WITHDRAWN)

    assert text_of(client, session.seminar).count("Open discussion") == 1


def test_neighbours_in_the_series_go_by_first_date(client, full_seminar):
    seminar = full_seminar()
    series = seminar.series
    earlier = SeminarFactory(series=series, title_en="Earlier")
    SeminarDateFactory(seminar=earlier, starts_at=timezone.now() - timedelta(days=30))

    context = client.get(seminar.get_absolute_url()).context

    assert context["previous"].title == "Earlier"
    assert context["next"].seminar_url != seminar.get_absolute_url()


def test_draft_is_for_its_organisers_only(
    client, client_of, organiser, outsider, member, staff, organisation
):
    draft = SeminarFactory(state="draft", published_at=None, organisation=organisation)
    date = SeminarDateFactory(seminar=draft)
    addresses = [draft.get_absolute_url(), date.get_absolute_url(), f"{date.get_absolute_url()}calendar.ics"]

    for who in (None, outsider, member):
        assert [client_of(who).get(address).status_code for address in addresses] == [404, 404, 404]
    for who in (organiser, staff):
        assert [client_of(who).get(address).status_code for address in addresses] == [200, 200, 200]
        assert "Only the organisers see this page" in text_of(client_of(who), draft)


def test_draft_in_the_series_is_not_named_to_readers(client, full_seminar):
    seminar = full_seminar()
    draft = SeminarFactory(series=seminar.series, title_en="Not out yet", state="draft", published_at=None)
    SeminarDateFactory(seminar=draft)

    assert "Not out yet" not in text_of(client, seminar)
    assert "Not out yet" not in text_of(client, seminar.series)


def test_joining_details_and_speakers_addresses_are_on_no_public_page(
    client, client_of, organiser, full_seminar
):
    seminar = full_seminar()
    date = seminar.dates.get(slug="first")
    speaker = Billing.objects.filter(session__seminar=seminar).first().speaker
    assert (date.joining_link, "teisen" in date.joining_instructions_en, speaker.email) == (
        SECRET,
        True,
        "private@speaker.example",
    )
    month = f"/en/seminars/calendar/{date.starts_at:%Y/}{date.starts_at.month}/"

    for who in (None, organiser):
        for thing in (
            seminar, date, seminar.series, speaker, month, "/en/seminars/", "/en/seminars/calendar.ics", "/en/seminars/feed/",
            f"{date.get_absolute_url()}calendar.ics", f"{seminar.series.get_absolute_url()}feed/",
        ):  # fmt: skip
            text = text_of(client_of(who), thing).replace("\r\n ", "")
            assert "meet.example" not in text
            assert "teisen" not in text
            assert "private@" not in text


def test_hostile_texts_do_not_leave_the_data_block(client):
    evil = "</script><script>alert(1)</script>\u2028<!-- & \x00"
    date = SeminarDateFactory(
        seminar=SeminarFactory(title_en=evil.replace("\x00", ""), summary_en="</script>")
    )

    text = text_of(client, date)

    assert "<script>alert" not in text
    assert event_in(text)["name"].startswith("</script><script>alert(1)</script>")


@pytest.mark.parametrize(
    "address", ["resources/99999999999999999999/", "speakers/nobody/", "series/none/", "seminars/a/b/"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(f"/en/{address}").status_code == 404


def test_what_came_out_comes_first_once_the_seminar_is_over(client, full_seminar):
    seminar = full_seminar()
    order = [
        text_of(client, seminar).index(f'id="{part}"') for part in ("programme-title", "write-ups-title")
    ]
    assert order == sorted(order)

    long_ago = timezone.now() - timedelta(days=90)
    seminar.dates.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=3))

    text = text_of(client, seminar)
    assert text.index('id="write-ups-title"') < text.index('id="programme-title"')
    assert "Has taken place" in text


def test_file_is_a_download_under_its_safe_name_and_hidden_with_its_draft(client, organisation):
    from django.core.files.base import ContentFile

    seminar = SeminarFactory(organisation=organisation)
    resource = Resource(seminar=seminar, title_en="Slides", file_name="slides.pdf")
    resource.file.save("x.pdf", ContentFile(b"%PDF-1.7"))

    response = client.get(f"/en/resources/{resource.pk}/")

    assert response["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    type(seminar).objects.update(state="draft")
    assert client.get(f"/en/resources/{resource.pk}/").status_code == 404
