"""Invitations by link: issued, renewed, answered, closed."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from people.refusal import Refused
from seminars import invitations
from seminars.models import Billing, RunSpeaker
from seminars.programme import settle
from tests import factories

pytestmark = pytest.mark.django_db


def invited(email: str = "carl@devon.example", **date: object) -> Billing:
    seminar = factories.SeminarFactory(title_en="Digital", title_cy="Digidol")
    factories.SeminarDateFactory(seminar=seminar, **date)
    return factories.BillingFactory(
        session__seminar=seminar, speaker__email=email, speaker__name="Carl", state=Billing.State.INVITED
    )


def test_a_link_finds_its_billing_and_is_kept_as_a_hash_only() -> None:
    billing = invited()

    token = invitations.issue(billing)

    assert invitations.find(token) == billing
    assert token not in str(Billing.objects.values().get())
    assert invitations.find("") is None


def test_a_renewed_link_ends_the_one_before() -> None:
    billing = invited()
    old = invitations.issue(billing)

    new = invitations.issue(billing)

    assert (invitations.find(old), invitations.find(new)) == (None, billing)


def test_a_link_closes_when_the_last_date_is_over() -> None:
    billing = invited(starts_at=timezone.now() - timedelta(days=2))
    token = invitations.issue(billing)
    assert invitations.find(token) is None

    factories.SeminarDateFactory(seminar=billing.session.seminar)

    assert invitations.find(token) == billing


def test_the_mail_is_in_both_languages_with_a_link_in_each() -> None:
    billing = invited()
    token = invitations.issue(billing)

    assert invitations.send(billing, token)

    letter = mail.outbox[0]
    assert letter.to == ["carl@devon.example"]
    for text in ("Digidol", "Digital", invitations.link(token, "cy"), invitations.link(token, "en")):
        assert text in letter.body
    assert invitations.link(token, "cy") != invitations.link(token, "en")


def test_a_mail_that_fails_leaves_no_token_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError("nobody there")

    billing = invited()
    token = invitations.issue(billing)
    monkeypatch.setattr(invitations, "send_mail", fail)

    with caplog.at_level(logging.DEBUG):
        assert not invitations.send(billing, token)

    assert "could not be sent" in caplog.text
    assert token not in caplog.text
    assert "devon.example" not in caplog.text


def test_without_an_address_nothing_is_sent() -> None:
    billing = invited(email="")

    assert not invitations.send(billing, invitations.issue(billing))
    assert mail.outbox == []


def test_accepting_links_the_account_with_that_address() -> None:
    billing, member = invited("Carl@Devon.example"), factories.MemberFactory(email="carl@devon.example")

    invitations.accept(billing)

    billing.refresh_from_db()
    assert (billing.state, billing.speaker.member) == (Billing.State.ACCEPTED, member)
    assert billing.answered_at is not None


def test_declining_leaves_the_clash_table_and_can_be_thought_better_of() -> None:
    billing = invited()
    slot = factories.SlotFactory(seminar_date=billing.session.seminar.dates.get())
    factories.RunFactory(slot=slot, session=billing.session)
    invitations.accept(billing)
    assert RunSpeaker.objects.count() == 1

    invitations.decline(billing)
    assert RunSpeaker.objects.count() == 0
    invitations.accept(billing)

    assert RunSpeaker.objects.count() == 1


def test_a_withdrawn_speaker_has_no_link() -> None:
    billing = invited()
    token = invitations.issue(billing)

    settle(billing, Billing.State.WITHDRAWN)

    assert invitations.find(token) is None
    with pytest.raises(Refused, match="declined or withdrew"):
        invitations.issue(billing)
