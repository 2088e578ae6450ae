"""A seminar copied: everything again, on new days, and nothing shared that a change would reach."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from people.models import Member
from people.refusal import Refused
from seminars.copying import copy_seminar
from seminars.models import Billing, Resource, Seminar
from seminars.programme import add_run
from tests import factories
from tests.seminars.ground import Morning, at, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Morning:
    day = morning(booking_closes_at=at("8:00", 10), joining_link="https://meet.example/old")
    day.seminar.tags.add("digital")
    day.seminar.themes.add(factories.ThemeFactory())
    talent = day.session("Talent", *factories.SpeakerFactory.create_batch(2))
    talent.billings.update(state=Billing.State.ACCEPTED, token_hash="x" * 64)
    add_run(talent, day.slots[1], day.rooms[0], 8)
    return day


def test_a_copy_is_a_draft_on_its_new_day_at_the_same_time_on_the_clock(
    day: Morning, organiser: Member
) -> None:
    new = copy_seminar(day.seminar, date(2026, 12, 1), by=organiser)

    copied = new.dates.get()
    assert (new.state, new.published_at, new.created_by) == (Seminar.State.DRAFT, None, organiser)
    assert f"{copied.local_start:%Y-%m-%d %H:%M} {copied.local_end:%H:%M}" == "2026-12-01 09:30 13:00"
    assert [str(slot) for slot in copied.slots.all()] == ["09:30–10:15", "10:30–11:15", "11:30–12:15"]
    assert (copied.slug, copied.joining_link, copied.booking_closes_at) == ("cardiff-2026-12-01", "", None)


def test_a_copy_has_everything_and_invites_again(day: Morning, organiser: Member) -> None:
    new = copy_seminar(day.seminar, date(2026, 12, 1), by=organiser)

    talent = new.sessions.get()
    run = talent.runs.get()
    assert (talent.title_en, run.room, run.capacity, run.slot.clock) == ("Talent", day.rooms[0], 8, "10:30")
    assert [each.state for each in talent.billings.all()] == ["invited", "invited"]
    assert {each.token_hash for each in talent.billings.all()} == {""}
    assert (list(new.tags.names()), new.themes.count()) == (["digital"], 1)
    assert day.seminar.dates.get().starts_at == at("8:30")


def test_a_copied_file_is_a_file_of_its_own(day: Morning, organiser: Member) -> None:
    Resource.objects.create(
        seminar=day.seminar,
        title_en="Slides",
        file=ContentFile(b"%PDF-1", name="a.pdf"),
        file_name="Slides.pdf",
    )

    new = copy_seminar(day.seminar, date(2026, 12, 1), by=organiser)

    old, copied = day.seminar.resources.get(), new.resources.get()
    assert old.file.name != copied.file.name
    assert (copied.file.read(), copied.file_name) == (b"%PDF-1", "Slides.pdf")


def test_a_copy_needs_a_first_day_where_there_are_dates(day: Morning, organiser: Member) -> None:
    with pytest.raises(Refused, match="first date"):
        copy_seminar(day.seminar, None, by=organiser)

    assert Seminar.objects.count() == 1
