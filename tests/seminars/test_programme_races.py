"""Two organisers at once, with real threads, on whichever database the tests run on."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from people.refusal import Refused
from seminars.models import Run, Slot
from seminars.programme import add_run, add_slot
from tests import factories
from tests.races import at_once
from tests.seminars.ground import at, morning

pytestmark = pytest.mark.django_db(transaction=True)


def came_to(*verbs: Callable[[], object]) -> list[str]:
    """What each of the verbs came to, all of them called at once; whatever is no refusal is a fault."""
    answers = at_once(*verbs)
    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    return sorted("refused" if isinstance(one, Refused) else "done" for one in answers)


def test_of_overlapping_slots_added_at_once_one_stays() -> None:
    day = morning()

    outcome = came_to(*[lambda n=n: add_slot(day.date, at(f"11:{15 + n}"), at("12:00")) for n in range(4)])

    assert outcome == ["done", "refused", "refused", "refused"]
    assert Slot.objects.filter(starts_at__gte=at("11:15")).count() == 1


def test_of_two_runs_with_one_speaker_at_once_one_stays() -> None:
    day, ceri = morning(), factories.SpeakerFactory()
    sessions = [day.session("Talent", ceri), day.session("Data", ceri)]

    outcome = came_to(*[lambda n=n: add_run(sessions[n], day.slots[0], day.rooms[n]) for n in range(2)])

    assert outcome == ["done", "refused"]
    assert Run.objects.count() == 1


def test_without_the_lock_the_overlap_appears(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard is what keeps overlaps out: with it taken away, both organisers look before either writes."""
    day, looked = morning(), Barrier(2)
    create = Slot.objects.create

    @contextmanager
    def unguarded(seminar: Any) -> Any:
        yield

    def create_late(**fields: Any) -> Slot:
        looked.wait(10)
        with transaction.atomic():
            return create(**fields)

    monkeypatch.setattr("seminars.programme.changing", unguarded)
    monkeypatch.setattr(Slot.objects, "create", create_late)

    outcome = came_to(*[lambda n=n: add_slot(day.date, at(f"11:{15 + n}"), at("12:00")) for n in range(2)])

    assert outcome == ["done", "done"]
    assert Slot.objects.filter(starts_at__gte=at("11:15")).count() == 2
