"""What organisers do to a booking, and what the pages refuse."""

from typing import Any

import pytest
from django.test import Client

from bookings import outbox
from bookings.models import Booking, BookingRules, Delivery
from people.models import AuditEvent, Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, book_one, bookable, person, states, workshops
from tests.bookings.test_organising import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(1, seminar=factories.SeminarFactory(organisation=organisation))


@pytest.fixture
def desk(client_of: Any, organiser: Member) -> Client:
    return client_of(organiser)


def letters(booking: Booking) -> list[str]:
    return list(booking.deliveries.order_by("pk").values_list("kind", flat=True))


def test_approval_confirms_and_is_refused_where_every_place_is_taken(desk: Client, date: SeminarDate) -> None:
    BookingRules.objects.update(needs_approval=True)
    first, second = book_one(date), book_one(date)

    assert b"Approve the request of" in desk.get(address(date, f"{first.pk}/approval/")).content
    desk.post(address(date, f"{first.pk}/approval/"))
    answer = desk.post(address(date, f"{second.pk}/approval/"), follow=True)

    assert states(first, second) == ["confirmed", "requested"]
    assert "Every place is taken" in answer.content.decode()


def test_refusal_asks_for_a_reason_that_they_read(desk: Client, date: SeminarDate) -> None:
    BookingRules.objects.update(needs_approval=True)
    booking = book_one(date)
    page = address(date, f"{booking.pk}/refusal/")

    assert "Give a reason" in desk.post(page, {"reason": " "}).content.decode()
    assert states(booking) == ["requested"]
    desk.post(page, {"reason": "It is for councillors"})

    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("declined", "It is for councillors")
    assert letters(booking) == ["requested", "declined"]


def test_requests_are_settled_several_at_once_after_asking(desk: Client, date: SeminarDate) -> None:
    BookingRules.objects.update(needs_approval=True)
    one, two, three = (book_one(date) for _each in range(3))
    page = address(date, "requests/")

    asked = desk.post(page, {"do": "decline", "booking": [one.pk, two.pk]}).content.decode()
    assert "Decline 2 requests?" in asked
    assert one.name in asked
    assert three.name not in asked
    assert states(one, two) == ["requested", "requested"]
    desk.post(page, {"do": "decline", "booking": [one.pk, two.pk], "sure": "1", "reason": "Full"})
    desk.post(page, {"do": "approve", "booking": [three.pk], "sure": "1"})

    assert states(one, two, three) == ["declined", "declined", "confirmed"]
    assert "Choose at least one" in desk.post(page, {"do": "approve"}, follow=True).content.decode()


def test_all_requests_of_a_page_are_chosen_by_a_link_and_free_places_stand_above_them(
    desk: Client, date: SeminarDate
) -> None:
    BookingRules.objects.update(needs_approval=True)
    asking = [book_one(date) for _each in range(3)]
    free = date.pools.get().free

    page = desk.get(address(date, "requests/")).content.decode()
    assert f"{free} place" in page.split("<fieldset")[0]
    assert page.count(" checked") == 0
    assert address(date, f"{asking[0].pk}/") in page
    assert 'href="?all=1"' in page
    assert desk.get(address(date, "requests/?all=1")).content.decode().count(" checked") == 3
    assert states(*asking) == ["requested"] * 3


def test_requests_of_another_date_are_left_alone(desk: Client, date: SeminarDate) -> None:
    other = book_one(bookable(1, needs_approval=True))

    desk.post(address(date, "requests/"), {"do": "approve", "booking": [other.pk], "sure": "1"})

    assert states(other) == ["requested"]


def test_priority_offers_the_next_place_and_can_be_taken_back(desk: Client, date: SeminarDate) -> None:
    taken, first, second = (book_one(date) for _each in range(3))

    desk.post(address(date, f"{second.pk}/priority/"), {"reason": "She speaks"})
    second.refresh_from_db()
    assert (second.priority, second.priority_reason) == (1, "She speaks")
    desk.post(address(date, f"{second.pk}/priority/removal/"))
    desk.post(address(date, f"{taken.pk}/cancellation/"), {"reason": "A mistake"})

    assert states(taken, first, second) == ["cancelled", "offered", "waiting"]


