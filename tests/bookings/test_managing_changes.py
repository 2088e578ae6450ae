"""What delegates change with a form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import changing
from bookings.models import Booking, Delivery, OwnAnswer, OwnQuestion, Place
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)


def address(name: str, booking: Booking, *more: str) -> str:
    return reverse(f"bookings:{name}", args=[booking.token, *more])


def send(where: str, booking: Booking, /, *more: str, **data: Any) -> Any:
    return CLIENT.post(address(where, booking, *more), data)


def places(booking: Booking) -> list[tuple[int, str]]:
    return list(Place.objects.filter(booking=booking).order_by("rank").values_list("run", "state"))


def another(date: SeminarDate, capacity: int = 5, **more: Any) -> SeminarDate:
    return bookable(capacity, seminar=date.seminar, **more)


def test_workshops_are_changed_and_a_full_one_is_waited_for() -> None:
    date = bookable(5)
    first, second = workshops(date, 1, 9)
    book_one(date, runs=[first])
    booking = book_one(date, runs=[second])

    assert (
        "full: you would be first in its queue" in CLIENT.get(address("workshops", booking)).content.decode()
    )
    slot = f"slot_{first.slot_id}"
    answer = send("workshops", booking, **{slot: first.pk, f"{slot}_second": second.pk})

    assert answer["Location"].endswith("?said=workshops")
    assert places(booking) == [(first.pk, "waiting"), (second.pk, "confirmed")]


def test_workshops_at_two_times_are_refused_beside_the_form() -> None:
    date = bookable(5)
    (first,) = workshops(date, 5)
    (again,) = workshops(date, 5, sessions=[first.session])
    booking = book_one(date)

    answer = send(
        "workshops", booking, **{f"slot_{first.slot_id}": first.pk, f"slot_{again.slot_id}": again.pk}
    )

    words = f"twice: you have it at {first.slot.clock} already."
    assert words in answer.content.decode()
    assert f'href="#id_slot_{again.slot_id}_0"' in answer.content.decode()
    assert places(booking) == []


def test_workshops_that_are_drawn_are_ranked() -> None:
    date = bookable(5, workshops="drawn", draws_at=factories.timezone.now())
    first, second = workshops(date, 1, 1)
    booking = book_one(date)

    assert "Lots are drawn:" in CLIENT.get(address("workshops", booking)).content.decode()
    slot = f"slot_{first.slot_id}"
    send("workshops", booking, **{f"{slot}_rank_1": second.pk, f"{slot}_rank_2": first.pk})

    assert places(booking) == [(second.pk, "wanted"), (first.pk, "wanted")]


def test_workshops_of_a_date_without_any_lead_back() -> None:
    assert CLIENT.get(address("workshops", book_one(bookable()))).status_code == 302


def test_moves_shows_the_dates_side_by_side_with_the_places_left() -> None:
    date = bookable(5, online=3)
    another(date, 7)
    filled = another(date, 1)
    for _number in range(3):
        book_one(filled)
    factories.SeminarDateFactory(seminar=date.seminar)  # cannot be booked here
    booking = book_one(date)

    html = CLIENT.get(address("moves", booking)).content.decode()

    assert "7 places left" in html
    assert "full: 2 people wait" in html
    assert "The same date, another way" in html
    assert html.count('<article class="card') == 3


def test_move_goes_to_another_date_in_one_step() -> None:
    date = bookable(1)
    booking, behind, to = book_one(date), book_one(date), another(date)
    (run,) = workshops(to, 5)

    assert "You move at once" in CLIENT.get(address("move", booking, to.slug)).content.decode()
    answer = send("move", booking, to.slug, **{"attendance": "in person", f"slot_{run.slot_id}": run.pk})

    moved = Booking.objects.get(seminar_date=to)
    assert answer["Location"] == address("manage", moved) + "?said=moved"
    assert states(booking, moved, behind) == ["cancelled", "confirmed", "offered"]
    assert places(moved) == [(run.pk, "confirmed")]


def test_move_to_a_full_date_keeps_the_place_until_the_new_one_is_won() -> None:
    date = bookable(1)
    booking, to = book_one(date), another(date, 1)
    book_one(to)

    html = CLIENT.get(address("move", booking, to.slug)).content.decode()
    assert "keep your place until you win the new one" in html
    answer = send("move", booking, to.slug, attendance="in person")

    moved = to.bookings.get(state="waiting")
    assert answer["Location"] == address("manage", moved) + "?said=queued"
    assert states(booking) == ["confirmed"]
    assert "Until you win this place you keep" in CLIENT.get(address("manage", moved)).content.decode()
    assert "You keep this until you win" in CLIENT.get(address("manage", booking)).content.decode()


def test_move_from_in_person_to_online_and_refused_when_full() -> None:
    date = bookable(2, online=1)
    first, second = book_one(date), book_one(date)

    answer = send("move", first, date.slug, attendance="online")
    refused = send("move", second, date.slug, attendance="online")

    assert answer["Location"].endswith("?said=way")
    assert "You keep the place that you have." in refused.content.decode()
    first.refresh_from_db()
    assert first.pool.attendance == "online"


def test_move_twice_to_the_same_date_is_once() -> None:
    date = bookable(1)
    booking, to = book_one(date), another(date, 1)
    book_one(to)

    answers = [send("move", booking, to.slug, attendance="in person") for _number in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert Booking.objects.filter(replaces=booking).count() == 1


def test_move_to_a_date_that_is_booked_already_is_refused_in_words() -> None:
    date = bookable()
    to = another(date)
    booking, other = (book_one(one, person(email="mair@body.example")) for one in (date, to))

    answer = send("move", booking, to.slug, attendance="in person")

    assert "You have a booking for that date already." in answer.content.decode()
    assert states(booking, other) == ["confirmed", "confirmed"]


def test_move_to_a_date_of_another_seminar_is_not_found() -> None:
    date = bookable()
    another(date)

    assert send("move", book_one(date), bookable().slug, attendance="in person").status_code == 404


def test_hand_over_gives_the_place_and_closes_the_link() -> None:
    date = bookable()
    booking = book_one(date, person("Mair", access="A hearing loop"))
    manage = address("manage", booking)
    data = {
        "name": "Cai",
        "email": "cai@body.example",
        "kind": "councillor",
        "language": "cy",
        "dietary": "Figan",
    }

    answer = send("hand-over", booking, **data)
    again = CLIENT.post(address("hand-over", booking), data)

    assert "Your own link opens nothing any more." in answer.content.decode()
    assert CLIENT.get(manage).status_code == again.status_code == 404
    booking.refresh_from_db()
    assert booking.token not in answer.content.decode()
    assert (booking.name, booking.email, booking.kind) == ("Cai", "cai@body.example", "councillor")
    assert [need.text for need in booking.needs.all()] == ["Figan"]
    assert "hearing loop" not in CLIENT.get(address("manage", booking)).content.decode()
    assert Delivery.objects.filter(kind="handed over").count() == 1


def test_hand_over_to_who_comes_already_is_refused_and_what_was_typed_is_kept() -> None:
    date = bookable()
    booking = book_one(date)
    book_one(date, person(email="cai@body.example"))

    answer = send(
        "hand-over", booking, name="Cai Cyfaill", email="cai@body.example", kind="officer", language="en"
    )

    html = answer.content.decode()
    assert "Your colleague has a booking for this date already." in html
    assert "Cai Cyfaill" in html
    assert CLIENT.get(address("manage", booking)).status_code == 200


def test_details_are_changed_with_needs_and_answers() -> None:
    date = bookable()
    question = OwnQuestion.objects.create(seminar_date=date, text_en="Will you take the bus?", kind="yes no")
    body = factories.OrganisationFactory(name_cy="Cyngor Gwynedd", name_en="Gwynedd Council")
    booking = book_one(date, person("Mair", access="A hearing loop"))

    html = CLIENT.get(address("details", booking)).content.decode()
    assert "A hearing loop" in html
    assert "It is deleted on" in html
    answer = send(
        "details", booking, name="Mair Jones", body="cyngor gwynedd", kind="officer", language="cy",
        is_on_list="on", access="", dietary="No nuts", **{f"question_{question.pk}": "yes"},
    )  # fmt: skip

    assert answer["Location"].endswith("?said=details")
    booking.refresh_from_db()
    assert (booking.name, booking.organisation, booking.is_on_list) == ("Mair Jones", body, True)
    assert [need.text for need in booking.needs.all()] == ["No nuts"]
    assert OwnAnswer.objects.get(booking=booking).value == "yes"


def test_details_without_a_name_are_refused_beside_the_field() -> None:
    booking = book_one(bookable())

    html = send("details", booking, name="", kind="officer", language="en").content.decode()

    assert "Enter a name" in html
    assert "<title>Error:" in html


def test_changes_of_what_has_ended_lead_back() -> None:
    date = bookable()
    another(date)
    booking = book_one(date)
    changing.cancel(booking)

    for name in ("workshops", "moves", "hand-over", "details"):
        assert CLIENT.get(address(name, booking))["Location"] == address("manage", booking), name
