"""The form in which workshops are chosen, when somebody books and afterwards."""

from typing import Any

import pytest

from bookings import changing, places
from bookings.forms.workshops import WorkshopsForm
from bookings.models import Booking
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, workshops

pytestmark = pytest.mark.django_db


def form(
    date: SeminarDate, data: Any = None, *, is_drawn: bool = False, booking: Booking | None = None
) -> WorkshopsForm:
    mine = list(booking.places.all()) if booking else []
    return WorkshopsForm(data, runs=places.to_choose_from(date), is_drawn=is_drawn, places=mine)


def chosen(filled: WorkshopsForm) -> list[tuple[int, int]]:
    assert filled.is_valid(), filled.errors
    return [(wish.run.pk, wish.rank) for wish in filled.wishes]


def test_workshops_are_radios_of_each_slot_with_the_places_left() -> None:
    date = bookable()
    first, _second = workshops(date, 1, 20)
    book_one(date, runs=[first])

    html = str(form(date))

    assert html.count('type="radio"') == 3
    assert "full: you would be first in its queue" in html
    assert "20 places left" in html
    assert f'name="slot_{first.slot_id}_second"' in html


def test_workshops_second_choice_is_asked_only_where_one_is_full() -> None:
    date = bookable()
    first, _second = workshops(date, 1, 20)

    assert f"slot_{first.slot_id}_second" not in form(date).fields


def test_workshops_wishes_are_ranked_by_slot() -> None:
    date = bookable()
    first, second = workshops(date, 1, 20)
    (third,) = workshops(date, None)
    book_one(date, runs=[first])

    filled = form(
        date,
        {
            f"slot_{first.slot_id}": first.pk,
            f"slot_{first.slot_id}_second": second.pk,
            f"slot_{third.slot_id}": third.pk,
        },
    )

    assert chosen(filled) == [(first.pk, 1), (second.pk, 2), (third.pk, 1)]


def test_workshops_none_is_an_answer() -> None:
    date = bookable()
    workshops(date, 1, 20)

    assert chosen(form(date, {})) == []


def test_workshops_ranks_close_up_where_a_line_is_left_out() -> None:
    date = bookable()
    first, second, third = workshops(date, 1, 1, 1)

    filled = form(
        date,
        {f"slot_{first.slot_id}_rank_1": third.pk, f"slot_{first.slot_id}_rank_3": second.pk},
        is_drawn=True,
    )

    assert chosen(filled) == [(third.pk, 1), (second.pk, 2)]


def test_workshops_twice_the_same_is_refused_beside_the_field() -> None:
    date = bookable()
    first, _second = workshops(date, 1, 1)

    filled = form(
        date,
        {f"slot_{first.slot_id}_rank_1": first.pk, f"slot_{first.slot_id}_rank_2": first.pk},
        is_drawn=True,
    )

    assert filled.errors == {f"slot_{first.slot_id}_rank_2": ["Choose each workshop only once."]}


def test_workshops_of_another_date_are_refused() -> None:
    date, other = bookable(), bookable()
    first, _second = workshops(date, 1, 1)
    (elsewhere,) = workshops(other, 1)

    filled = form(date, {f"slot_{first.slot_id}": elsewhere.pk})

    assert "not in the programme of this date any more" in str(filled.errors)


def test_workshops_show_what_a_booking_has_and_waits_for() -> None:
    date = bookable(5)
    first, second = workshops(date, 1, 20)
    book_one(date, runs=[first])
    booking = book_one(date, runs=[second])
    changing.choose_workshops(booking, [places.Wish(first), places.Wish(second, 2)])

    shown = form(date, booking=booking)

    assert shown[f"slot_{first.slot_id}"].value() == str(first.pk)
    assert shown[f"slot_{first.slot_id}_second"].value() == str(second.pk)
    assert "you have a place" in str(shown)
    assert "full: 1 person waits" in str(shown)


def test_workshops_titles_say_when_they_are_in_the_other_language() -> None:
    date = bookable()
    session = factories.SessionFactory(seminar=date.seminar, title_en="", title_cy="Gweithdy Cymraeg")
    workshops(date, 1, sessions=[session])

    assert '<span lang="cy">Gweithdy Cymraeg</span>' in str(form(date))
