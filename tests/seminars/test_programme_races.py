"""Two organisers at once, with real threads, on whichever database the tests run on."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from seminars.models import Run, Slot
from seminars.programme import add_run, add_slot
from seminars.refusal import Refused
from tests import factories
from tests.seminars.ground import at, morning

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """Run every verb in a thread of its own, all starting together; what each came to."""
    barrier, came_to = Barrier(len(verbs)), []

    def act(verb: Callable[[], object]) -> None:
        barrier.wait()
        try:
            verb()
            came_to.append("done")
        except Refused:
            came_to.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=act, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(came_to)


def test_of_overlapping_slots_added_at_once_one_stays() -> None:
    day = morning()

    came_to = at_once(*[lambda n=n: add_slot(day.date, at(f"11:{15 + n}"), at("12:00")) for n in range(4)])

    assert came_to == ["done", "refused", "refused", "refused"]
    assert Slot.objects.filter(starts_at__gte=at("11:15")).count() == 1


def test_of_two_runs_with_one_speaker_at_once_one_stays() -> None:
    day, ceri = morning(), factories.SpeakerFactory()
    sessions = [day.session("Talent", ceri), day.session("Data", ceri)]

    came_to = at_once(*[lambda n=n: add_run(sessions[n], day.slots[0], day.rooms[n]) for n in range(2)])

    assert came_to == ["done", "refused"]
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

    came_to = at_once(*[lambda n=n: add_slot(day.date, at(f"11:{15 + n}"), at("12:00")) for n in range(2)])

    assert came_to == ["done", "done"]
    assert Slot.objects.filter(starts_at__gte=at("11:15")).count() == 2
