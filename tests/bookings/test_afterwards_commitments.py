"""Commitments: noted, changed and taken away by the delegate."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Booking, Commitment
from tests.bookings.been import (
    ORGANISATION,
    PRIVATE,
    address,
    move,
    noted,
    one_who_came,
)

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)
SECRET = "Ring Gwynedd about their leaflet"
GIVEN = {"text": SECRET, "with_whom": "Communications", "visibility": PRIVATE}


def note(booking: Booking, **more: Any) -> Any:
    return CLIENT.post(address("commitments", booking), {**GIVEN, **more})


def read(booking: Booking) -> str:
    return CLIENT.get(address("commitments", booking)).content.decode()


def test_a_commitment_is_noted_with_its_three_questions() -> None:
    booking = one_who_came()
    by = timezone.localdate() + timedelta(days=40)

    answer = note(booking, by_when_0=by.day, by_when_1=by.month, by_when_2=by.year)

    assert answer.status_code == 302
    kept = Commitment.objects.get()
    assert (kept.text, kept.by_when, kept.with_whom, kept.visibility) == (
        SECRET,
        by,
        "Communications",
        PRIVATE,
    )
    assert [review.months for review in kept.reviews.all()] == [3, 6, 12]
    assert SECRET in CLIENT.get(answer["Location"]).content.decode()


def test_a_double_click_notes_it_once_and_another_text_another_time() -> None:
    booking = one_who_came()

    for text in ("One", "One", "Two"):
        note(booking, text=text)

    assert sorted(Commitment.objects.values_list("text", flat=True)) == ["One", "Two"]


def test_what_is_wrong_is_said_and_nothing_is_kept() -> None:
    booking = one_who_came()
    yesterday = timezone.localdate() - timedelta(days=1)
    past = {"by_when_0": yesterday.day, "by_when_1": yesterday.month, "by_when_2": yesterday.year}

    assert "Choose a day that is still to come" in note(booking, **past).content.decode()
    assert "What will you do next?" in note(booking, text="").content.decode()
    noted(booking, "Ring Powys")
    page = note(booking, text="").content.decode()
    assert page.index("There is a problem") < page.index("Ring Powys"), "whoever has no script sees it first"
    Commitment.objects.all().delete()
    # Of no organisation that the exchange knows, there is nobody to share it with.
    assert note(booking, visibility=ORGANISATION).status_code == 200
    assert not Commitment.objects.exists()


def test_no_more_than_twenty_are_noted() -> None:
    booking = one_who_came()
    for number in range(20):
        noted(booking, f"Step {number}")

    assert "take one away first" in note(booking).content.decode()
    assert booking.commitments.count() == 20


def test_new_ones_are_taken_for_three_months_and_the_old_ones_stay() -> None:
    booking = one_who_came()
    noted(booking)
    move(booking.seminar_date, 100)

    assert "three months" in read(booking)
    assert note(booking).status_code == 403
    assert "Ring Gwynedd" in read(booking)


def test_the_delegate_changes_and_takes_away_their_own_and_nobody_elses() -> None:
    booking, other = one_who_came(), one_who_came()
    mine, theirs = noted(booking), noted(other)

    changed = CLIENT.post(address("commitment", booking, mine.pk), {**GIVEN, "text": "Something else"})
    assert changed.status_code == 302
    assert booking.commitments.get().text == "Something else"

    for name in ("commitment", "commitment-removal"):
        assert CLIENT.get(address(name, booking, theirs.pk)).status_code == 404
        assert CLIENT.post(address(name, booking, theirs.pk), GIVEN).status_code == 404
    review = theirs.reviews.get(months=3)
    assert CLIENT.post(address("follow-up", booking, review.pk), {"outcome": "done"}).status_code == 404

    assert CLIENT.post(address("commitment-removal", booking, mine.pk)).status_code == 302
    assert [one.pk for one in Commitment.objects.all()] == [theirs.pk]


def test_who_did_not_come_notes_nothing() -> None:
    booking = one_who_came(state="no show")

    assert note(booking).status_code == 403
    assert not Commitment.objects.exists()
