"""Whatever is tried, in whatever order: no overlap, no room with two runs at once, nobody in two places."""

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.refusal import Refused
from seminars.models import Billing, Run, RunSpeaker, SeminarDate, Session, Slot, Speaker
from seminars.programme import add_run, add_slot, bill, change_run, change_slot, remove_run, settle, unbill
from tests import factories
from tests.seminars.ground import at, morning

NUMBER = st.integers(0, 5)
STEP = st.tuples(
    st.sampled_from(["slot", "stretch", "run", "run", "run", "shift", "bill", "bill", "answer", "unbill", "remove"]),
    NUMBER, NUMBER, NUMBER,
)  # fmt: skip


def picture() -> list[Any]:
    """All that a verb could have changed."""
    return [
        sorted(map(repr, model.objects.values_list()))
        for model in (SeminarDate, Slot, Session, Run, RunSpeaker, Billing)
    ]


def nth(rows: Any, number: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


class Machine:
    def __init__(self) -> None:
        self.day = morning()
        self.speakers = factories.SpeakerFactory.create_batch(3)
        for number in range(3):
            self.day.session(f"Session {number}")

    def try_step(self, kind: str, a: int, b: int, c: int) -> Callable[[], object] | None:
        session, slot = nth(self.day.seminar.sessions, a), nth(Slot.objects, b)
        run, billing = nth(Run.objects, a), nth(Billing.objects, a)
        room = [*self.day.rooms, None][c % 4]
        start = at("8:00") + timedelta(minutes=30 * (a + b))
        end = start + timedelta(minutes=15 * c)
        tries: dict[str, Callable[[], object] | None] = {
            "slot": lambda: add_slot(self.day.date, start, end),
            "stretch": lambda: change_slot(slot, start, end),
            "run": lambda: add_run(session, slot, room),
            "shift": run and (lambda: change_run(run, slot, room)),
            "bill": lambda: bill(session, self.speakers[c % 3]),
            "answer": billing and (lambda: settle(billing, Billing.State.values[c % 4])),
            "unbill": billing and (lambda: unbill(billing)),
            "remove": run and (lambda: remove_run(run)),
        }
        return tries[kind]


def check_nothing_clashes() -> None:
    for one, two in combinations(Slot.objects.all(), 2):
        assert one.ends_at <= two.starts_at or two.ends_at <= one.starts_at
    rooms = [(run.slot_id, run.room_id) for run in Run.objects.exclude(room=None)]
    assert len(rooms) == len(set(rooms))
    live = [
        (run.slot_id, speaker, run.pk)
        for run in Run.objects.all()
        for speaker in Speaker.objects.filter(billings__in=run.session.billings.live()).values_list(
            "pk", flat=True
        )
    ]
    assert len({(slot, speaker) for slot, speaker, _run in live}) == len(live)
    assert sorted(RunSpeaker.objects.values_list("slot_id", "speaker_id", "run_id")) == sorted(live)


class ProgrammeProperties(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(steps=st.lists(STEP, min_size=4, max_size=18))
    def test_no_order_of_verbs_makes_a_clash(self, steps: list[tuple[str, int, int, int]]) -> None:
        machine = Machine()

        for step in steps:
            verb = machine.try_step(*step)
            before = picture()
            try:
                if verb:
                    verb()
            except Refused:
                assert picture() == before
            check_nothing_clashes()
