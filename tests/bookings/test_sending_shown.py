"""Organisers see what could not be sent, and send it again."""

from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from bookings import moving, sending
from bookings.models import Booking, BouncedAddress, Delivery
from people.models import AuditEvent, Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, bookable, person
from tests.sink import Sink

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(200, seminar=factories.SeminarFactory(organisation=organisation))


def letters(date: SeminarDate, number: int, **fields: Any) -> list[Delivery]:
    known = list(Delivery.objects.values_list("pk", flat=True))
    for each in range(number):
        book(date, person(email=f"delegate{len(known) + each}@body.example"))
    Delivery.objects.exclude(pk__in=known).update(**fields)
    return list(Delivery.objects.exclude(pk__in=known).order_by("pk"))


def address(date: SeminarDate, name: str = "organise-letters", *args: Any) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug, *args])


def test_letters_are_listed_with_why_they_failed(
    client_of: Any, organiser: Member, date: SeminarDate, sink: Sink
) -> None:
    refused, fine = letters(date, 2)
    sink.answers[refused.to] = "550 5.1.1 unknown"
    sending.send_due()

    page = client_of(organiser).get(address(date)).content.decode()

    assert refused.to in page
    assert fine.to in page
    assert "does not exist or takes no mail. (550 5.1.1)" in page
    assert "1 letter could not be sent." in page


@pytest.mark.parametrize("name", ["organise-letters-repetition", "organise-letter-repetition"])
def test_that_a_booking_was_handed_over_is_told_to_who_had_it_however_often_it_failed(
    client_of: Any, organiser: Member, date: SeminarDate, sink: Sink, name: str
) -> None:
    """The colleague who has it now must not read it: it takes the entry out of a calendar."""
    [before] = letters(date, 1, state=State.SENT)
    moving.hand_over(before.booking, person(email="colleague@body.example"))
    sink.answers[before.to] = "450 4.2.1 later"
    sending.send_due()
    Delivery.objects.filter(kind="handed over").update(state=State.FAILED, error="put off: 450 4.2.1")
    sink.answers.clear()
    failed = Delivery.objects.get(kind="handed over")

    given = [] if name == "organise-letters-repetition" else [failed.pk]
    client_of(organiser).post(address(date, name, *given))
    sending.send_due()

    failed.refresh_from_db()
    assert (failed.state, failed.to) == (State.SENT, before.to)


def test_letters_can_be_narrowed_to_a_state(client_of: Any, organiser: Member, date: SeminarDate) -> None:
    [failed] = letters(date, 1, state=State.FAILED)
    [sent] = letters(date, 1, state=State.SENT, sent_at=timezone.now())

    page = client_of(organiser).get(address(date) + "?state=failed").content.decode()

    assert failed.to in page
    assert sent.to not in page


def test_letters_of_a_date_without_any_say_what_will_be_there(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    assert "No letter yet" in client_of(organiser).get(address(date)).content.decode()


def test_letters_are_not_for_others(client_of: Any, outsider: Member, date: SeminarDate) -> None:
    [failed] = letters(date, 1, state=State.FAILED)

    assert client_of(outsider).get(address(date)).status_code == 403
    again = address(date, "organise-letter-repetition", failed.pk)
    assert client_of(outsider).post(again).status_code == 403
    failed.refresh_from_db()
    assert failed.state == State.FAILED


@pytest.mark.parametrize("number", [1, 30])
def test_letters_are_read_in_a_fixed_number_of_queries(
    client_of: Any, organiser: Member, date: SeminarDate, django_assert_num_queries: Any, number: int
) -> None:
    letters(date, number, state=State.FAILED, error="returned: 5.1.1")
    BouncedAddress.objects.create(folded="delegate0@body.example")
    client = client_of(organiser)
    client.get(address(date))

    with django_assert_num_queries(8):
        client.get(address(date))


def test_letter_is_sent_again_to_the_address_that_the_booking_has_now(
    client_of: Any, organiser: Member, date: SeminarDate, sink: Sink
) -> None:
    [failed] = letters(date, 1, state=State.FAILED, error="refused: 550", attempts=1)
    Booking.objects.update(email="right@body.example", email_folded="right@body.example")
    BouncedAddress.objects.create(folded="right@body.example")

    response = client_of(organiser).post(address(date, "organise-letter-repetition", failed.pk))

    assert response.status_code == 302
    assert not BouncedAddress.objects.exists()
    assert sending.send_due() == 1
    assert sink.to() == ["right@body.example"]
    assert "body.example" not in str(AuditEvent.objects.filter(verb="letter-sent-again").values())


def test_letter_that_has_not_failed_is_not_sent_again(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    [sent] = letters(date, 1, state=State.SENT)

    client_of(organiser).post(address(date, "organise-letter-repetition", sent.pk))

    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert not AuditEvent.objects.filter(verb="letter-sent-again").exists()


def test_letter_of_another_date_is_not_found(client_of: Any, organiser: Member, date: SeminarDate) -> None:
    [other] = letters(bookable(), 1, state=State.FAILED)

    again = address(date, "organise-letter-repetition", other.pk)
    assert client_of(organiser).post(again).status_code == 404


def test_all_are_sent_again_but_those_whose_address_is_at_fault(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    letters(date, 2, state=State.FAILED, error="unreachable", attempts=F("attempts") + 6)
    letters(date, 1, state=State.FAILED, error="refused: 550 5.1.1")
    letters(date, 1, state=State.FAILED, error="returned")
    elsewhere = letters(bookable(), 1, state=State.FAILED, error="unreachable")

    client_of(organiser).post(address(date, "organise-letters-repetition"))

    assert Delivery.objects.filter(state=State.DUE, attempts=0).count() == 2
    assert Delivery.objects.get(pk=elsewhere[0].pk).state == State.FAILED
    assert AuditEvent.objects.get(verb="letters-sent-again").detail == {"letters": 2}
