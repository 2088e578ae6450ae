"""Letters tell nobody what is another’s: of colleagues, joining links, commitments, needs."""

import pytest
from django.utils import timezone

from bookings import letters, moving, taking
from bookings.models import Booking, Commitment, Delivery, LetterTemplate
from tests.bookings import ground
from tests.bookings.test_letters import html, letter

pytestmark = pytest.mark.django_db
Kind = Delivery.Kind


def test_a_letter_to_who_booked_says_for_whom():
    date = ground.bookable()
    (booking,) = ground.book(
        date, taking.Person("Bob"), booked_by_name="Ann", booked_by_email="ann@body.example"
    )

    mail = letter(booking, Kind.CONFIRMATION)

    assert mail.to == ["ann@body.example"]
    assert "You get this letter because you booked for Bob." in mail.body
    assert "You get this letter because you booked for Bob." in html(mail)


def test_who_handed_over_learns_nothing_of_who_has_it_now():
    date = ground.bookable()
    booking = ground.book_one(date, ground.person("Old Owner"))
    Delivery.objects.all().delete()

    moving.hand_over(booking, ground.person("New Owner", email="new@body.example"))

    new = Booking.objects.get(pk=booking.pk)
    old = Delivery.objects.get(kind=Kind.HANDED_OVER)
    # Even where organisers ask for it.
    LetterTemplate.objects.create(
        organisation=date.seminar.organisation, kind=Kind.HANDED_OVER, subject_en="{name}", body_en="A {name}\n\nB {manage_link}\n\nC"
    )  # fmt: skip
    whole = letters.compose(old).message().as_string()
    assert whole.count(f"mailto:{booking.email}") == 1
    for secret in ("New Owner", "new@body", new.token, new.code, new.name):
        assert secret not in whole


def test_the_joining_link_is_for_confirmed_delegates_who_take_part_online():
    date = ground.bookable(1, online=1, date={"joining_link": "https://meet.example/1"})
    confirmed = ground.book_one(date, attendance="online")
    waiting = ground.book_one(date, attendance="online")
    here = ground.book_one(date)
    LetterTemplate.objects.create(
        organisation=date.seminar.organisation, kind=Kind.CHANGE, subject_en="x", body_en="Join {joining_link}\n\nEnd"
    )  # fmt: skip

    assert "https://meet.example/1" in letter(confirmed, Kind.JOINING).body
    assert "https://meet.example/1" in letter(confirmed, Kind.CHANGE).body
    assert "meet.example" not in letter(waiting, Kind.CHANGE).message().as_string()
    assert "meet.example" not in letter(here, Kind.CHANGE).message().as_string()


def test_a_follow_up_quotes_the_commitment_and_no_other_bookings():
    date = ground.bookable()
    booking, other = ground.book_one(date), ground.book_one(date)
    mine = Commitment.objects.create(booking=booking, text="Ring ten people a week")
    review = mine.reviews.create(months=3, due_on=timezone.localdate())

    assert "> Ring ten people a week" in letter(booking, Kind.FOLLOW_UP, detail={"review": review.pk}).body
    assert letter(other, Kind.FOLLOW_UP, detail={"review": review.pk}) is None


def test_no_letter_holds_a_need_or_another_delegate():
    date = ground.bookable(5)
    other = ground.book_one(date, ground.person("Other Person", access="a ramp"))
    booking = ground.book_one(date, ground.person(access="step-free", dietary="no nuts"))
    assert booking.needs.count() == 2

    for kind in (Kind.CONFIRMATION, Kind.CHANGE, Kind.REMINDER, Kind.JOINING, Kind.LINK, Kind.THANKS):
        whole = letter(booking, kind).message().as_string()
        for secret in (
            "step-free",
            "no nuts",
            "a ramp",
            "Other Person",
            other.email,
            other.token,
            other.code,
        ):
            assert secret not in whole


def test_a_delegates_name_can_neither_mark_up_nor_add_a_header():
    name = '<img src=x onerror=y> "[a](https://bad.example)\r\nBcc: all@bad.example {manage_link}'
    booking = ground.book_one(ground.bookable(), ground.person(name))

    mail = letter(booking, Kind.CONFIRMATION, calendar="REQUEST")

    message = mail.message()
    assert message["Bcc"] is None
    assert "<img src=x" not in html(mail)
    assert 'href="https://bad.example' not in html(mail)
    assert html(mail).count(booking.token) == 1
