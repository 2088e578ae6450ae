"""The joining page and the list of delegates: for those who come, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import changing
from bookings.models import Booking, CheckIn
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, person

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)
LINK = "https://meet.example.wales/only-for-delegates"
PASSWORD = "The password is teisen"


def address(name: str, booking: Booking) -> str:
    return reverse(f"bookings:{name}", args=[booking.token])


def read(name: str, booking: Booking, **more: Any) -> str:
    return CLIENT.get(address(name, booking), more).content.decode()


def online(minutes: float, capacity: int = 9, **fields: Any) -> SeminarDate:
    """An online date that starts in so many minutes, and takes an hour."""
    date = bookable(0, online=capacity, **fields)
    start = timezone.now() + timedelta(minutes=minutes)
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        joining_link=LINK,
        joining_instructions_en=PASSWORD,
        joining_instructions_cy="Y cyfrinair yw teisen",
    )
    return date


def coming(date: SeminarDate, **fields: Any) -> Booking:
    """Somebody who booked before the date began."""
    booking = book_one(bookable(9), person(**fields))
    Booking.objects.filter(pk=booking.pk).update(seminar_date=date, pool=date.pools.get(attendance="online"))
    type(booking.pool).objects.filter(pk=booking.pool_id).update(taken=0)
    date.pools.filter(attendance="online").update(taken=date.bookings.holding().count())
    booking.refresh_from_db()
    return booking


def every_page(booking: Booking, *more: str) -> str:
    """All but the calendar entry, which those who come have as a letter."""
    names = ("manage", "join", "delegates", "moves", "details", "hand-over", "cancellation", *more)
    answers = [CLIENT.get(address(name, booking)) for name in names]
    answers.append(CLIENT.post(address("join", booking)))
    return " ".join(answer.content.decode() + str(answer.headers) for answer in answers)


@pytest.mark.parametrize("minutes", [29, 0, -59])
def test_join_around_the_time_leads_to_the_meeting_and_notes_it_once(minutes: float) -> None:
    booking = coming(online(minutes))

    html = read("join", booking)
    answers = [CLIENT.post(address("join", booking)) for _number in range(2)]

    assert PASSWORD in html
    assert "Join now" in html
    assert LINK not in html
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (302, LINK)
        assert answer["Referrer-Policy"] == "no-referrer"
    assert [check.way for check in CheckIn.objects.filter(booking=booking)] == ["online"]


def test_join_lets_the_form_lead_to_the_meeting_and_to_nowhere_else() -> None:
    booking = coming(online(10))

    policy = CLIENT.get(address("join", booking))["Content-Security-Policy"]

    assert "form-action 'self' https://meet.example.wales;" in f"{policy};"
    assert "meet.example.wales" not in CLIENT.get(address("manage", booking))["Content-Security-Policy"]


@pytest.mark.parametrize("minutes", [31, 60 * 24, -61])
def test_join_at_another_time_shows_and_does_nothing(minutes: float) -> None:
    booking = coming(online(minutes))

    assert "meet.example.wales" not in every_page(booking)
    assert "teisen" not in every_page(booking)
    assert not CheckIn.objects.exists()


def test_join_says_when_it_opens() -> None:
    booking = coming(online(60 * 24))

    html = read("join", booking)

    assert "This page opens" in html
    assert "how to join stands here" in html


@pytest.mark.parametrize(
    "state", ["requested", "waiting", "offered", "declined", "lapsed", "left", "cancelled", "no show"]
)
def test_join_is_only_for_those_whose_place_is_confirmed(state: str) -> None:
    date = online(10)
    booking = coming(date)
    assert PASSWORD in every_page(booking)  # there is something to keep from the others
    CheckIn.objects.all().delete()
    Booking.objects.filter(pk=booking.pk).update(
        state=state, queued_at=timezone.now(),
        offer_expires_at=timezone.now() + timedelta(hours=1) if state == "offered" else None,
    )  # fmt: skip
    date.pools.filter(attendance="online").update(taken=date.bookings.holding().count())

    assert CLIENT.get(address("join", booking)).status_code == 403
    assert "meet.example.wales" not in every_page(booking, "entry")
    assert "teisen" not in every_page(booking, "entry")
    assert not CheckIn.objects.exists()


def test_join_of_a_cancelled_date_shows_nothing() -> None:
    date = online(10)
    booking = coming(date)
    date.refresh_from_db()
    date.cancel("Ill", by=None)

    assert "teisen" not in every_page(booking)
    assert "This date is cancelled." in read("join", booking)


def test_delegates_are_those_who_agreed_and_come() -> None:
    date = bookable(9)
    body = factories.OrganisationFactory(name_en="Gwynedd Council", name_cy="Cyngor Gwynedd")
    me = book_one(date)
    book_one(
        date,
        person("Nia Agreed", is_on_list=True, organisation=body, email="nia@body.example", access="Lift"),
    )
    book_one(date, person("Huw Silent"))
    changing.cancel(book_one(date, person("Eirlys Gone", is_on_list=True)))
    book_one(bookable(), person("Olwen Elsewhere", is_on_list=True))

    html = read("delegates", me)

    assert "Nia Agreed" in html
    assert "Gwynedd Council" in html
    for hidden in ("Huw Silent", "Eirlys Gone", "Olwen Elsewhere", "nia@body.example", "Lift"):
        assert hidden not in html


def test_delegates_are_found_by_name_and_organisation_whatever_the_accents() -> None:
    date = bookable(9)
    me = book_one(date)
    body = factories.OrganisationFactory(name_en="Gwynedd Council", name_cy="Cyngor Gwynedd")
    book_one(date, person("Siân Ŵyn", is_on_list=True))
    book_one(date, person("Nia", is_on_list=True, organisation=body))
    book_one(date, person("Huw", is_on_list=True, organisation_name="Menter Môn"))

    for words, name in (("sian wyn", "Siân Ŵyn"), ("gwynedd", "Nia"), ("menter", "Huw")):
        html = read("delegates", me, q=words)
        assert name in html, words
        assert "1 delegate" in html
    assert "Nobody on the list has this name" in read("delegates", me, q="nobody")


def test_delegates_only_for_those_who_come_and_where_there_is_a_list() -> None:
    date = bookable(1, has_delegate_list=False)
    me, waiting = book_one(date, person("Nia", is_on_list=True)), book_one(date)

    assert "There is no list" in read("delegates", me)
    assert CLIENT.get(address("delegates", waiting)).status_code == 403
    assert "Nia" not in read("delegates", waiting)


def test_delegates_take_the_same_queries_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    date = bookable(90)
    me = book_one(date, person("Nia", is_on_list=True))
    for number in range(2):
        if number:
            for _other in range(60):
                book_one(date, person(is_on_list=True, organisation=factories.OrganisationFactory()))
        with django_assert_num_queries(3):
            CLIENT.get(address("delegates", me))

    assert 'rel="next"' in read("delegates", me)
