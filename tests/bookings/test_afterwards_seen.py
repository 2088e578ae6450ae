"""Who sees which commitment, and what came of it: a table of readers, and every page that might show one."""

import pytest
from django.test import Client
from django.urls import reverse

from bookings import retention
from bookings.models import Booking, Commitment
from people.models import Member, Membership
from tests import factories
from tests.bookings.been import ORGANISATION, PRIVATE, PUBLIC, address, noted, of_date, one_who_came, told
from tests.factories import member_of

pytestmark = pytest.mark.django_db
CLIENT = Client(enforce_csrf_checks=True)
KINDS = [PRIVATE, ORGANISATION, PUBLIC]


def read(booking: Booking) -> str:
    return CLIENT.get(address("commitments", booking)).content.decode()


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
