"""A member's seminars, and what they take away of them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from bookings import changing, mine, moving
from bookings.models import Booking, OwnAnswer, OwnQuestion
from people.models import Member
from people.mydata import everything_about
from seminars.models import SeminarDate
from tests.bookings.been import address, came, move
from tests.bookings.ground import book_one, bookable, person, workshops

pytestmark = pytest.mark.django_db


def confirm(member: Member, address: str, *, verified: bool = True) -> None:
    EmailAddress.objects.create(user=member, email=address, verified=verified)


def seminars(member: Member, client_of: Any) -> str:
    answer = client_of(member).get(reverse("bookings:my-seminars"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_my_seminars_lead_to_each_booking(councillor: Member, client_of: Any) -> None:
    date = bookable(1)
    coming = book_one(date, person(member=councillor))
    full = bookable(1)
    book_one(full)
    waits = book_one(full, person(member=councillor))
    ended = book_one(bookable(), person(member=councillor))
    changing.cancel(ended)
    other = book_one(bookable())

    html = seminars(councillor, client_of)

    for heading in ("Coming", "Not sure yet", "Ended"):
        assert heading in html
    for booking in (coming, waits, ended):
        assert reverse("bookings:manage", args=[booking.token]) in html
    assert other.token not in html


@pytest.mark.parametrize("lookalike", ["mair@bódy.example", "máir@body.example", "mair@ｂｏｄｙ.éxample"])
def test_who_confirms_an_address_that_only_looks_like_anothers_owns_nothing_of_theirs(
    councillor: Member, client_of: Any, lookalike: str
) -> None:
    """Such a domain can be registered by anybody: its mailbox proves nothing about the one without the accent."""
    booking = book_one(bookable(), person(email="mair@body.example"))
    confirm(councillor, lookalike)

    assert booking.token not in seminars(councillor, client_of)
    assert Booking.objects.get().member is None
    assert not mine.export(councillor)


def test_my_seminars_of_the_past_lead_to_feedback_while_it_is_taken_and_to_what_i_will_do(
    councillor: Member, client_of: Any
) -> None:
    booking = came(1, member=councillor, state="confirmed")[0]
    feedback, commitments = address("feedback", booking), address("commitments", booking)
    html = seminars(councillor, client_of)
    assert (feedback in html, commitments in html) == (True, True)

    Booking.objects.update(feedback_at=timezone.now())
    html = seminars(councillor, client_of)
    assert (feedback in html, commitments in html) == (False, True)

    Booking.objects.update(feedback_at=None)
    move(booking.seminar_date, 70)
    html = seminars(councillor, client_of)
    assert (feedback in html, commitments in html) == (False, True)

    Booking.objects.update(state="no show")
    html = seminars(councillor, client_of)
    assert (feedback in html, commitments in html) == (False, False)


def test_my_seminars_of_the_past_lead_to_the_public_page_once_the_link_has_ended(
    councillor: Member, client_of: Any
) -> None:
    booking = book_one(bookable(), person(member=councillor))
    end = timezone.now() - timedelta(days=8)
    SeminarDate.objects.update(starts_at=end - timedelta(hours=1), ends_at=end)

    html = seminars(councillor, client_of)

    assert booking.token not in html
    assert booking.seminar_date.get_absolute_url() in html


def test_my_seminars_are_empty_in_words(councillor: Member, client_of: Any) -> None:
    assert "You have booked nothing yet." in seminars(councillor, client_of)


def test_my_seminars_need_an_account(client: Any) -> None:
    assert client.get(reverse("bookings:my-seminars")).status_code == 302


def test_my_seminars_include_what_was_booked_with_a_confirmed_address(
    councillor: Member, colleague: Member, client_of: Any
) -> None:
    booking = book_one(bookable(), person(email="Ceri@Council.example"))
    confirm(colleague, "ceri@council.example", verified=False)
    assert booking.token not in seminars(colleague, client_of)

    confirm(councillor, "ceri@council.example")
    assert booking.token in seminars(councillor, client_of)

    booking.refresh_from_db()
    assert booking.member == councillor


def test_my_seminars_do_not_include_what_was_handed_over(councillor: Member, client_of: Any) -> None:
    confirm(councillor, councillor.email)
    booking = book_one(bookable(), person(email=councillor.email))
    mine.claim(councillor)
    moving.hand_over(booking, person("Nia", email="nia@body.example"))
    booking.refresh_from_db()

    html = seminars(councillor, client_of)

    assert booking.token not in html
    assert not mine.of(councillor).exists()


def test_my_seminars_take_the_same_queries_for_one_and_for_many(
    councillor: Member, client_of: Any, django_assert_num_queries: Any
) -> None:
    client = client_of(councillor)
    book_one(bookable(), person(member=councillor))
    client.get(reverse("bookings:my-seminars"))
    with django_assert_num_queries(6):
        client.get(reverse("bookings:my-seminars"))
    for _number in range(20):
        book_one(bookable(), person(member=councillor, email=councillor.email))
    with django_assert_num_queries(6):
        client.get(reverse("bookings:my-seminars"))


def test_desk_shows_the_next_seminars_and_how_many_wait(councillor: Member, client_of: Any) -> None:
    confirm(councillor, councillor.email)
    booking = book_one(bookable(), person(email=councillor.email))
    for _number in range(2):
        full = bookable(1)
        book_one(full)
        book_one(full, person(member=councillor))

    html = client_of(councillor).get(reverse("people:desk")).content.decode()

    assert reverse("bookings:manage", args=[booking.token]) in html
    assert "You wait for 2 more." in html
    assert reverse("bookings:my-seminars") in html


def test_my_data_leaves_out_letters_to_who_had_the_booking_before(councillor: Member) -> None:
    confirm(councillor, councillor.email)
    booking = book_one(bookable(), person("Before Me", email="before@body.example"))
    moving.hand_over(booking, person("Ceri", email=councillor.email))
    assert {letter.to for letter in booking.deliveries.all()} == {"before@body.example", councillor.email}

    told = json.dumps(everything_about(councillor), default=str, ensure_ascii=False)

    assert booking.code in told
    assert "before@body.example" not in told


def test_my_data_holds_bookings_with_needs_and_answers_and_no_secret(councillor: Member) -> None:
    date = bookable(5)
    question = OwnQuestion.objects.create(seminar_date=date, text_en="Which bus?")
    (run,) = workshops(date, 5)
    booking = book_one(
        date,
        person(member=councillor, access="A hearing loop", answers={question.pk: "The T2"}),
        runs=[run],
        booked_by_name="Secretary",
        booked_by_email="secretary@council.example",
    )
    other = book_one(date, person("Somebody Else", email="else@body.example", access="Another need"))
    assert OwnAnswer.objects.get().booking == booking

    told = json.dumps(everything_about(councillor), default=str, ensure_ascii=False)

    for own in (booking.code, "A hearing loop", "The T2", str(run)):
        assert own in told
    secrets = [
        booking.token, booking.later_token, booking.nonce, booking.token_hash, booking.later_hash,
        "secretary@council.example", "Somebody Else", "else@body.example", "Another need", other.code,
    ]  # fmt: skip
    assert [secret for secret in secrets if secret in told] == []
    assert Booking.objects.filter(member=councillor).count() == 1
