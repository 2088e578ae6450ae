"""The page behind a speaker's link, without an account."""

import logging
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from people.models import Member, Organisation
from seminars import invitations
from seminars.models import Billing
from seminars.programme import add_run
from tests import factories
from tests.seminars.ground import morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def billing(organisation: Organisation) -> Billing:
    seminar = factories.SeminarFactory(organisation=organisation, slug="digital")
    day = morning(seminar=seminar)
    type(day.date).objects.update(ends_at="2099-09-15T12:00Z")
    session = day.session("Talent", factories.SpeakerFactory(name="Carl", email="carl@devon.example"))
    session.billings.update(state=Billing.State.INVITED)
    add_run(session, day.slots[0], day.rooms[0])
    return session.billings.get()


@pytest.fixture
def address(billing: Billing) -> str:
    return f"/en/speakers/invitation/{invitations.issue(billing)}/"


def test_the_page_says_what_when_and_where_and_keeps_its_address_secret(client: Client, address: str) -> None:
    answer = client.get(address)

    page = answer.content.decode()
    for text in ("Talent", "Tuesday 15 September 2026", "09:30", "Taf"):
        assert text in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_a_speaker_accepts_and_declines_without_an_account(address: str, billing: Billing) -> None:
    # A browser says "Origin: null" from a page without referrer; that must not shut the speaker out.
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})

    assert strict.post(f"{address}acceptance/").status_code == 302
    assert Billing.objects.get().state == Billing.State.ACCEPTED
    assert "You have accepted" in strict.get(address).content.decode()
    assert strict.post(f"{address}refusal/").status_code == 302
    assert Billing.objects.get().state == Billing.State.DECLINED


def test_a_speaker_writes_their_own_texts(client: Client, address: str) -> None:
    answer = client.post(
        f"{address}details/",
        {"you-bio_en": "I work in Devon.", "you-bio_cy": "", "session-abstract_cy": "Am **dalent**.", "session-title_en": "Hijack"},
    )  # fmt: skip

    billing = Billing.objects.get()
    assert answer["Location"] == f"{address}?said=saved"
    assert billing.speaker.bio_en == "I work in Devon."
    assert "<strong>dalent</strong>" in billing.session.abstract_cy_html
    assert billing.session.title_en == "Talent"


def test_an_unknown_link_is_closed_and_is_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/en/speakers/invitation/not-a-token-of-ours/")

    assert answer.status_code == 404
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "not-a-token-of-ours" not in caplog.text


def test_inviting_sends_a_mail_and_shows_the_link_once(
    client_of: Any, organiser: Member, billing: Billing
) -> None:
    owner = client_of(organiser)

    answer = owner.post(f"/en/organise/digital/billings/{billing.pk}/invitation/")

    link = answer.context["links"]["en"]
    assert link in mail.outbox[0].body
    assert link in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert link not in owner.get("/en/organise/digital/speakers/").content.decode()


def test_another_organisation_invites_nobody(client_of: Any, outsider: Member, billing: Billing) -> None:
    assert (
        client_of(outsider).post(f"/en/organise/digital/billings/{billing.pk}/invitation/").status_code == 403
    )
    assert mail.outbox == []
