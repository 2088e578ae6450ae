"""The fair draw of workshops: ranked wishes in, places out. Pure: the same input and seed give the same on every machine.

What is fair here:

* Slots are settled in the order of the day. In each one everybody who has a wish has one turn, and takes the run they
  want most of those that have room and whose workshop they have at no other time.
* The order of the turns is drawn anew for each slot: who lost more in the slots before comes first, and among those who
  lost equally much every order is equally likely. The lots come from the seed, the slot and the delegate's key alone,
  so that neither the order of the input nor who else takes part changes whose lot is the better of two.
* A delegate loses, in a slot, one for each run that they wanted more and that was full; who is left without any run
  because all were full loses one more than the slot has runs, however few they named. A run whose workshop they have
  already counts for nothing.

What follows, and is tested: no run takes more than it has room for; nobody is at two runs at once or at one workshop
twice; nobody is without a run that they named while it has room; whoever has a place that somebody else wanted more
than what they got had a better number in that slot. Within a slot nothing can be gained by naming runs in another order
than the one that is meant.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

FULL, HAD = "full", "had"


@dataclass(frozen=True)
class Run:
    """A run with the places that are left to be drawn; None for one that takes everybody."""

    key: int
    slot: int
    workshop: int
    room: int | None


@dataclass(frozen=True)
class Delegate:
    """Whoever takes part: by slot the runs that they want, most wanted first; and the runs that they have already."""

    key: int
    wishes: Mapping[int, Sequence[int]]
    held: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Turn:
    """What happened when it was a delegate's turn in a slot: enough to explain it to them."""

    slot: int
    delegate: int
    number: int
    of: int
    # What they got, and which of their wishes it was, from 1; None for who got nothing.
    run: int | None
    rank: int | None
    # The runs that they wanted more, each with the reason: FULL, or HAD for a workshop that they have at another time.
    passed: tuple[tuple[int, str], ...] = ()


@dataclass
class _State:
    """What is left, and who has what, while lots are drawn."""

    runs: Mapping[int, Run]
    room: dict[int, int | None]
    slots: dict[int, set[int]]
    workshops: dict[int, set[int]]
    lost: dict[int, int] = field(default_factory=dict)


def draw(slots: Sequence[int], runs: Iterable[Run], delegates: Iterable[Delegate], seed: str) -> list[Turn]:
    """All turns, slot by slot and in each in the order of the lots. `slots` is in the order of the day."""
    known = {run.key: run for run in runs}
    everybody = list(delegates)
    state = _State(
        known,
        {key: run.room for key, run in known.items()},
        {one.key: {known[key].slot for key in one.held} for one in everybody},
        {one.key: {known[key].workshop for key in one.held} for one in everybody},
        dict.fromkeys((one.key for one in everybody), 0),
    )
    count = {slot: sum(run.slot == slot for run in known.values()) for slot in slots}
    turns: list[Turn] = []
    for slot in slots:
        here = [one for one in everybody if one.wishes.get(slot) and slot not in state.slots[one.key]]
        here.sort(key=lambda one: (-state.lost[one.key], lot(seed, slot, one.key), one.key))
        for number, one in enumerate(here, start=1):
            turn = _take_turn(state, one, slot, number, len(here))
            turns.append(turn)
            full = sum(reason == FULL for _run, reason in turn.passed)
            state.lost[one.key] += count[slot] + 1 if turn.run is None and full else full
    return turns


def lot(seed: str, slot: int, delegate: int) -> bytes:
    """A delegate's lot in a slot: the smallest comes first. A hash, because generators differ between versions."""
    return hashlib.sha256(f"{seed}:{slot}:{delegate}".encode()).digest()


def _take_turn(state: _State, one: Delegate, slot: int, number: int, of: int) -> Turn:
    passed: list[tuple[int, str]] = []
    for rank, key in enumerate(one.wishes[slot], start=1):
        run, room = state.runs[key], state.room[key]
        if run.workshop in state.workshops[one.key]:
            passed.append((key, HAD))
        elif room == 0:
            passed.append((key, FULL))
        else:
            state.room[key] = None if room is None else room - 1
            state.slots[one.key].add(slot)
            state.workshops[one.key].add(run.workshop)
            return Turn(slot, one.key, number, of, key, rank, tuple(passed))
    return Turn(slot, one.key, number, of, None, None, tuple(passed))
