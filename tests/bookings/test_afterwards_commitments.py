"""Commitments: noted, changed and taken away by the delegate; and who sees which."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import retention
from bookings.models import Booking, Commitment
from people.models import Member, Membership
from tests import factories
from tests.bookings.been import (
    ORGANISATION,
    PRIVATE,
    PUBLIC,
    address,
    move,
    noted,
    of_date,
    one_who_came,
    told,
)
from tests.factories import member_of

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)
SECRET = "Ring Gwynedd about their leaflet"
GIVEN = {"text": SECRET, "with_whom": "Communications", "visibility": PRIVATE}
KINDS = [PRIVATE, ORGANISATION, PUBLIC]


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


# -- who sees which -----------------------------------------------------------------------------------------------

# Each reader, and the visibilities of which they read the text somewhere.
TABLE = [
    ("nobody", [PUBLIC]),
    ("a member of another organisation", [PUBLIC]),
    ("a colleague", [PUBLIC, ORGANISATION]),
    ("a colleague who is not confirmed", [PUBLIC]),
    ("an organiser of the seminar", [PUBLIC]),
    ("staff", [PUBLIC]),
    ("the delegate, signed in", [PUBLIC, ORGANISATION]),
]


def reader(who: str, booking: Booking) -> Member | None:
    ours = booking.organisation
    assert ours is not None
    if who == "nobody":
        return None
    if who == "staff":
        return factories.MemberFactory(is_staff=True)
    if who == "an organiser of the seminar":
        return member_of(booking.seminar_date.seminar.organisation, "organiser")
    if who == "a member of another organisation":
        return member_of(factories.OrganisationFactory(), "editor")
    found = member_of(ours, "contributor")
    if who == "a colleague who is not confirmed":
        Membership.objects.filter(member=found).update(confirmed_at=None)
    if who == "the delegate, signed in":
        Booking.objects.filter(pk=booking.pk).update(member=found)
    return found


def everything(member: Member | None, booking: Booking) -> str:
    """All pages that might show it; those that answer with anything but a page say nothing."""
    date, client = booking.seminar_date, Client()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = [
        reverse("bookings:impact", args=[date.seminar.slug]),
        reverse("bookings:impact-overall"),
        reverse("bookings:shared-commitments"),
        reverse("bookings:my-seminars"),
        date.seminar.get_absolute_url(),
        date.get_absolute_url(),
        reverse("people:desk"),
        *(
            of_date(name, date)
            for name in ("organise-bookings", "organise-list", "organise-feedback", "feedback-comments")
        ),
        of_date("organise-booking", date, booking.pk),
    ]
    told_all = []
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 200:
            told_all.append(answer.content.decode())
    assert told_all
    export = client.get(of_date("feedback-export", date))
    if export.status_code == 200:
        told_all.append(b"".join(export.streaming_content).decode())  # type: ignore[attr-defined]
    return " ".join(told_all)


@pytest.mark.parametrize(("who", "seen"), TABLE, ids=[who for who, _seen in TABLE])
def test_who_sees_which_commitment(who: str, seen: list[str]) -> None:
    booking = one_who_came(organisation=factories.OrganisationFactory(), name="Angharad Unmistakable")
    for kind in KINDS:
        told(noted(booking, f"The {kind} step", kind), "stopped", f"why the {kind} one stopped")
    assert all(f"The {kind} step" in read(booking) for kind in KINDS), "there is something to leak"

    pages = everything(reader(who, booking), booking)

    for kind in KINDS:
        for words in (f"The {kind} step", f"why the {kind} one stopped"):
            assert (words in pages) == (kind in seen), words


def test_a_public_one_names_the_organisation_and_never_the_person() -> None:
    booking = one_who_came(
        organisation=factories.OrganisationFactory(name_en="Ynys Council"), name="Angharad Unmistakable"
    )
    noted(booking, "The public step", PUBLIC)

    for page in (
        reverse("bookings:impact", args=[booking.seminar_date.seminar.slug]),
        reverse("bookings:impact-overall"),
    ):
        html = CLIENT.get(page).content.decode()
        assert "The public step" in html
        assert "Ynys Council" in html
        for private in ("Angharad", booking.email, booking.code, booking.later_token, booking.token):
            assert private not in html


def test_an_organiser_takes_a_public_one_off_the_pages_and_the_delegate_keeps_it() -> None:
    booking = one_who_came()
    shown, private = noted(booking, "Rude words", PUBLIC), noted(booking, "Mine", PRIVATE)
    client = Client()
    client.force_login(
        member_of(booking.seminar_date.seminar.organisation, "organiser"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    for one in (shown, private):
        assert client.post(of_date("commitment-hiding", booking.seminar_date, one.pk)).status_code == 302

    assert set(Commitment.objects.values_list("visibility", flat=True)) == {PRIVATE}
    assert "Rude words" not in CLIENT.get(reverse("bookings:impact-overall")).content.decode()
    assert "Rude words" in read(booking)


def test_once_the_booking_has_no_name_only_public_words_are_left() -> None:
    body = factories.OrganisationFactory()
    booking = one_who_came(organisation=body)
    for kind in KINDS:
        noted(booking, f"The {kind} step", kind)
    colleague = member_of(body, "contributor")
    assert Commitment.objects.shared_with(colleague).count() == 2

    retention.anonymise([booking])

    assert [one.text for one in Commitment.objects.all()] == ["The public step"]
    assert not Commitment.objects.shared_with(colleague).exists()
    assert Commitment.objects.public().count() == 1


def test_drafts_show_nothing_publicly() -> None:
    booking = one_who_came()
    noted(booking, "The public step", PUBLIC)
    type(booking.seminar_date.seminar).objects.update(state="draft")

    assert not Commitment.objects.public().exists()
    assert CLIENT.get(reverse("bookings:impact", args=[booking.seminar_date.seminar.slug])).status_code == 404