def test_split_lets_a_group_come_one_by_one(desk: Client, date: SeminarDate) -> None:
    date.pools.update(capacity=2)
    book_one(date)
    group = book(date, person(), person(), is_whole=True)

    desk.post(address(date, f"{group[0].pk}/split/"))

    assert states(*group) == ["offered", "waiting"]


def test_cancellation_tells_the_delegate_why(desk: Client, date: SeminarDate) -> None:
    booking = book_one(date)

    assert desk.post(address(date, f"{booking.pk}/cancellation/"), {}).status_code == 200
    assert states(booking) == ["confirmed"]
    desk.post(address(date, f"{booking.pk}/cancellation/"), {"reason": "You asked by telephone"})

    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("cancelled", "You asked by telephone")
    event = AuditEvent.objects.get(verb="booking-cancelled")
    assert event.actor_name == "Owain Organiser"


def test_move_to_another_date_of_the_seminar_and_to_nowhere(desk: Client, date: SeminarDate) -> None:
    booking = book_one(date)
    page = address(date, f"{booking.pk}/move/")
    assert "There is no other date" in desk.get(page).content.decode()
    other = bookable(1, seminar=date.seminar)
    elsewhere = bookable(1)

    assert desk.post(page, {"to": elsewhere.pools.get().pk}).status_code == 200
    assert desk.post(page, {}).status_code == 200
    answer = desk.post(page, {"to": other.pools.get().pk})

    moved = Booking.objects.get(seminar_date=other)
    assert states(booking, moved) == ["cancelled", "confirmed"]
    assert answer["Location"] == address(other, f"{moved.pk}/")


def test_no_way_is_offered_in_which_a_date_is_not_held_any_more(
    desk: Client, organisation: Organisation
) -> None:
    date = bookable(2, online=5, seminar=factories.SeminarFactory(organisation=organisation))
    booking = book_one(date)
    pages = [address(date, "new/"), address(date, f"{booking.pk}/move/")]
    assert all("Online (5 places free)" in desk.get(page).content.decode() for page in pages)

    SeminarDate.objects.filter(pk=date.pk).update(attendance="in person")

    assert not any("Online (" in desk.get(page).content.decode() for page in pages)


def test_workshops_are_changed_for_them(desk: Client, date: SeminarDate) -> None:
    one, two = workshops(date, 5, 5)
    booking = book_one(date, runs=[one])

    desk.post(address(date, f"{booking.pk}/workshops/"), {f"slot_{one.slot_id}": two.pk})

    assert list(booking.places.values_list("run", "state")) == [(two.pk, "confirmed")]
    assert desk.post(address(date, f"{booking.pk}/workshops/"), {f"slot_{one.slot_id}": 9}).status_code == 200


def test_workshops_are_spoken_of_to_the_organiser_and_not_as_if_they_were_theirs(
    desk: Client, date: SeminarDate
) -> None:
    one, two = workshops(date, 1, 1)
    date.pools.update(capacity=3)
    booking = book_one(date, runs=[one])
    book_one(date, runs=[two])

    for path in (f"{booking.pk}/workshops/", "new/"):
        page = desk.get(address(date, path)).content.decode()
        assert "full: they would be first in its queue" in page
        assert "None, they would rather wait" in page
        assert "you " not in page.split("Which workshop?")[1].split("</fieldset>")[0]
    assert "they have a place" in desk.get(address(date, f"{booking.pk}/workshops/")).content.decode()


