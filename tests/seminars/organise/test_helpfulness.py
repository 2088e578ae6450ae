"""What the workspace does for organisers unasked: fills in, notices, leads back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Member, Organisation
from seminars.models import Billing, Seminar, Session, Slot, Speaker, Venue
from tests import factories
from tests.seminars.ground import Morning, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(organisation: Organisation) -> Morning:
    return morning(seminar=factories.SeminarFactory(organisation=organisation, slug="digital"))


@pytest.fixture
def owner(client_of: Any, organiser: Member) -> Client:
    client: Client = client_of(organiser)
    return client


def test_the_only_organisation_of_an_organiser_is_chosen(owner: Client, organisation: Organisation) -> None:
    form = owner.get("/en/organise/new/").context["form"]

    assert form["organisation"].value() == organisation.pk


def test_every_text_that_a_venue_lacks_is_said_in_words(day: Morning, owner: Client) -> None:
    page = owner.post("/en/organise/digital/venues/new/", {"rooms-TOTAL_FORMS": 0, "rooms-INITIAL_FORMS": 0})

    assert {"name_en", "town_en", "region"} <= set(page.context["form"].errors)
    assert "Constraint" not in page.content.decode()


def test_a_new_slot_starts_where_the_last_one_ended(day: Morning, owner: Client) -> None:
    last = Slot.objects.get(pk=day.slots[-1].pk)

    form = owner.get(f"/en/organise/digital/dates/{day.date.slug}/programme/").context["slot_form"]

    assert form["starts"].value() == last.ends_at.astimezone(day.date.tz).time()


@pytest.mark.parametrize("kind", ["session", "speaker", "venue"])
def test_a_save_over_somebody_else_s_is_refused_once(day: Morning, owner: Client, kind: str) -> None:
    session = factories.SessionFactory(seminar=day.date.seminar, title_en="Mine")
    speaker = factories.BillingFactory(session=session).speaker
    venue = day.date.venue
    address, prefix, model, pk, name = {
        "session": (f"sessions/{session.pk}/", "", Session, session.pk, "title_en"),
        "speaker": (f"speakers/{speaker.pk}/", "", Speaker, speaker.pk, "name"),
        "venue": (f"venues/{venue.pk}/", "venue-", Venue, venue.pk, "name_en"),
    }[kind]
    Venue.objects.update(organisation=day.date.seminar.organisation)
    form = owner.get(f"/en/organise/digital/{address}").context["form"]
    typed = {form.add_prefix(one): form[one].value() or "" for one in form.fields}
    typed |= {f"{prefix}{name}": "Typed", "rooms-TOTAL_FORMS": 0, "rooms-INITIAL_FORMS": 0}
    model._default_manager.filter(pk=pk).update(**{name: "Theirs"})

    refused = owner.post(f"/en/organise/digital/{address}", typed)
    again = refused.context["form"].data

    assert "Somebody else has saved this" in refused.content.decode()
    assert model._default_manager.filter(pk=pk, **{name: "Theirs"}).exists()
    assert owner.post(f"/en/organise/digital/{address}", again).status_code == 302
    assert model._default_manager.filter(pk=pk, **{name: "Typed"}).exists()


def test_a_speaker_who_declines_is_something_to_do(day: Morning, owner: Client) -> None:
    session = factories.SessionFactory(seminar=day.date.seminar)
    factories.BillingFactory(session=session, state=Billing.State.DECLINED)
    Seminar.objects.update(state=Seminar.State.DRAFT)

    assert "1 speaker cannot come" in owner.get("/en/organise/digital/").content.decode()


@pytest.mark.parametrize("weeks", [-2, 2])
def test_a_seminar_is_archived_when_it_is_over(day: Morning, owner: Client, weeks: int) -> None:
    Session.objects.create(seminar=day.date.seminar, title_en="Opening")
    day.date.starts_at = timezone.now() + timedelta(weeks=weeks)
    day.date.ends_at = day.date.starts_at + timedelta(hours=3)
    day.date.save()
    Seminar.objects.update(state=Seminar.State.PUBLISHED)

    assert ("Archive it" in owner.get("/en/organise/digital/").content.decode()) is (weeks < 0)
    assert ("/archive/" in owner.get("/en/organise/digital/publication/").content.decode()) is (weeks < 0)


def test_reloading_what_was_posted_leads_back(day: Morning, owner: Client) -> None:
    billing = factories.BillingFactory(session=factories.SessionFactory(seminar=day.date.seminar))
    programme = f"/en/organise/digital/dates/{day.date.slug}/programme/"

    assert owner.get(f"{programme}slots/").headers["Location"] == f"{programme}#new-slot"
    assert (
        "/speakers/#session-"
        in owner.get(f"/en/organise/digital/billings/{billing.pk}/invitation/").headers["Location"]
    )


def test_a_copy_is_offered_for_the_same_day_of_the_week_next_year(day: Morning, owner: Client) -> None:
    form = owner.get("/en/organise/digital/copy/").context["form"]

    assert form["first_day"].value() == day.date.local_start.date() + timedelta(weeks=52)
