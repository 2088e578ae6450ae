"""A seminar's states: what is missing, publishing, taking back, archiving."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import Seminar
from tests import factories

pytestmark = pytest.mark.django_db


def complete_draft(**date: object) -> Seminar:
    seminar = factories.SeminarFactory(
        state=Seminar.State.DRAFT, published_at=None, focus_en="What it is about"
    )
    slot = factories.SlotFactory(seminar_date=factories.SeminarDateFactory(seminar=seminar, **date))
    factories.RunFactory(slot=slot, session=factories.SessionFactory(seminar=seminar))
    return seminar


def test_what_is_missing_is_said_in_words(organiser: Member) -> None:
    seminar = factories.SeminarFactory(state=Seminar.State.DRAFT, published_at=None)

    with pytest.raises(Refused) as refused:
        seminar.publish(by=organiser)

    assert refused.value.sentences == [
        "It has no focus: say what it is about.",
        "It has no date.",
        "Its programme is empty: put at least one session in a slot.",
    ]
    assert Seminar.objects.get().state == Seminar.State.DRAFT


def test_a_complete_seminar_is_published_once(organiser: Member) -> None:
    seminar = complete_draft()

    seminar.publish(by=organiser)
    seminar.publish(by=organiser)

    assert Seminar.objects.get().is_public
    assert [event.verb for event in AuditEvent.objects.all()] == ["published"]


def test_a_published_seminar_goes_back_to_a_draft_while_no_date_is_past(organiser: Member) -> None:
    seminar = complete_draft()
    seminar.publish(by=organiser)

    seminar.unpublish(by=organiser)

    assert Seminar.objects.get().state == Seminar.State.DRAFT


def test_after_a_date_it_stays_public_and_can_be_archived(organiser: Member) -> None:
    seminar = complete_draft(starts_at=timezone.now() - timedelta(days=3))
    seminar.publish(by=organiser)

    with pytest.raises(Refused, match="stays public"):
        seminar.unpublish(by=organiser)
    seminar.archive(by=organiser)

    assert Seminar.objects.get().state == Seminar.State.ARCHIVED


def test_what_is_still_to_come_is_not_archived(organiser: Member) -> None:
    seminar = complete_draft()
    seminar.publish(by=organiser)

    with pytest.raises(Refused, match="still to come"):
        seminar.archive(by=organiser)


@pytest.mark.parametrize(
    ("title", "slug"), [("Gŵyl ddigidol", "gwyl-ddigidol"), ("Past", "past-2"), ("???", "seminar")]
)
def test_an_address_is_made_from_the_title(title: str, slug: str) -> None:
    assert factories.SeminarFactory(title_en=title, slug="").slug == slug


def test_namesakes_have_addresses_of_their_own() -> None:
    slugs = [factories.SeminarFactory(title_en="Digital", slug="").slug for _ in range(3)]

    assert slugs == ["digital", "digital-2", "digital-3"]