def test_details_at_another_address_make_the_old_link_void(
    desk: Client, date: SeminarDate, organisation: Organisation
) -> None:
    booking = book_one(date, person("Mair", email="mair@wrong.example"))
    old = booking.token
    given = {
        "name": "Mair Owen",
        "email": "mair@right.example",
        "body": "cyngor gwynedd",
        "kind": "councillor",
        "language": "cy",
    }

    desk.post(address(date, f"{booking.pk}/details/"), given)

    booking.refresh_from_db()
    assert (booking.name, booking.organisation, booking.kind) == ("Mair Owen", organisation, "councillor")
    assert not Booking.objects.by_token(old).exists()
    due = Delivery.objects.filter(state="due").values_list("kind", "to")
    assert list(due) == [("confirmation", "mair@right.example")]
    event = AuditEvent.objects.get(verb="details-changed")
    assert "mair@" not in str(event.detail)
    assert "Mair" not in f"{event.detail}{event.object_label}"


def test_what_has_not_gone_yet_goes_to_the_address_that_was_put_right(
    desk: Client, date: SeminarDate
) -> None:
    """It would be dropped otherwise, and is written only once: nobody would ask them for feedback."""
    booking = book_one(date, person("Mair", email="mair@wrong.example"))
    outbox.write("thanks", [booking], once="thanks")
    given = {"name": "Mair", "email": "mair@right.example", "body": "", "kind": "officer", "language": "cy"}

    desk.post(address(date, f"{booking.pk}/details/"), given)

    found = Delivery.objects.filter(booking=booking).exclude(state="dropped").order_by("pk")
    assert list(found.values_list("kind", "to", "language")) == [
        ("thanks", "mair@right.example", "cy"),
        ("confirmation", "mair@right.example", "cy"),
    ]


def test_details_refuse_the_address_of_another_booking(desk: Client, date: SeminarDate) -> None:
    first, second = book_one(date, person(email="a@body.example")), book_one(date)
    given = {"name": "B", "email": "A@body.example", "body": "", "kind": "officer", "language": "en"}

    answer = desk.post(address(date, f"{second.pk}/details/"), given)

    assert "another booking with this e-mail address" in answer.content.decode()
    assert 'value="A@body.example"' in answer.content.decode()
    assert first.email_folded == "a@body.example"


def test_letter_goes_again_once_however_often_it_is_clicked(desk: Client, date: SeminarDate) -> None:
    booking = book_one(date)

    for _each in range(2):
        desk.post(address(date, f"{booking.pk}/letter/"))
    assert letters(booking) == ["confirmation", "confirmation"]
    Booking.objects.filter(pk=booking.pk).update(state="cancelled")
    date.pools.update(taken=0)
    answer = desk.post(address(date, f"{booking.pk}/letter/"), follow=True)
    assert "nothing to send" in answer.content.decode()


def test_book_for_somebody_before_booking_opens(desk: Client, date: SeminarDate) -> None:
    SeminarDate.objects.filter(pk=date.pk).update(booking_opens_at=date.starts_at)
    (run,) = workshops(date, 3)
    given = {
        "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "name": "Siân", "email": "sian@body.example", "body": "A charity",
        "kind": "third sector", "language": "cy", "attendance": "in person", "dietary": "Vegan", f"slot_{run.slot_id}": run.pk,
    }  # fmt: skip

    answers = [desk.post(address(date, "new/"), given) for _each in "12"]

    booking = Booking.objects.get()
    assert {answer["Location"] for answer in answers} == {address(date, f"{booking.pk}/")}
    assert (booking.state, booking.organisation_name, booking.language) == ("confirmed", "A charity", "cy")
    assert booking.needs.get().text == "Vegan"
    assert booking.places.get().run == run
    assert AuditEvent.objects.filter(verb="booked-for").count() == 1


def test_book_for_somebody_keeps_what_was_typed(desk: Client, date: SeminarDate) -> None:
    page = desk.post(address(date, "new/"), {"name": "Siân", "email": "not an address"}).content.decode()

    assert "Enter an e-mail address, like" in page
    assert 'value="Siân"' in page
    assert not Booking.objects.exists()
