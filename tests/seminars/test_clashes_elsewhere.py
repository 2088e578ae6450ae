"""What speakers and rooms do at other dates at the same time is told."""

import pytest

from seminars.clashes import clashes_elsewhere
from seminars.programme import add_run, add_slot
from tests import factories
from tests.seminars.ground import at, morning

pytestmark = pytest.mark.django_db


def test_a_speaker_and_a_room_in_two_seminars_at_once_are_told() -> None:
    ceri, one = factories.SpeakerFactory(name="Ceri Rees"), morning()
    add_run(one.session("Talent", ceri), one.slots[0], one.rooms[0])
    other = factories.SeminarDateFactory(starts_at=at("8:00"), ends_at=at("13:00"), venue=one.date.venue)
    slot = add_slot(other, at("9:00"), at("10:00"))
    session = factories.SessionFactory(seminar=other.seminar, title_en="Data")
    factories.BillingFactory(session=session, speaker=ceri)
    assert clashes_elsewhere(one.date) == []

    add_run(session, slot, one.rooms[0])

    assert clashes_elsewhere(one.date) == [
        "Ceri Rees speaks in “Data” elsewhere at 09:30.",
        "Taf also has “Data” at 09:30, in another seminar or date.",
    ]
    type(other).objects.filter(pk=other.pk).update(state="cancelled")
    assert clashes_elsewhere(one.date) == []
