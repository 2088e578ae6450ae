"""A programme as a grid of slots and rooms. Pure: no Django, no clock, no language.

A row is a slot, in order of time; what runs in it at once stands side by side. A room keeps its column through the
day as long as there are few enough columns for that to be legible; with more, a row simply holds its runs in order.
Read from top to bottom the same cells give the order for a narrow screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One run: when, in which room (None where that is not settled), in what order beside others, and of what."""

    starts_at: datetime
    ends_at: datetime
    room: str | None
    order: int
    what: T
    session: int = 0


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    entry: Entry[T]
    # The other starts of the same session, for somebody who cannot choose this one.
    also_at: tuple[datetime, ...] = ()

    @property
    def also_words(self) -> str:
        return ", ".join(f"{start:%H:%M}" for start in self.also_at)

    @property
    def what(self) -> T:
        return self.entry.what


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    starts_at: datetime
    ends_at: datetime
    # None is an empty place that keeps the columns of the rooms in line; only a wide screen shows it.
    cells: tuple[Cell[T] | None, ...]

    @property
    def start_clock(self) -> str:
        return f"{self.starts_at:%H:%M}"

    @property
    def end_clock(self) -> str:
        return f"{self.ends_at:%H:%M}"

    @property
    def is_parallel(self) -> bool:
        return sum(cell is not None for cell in self.cells) > 1

    @property
    def present(self) -> list[Cell[T]]:
        return [cell for cell in self.cells if cell is not None]


@dataclass(frozen=True, slots=True)
class Timetable(Generic[T]):
    # The rooms that head the columns; empty where the rows do not share columns.
    rooms: tuple[str, ...]
    rows: tuple[Row[T], ...]

    @property
    def columns(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def lay_out(entries: Iterable[Entry[T]], rooms: Sequence[str] = ()) -> Timetable[T]:
    """The grid of these runs; `rooms` says in what order their columns stand, and a room that it lacks comes after."""
    slots: dict[tuple[datetime, datetime], list[Entry[T]]] = defaultdict(list)
    starts: dict[int, list[datetime]] = defaultdict(list)
    for entry in entries:
        slots[entry.starts_at, entry.ends_at].append(entry)
        if entry.session:
            starts[entry.session].append(entry.starts_at)
    columns = _columns(list(slots.values()), rooms)
    rows = [
        Row(start, end, _cells(slots[start, end], columns, rooms, starts)) for start, end in sorted(slots)
    ]
    return Timetable(tuple(columns), tuple(rows))


def _columns(slots: list[list[Entry[T]]], rooms: Sequence[str]) -> list[str]:
    """The rooms that are in use at once with another, unless they are too many or one is not settled."""
    parallel = [slot for slot in slots if len(slot) > 1]
    used = {entry.room for slot in parallel for entry in slot}
    if None in used or len(used) > MOST_COLUMNS:
        return []
    return sorted((room for room in used if room is not None), key=lambda room: _place(room, rooms))


def _place(room: str | None, rooms: Sequence[str]) -> tuple[int, str]:
    return (rooms.index(room) if room in rooms else len(rooms), room or "\uffff")


def _cells(
    slot: list[Entry[T]], columns: list[str], rooms: Sequence[str], starts: dict[int, list[datetime]]
) -> tuple[Cell[T] | None, ...]:
    def cell(entry: Entry[T]) -> Cell[T]:
        others = sorted({start for start in starts[entry.session] if start != entry.starts_at})
        return Cell(entry, tuple(others))

    # Two runs in one room at one time cannot be, but a grid that dropped one would hide the fault.
    by_room = {entry.room: cell(entry) for entry in slot}
    if len(slot) == 1 or not columns or len(by_room) < len(slot):
        ordered = sorted(slot, key=lambda entry: (*_place(entry.room, rooms), entry.order))
        return tuple(cell(entry) for entry in ordered)
    return tuple(by_room.get(room) for room in columns)
