from datetime import UTC, datetime

from seminars.timetable import Entry, lay_out


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 10, 13, int(hour), int(minute), tzinfo=UTC)


def entry(
    start: str, end: str, room: str | None, what: str, *, order: int = 0, session: int = 0
) -> Entry[str]:
    return Entry(at(start), at(end), room, order, what, session)


def told(table):
    return [[cell and cell.what for cell in row.cells] for row in table.rows]


def test_rows_stand_in_the_order_of_time_whatever_the_order_of_the_runs():
    table = lay_out([entry("11:00", "12:00", "A", "second"), entry("09:30", "10:30", "A", "first")])

    assert told(table) == [["first"], ["second"]]
    assert table.columns == 1


def test_parallel_runs_keep_the_columns_of_their_rooms():
    table = lay_out(
        [
            entry("10:00", "10:45", "B", "workshop 2"),
            entry("10:00", "10:45", "A", "workshop 1"),
            entry("11:00", "11:45", "A", "workshop 2 again"),
            entry("11:00", "11:45", "B", "workshop 1 again"),
        ]
    )

    assert table.rooms == ("A", "B")
    assert told(table) == [["workshop 1", "workshop 2"], ["workshop 2 again", "workshop 1 again"]]


def test_room_without_a_run_at_that_time_leaves_its_column_empty():
    table = lay_out(
        [entry("10:00", "11:00", room, room) for room in "ABC"]
        + [entry("11:00", "12:00", "C", "c"), entry("11:00", "12:00", "A", "a")]
    )

    assert told(table)[1] == ["a", None, "c"]
    assert [cell.what for cell in table.rows[1].present] == ["a", "c"]


def test_plenary_stands_alone_and_takes_no_column():
    table = lay_out(
        [
            entry("09:30", "10:00", "Hall", "welcome"),
            entry("10:00", "11:00", "A", "a"),
            entry("10:00", "11:00", "B", "b"),
        ]
    )

    assert table.rooms == ("A", "B")
    assert [row.is_parallel for row in table.rows] == [False, True]


def test_more_rooms_than_fit_are_told_in_order_without_columns():
    table = lay_out([entry("10:00", "11:00", f"Room {n}", f"w{n}", order=n) for n in range(8)])

    assert table.rooms == ()
    assert told(table) == [[f"w{n}" for n in range(8)]]


def test_runs_whose_room_is_not_settled_are_still_shown_in_their_order():
    table = lay_out(
        [entry("10:00", "11:00", None, "second", order=2), entry("10:00", "11:00", None, "first", order=1)]
    )

    assert told(table) == [["first", "second"]]


def test_two_runs_in_one_room_at_once_are_both_shown():
    table = lay_out(
        [
            entry("10:00", "11:00", "A", "one", order=1),
            entry("10:00", "11:00", "A", "two", order=2),
            entry("10:00", "11:00", "B", "three"),
        ]
    )

    assert sorted(told(table)[0]) == ["one", "three", "two"]


def test_rooms_stand_in_the_order_that_was_asked_for():
    runs = [entry("10:00", "11:00", "A", "a"), entry("10:00", "11:00", "Hall", "h")]

    assert lay_out(runs, ["Hall", "A"]).rooms == ("Hall", "A")


def test_repeated_workshop_says_when_else_it_runs():
    table = lay_out(
        [entry("10:00", "10:45", "A", "w", session=7), entry("11:00", "11:45", "A", "w", session=7)]
    )

    assert table.rows[0].cells[0].also_at == (at("11:00"),)
    assert table.rows[1].cells[0].also_at == (at("10:00"),)


def test_nothing_gives_an_empty_table():
    table = lay_out([])

    assert (table.rows, table.rooms, table.columns) == ((), (), 0)
