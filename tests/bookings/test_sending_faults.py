"""Mail servers that hang, hang up or turn us away: nothing is lost, nobody else's letter waits, and organisers read why."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import sending
from bookings.models import Delivery
from people.models import Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, bookable, person
from tests.rude_server import RudeServer

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[RudeServer]:
    monkeypatch.setattr(sending, "PATIENCE", 0.3)
    found = RudeServer()
    found.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    yield found
    found.stop()


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(20, seminar=factories.SeminarFactory(organisation=organisation))


def letters(date: SeminarDate, number: int) -> list[Delivery]:
    for each in range(number):
        book(date, person(email=f"delegate{each}@body.example"))
    return list(Delivery.objects.order_by("pk"))


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "attempts", "error"))


def an_hour_passes() -> None:
    Delivery.objects.filter(state=State.DUE).update(due_at=timezone.now())


def test_server_that_hangs_up_instead_of_saying_yes_gets_the_letter_again_as_the_same(
    server: RudeServer, date: SeminarDate
) -> None:
    first, second = letters(date, 2)
    server.ends = ["hang up"]

    assert sending.send_due() == 1
    assert states() == [(State.DUE, 1, "unreachable"), (State.SENT, 1, "")]
    an_hour_passes()
    assert sending.send_due() == 1

    # A mail program shows both copies as one: they have one Message-ID.
    assert server.ids() == {sending.message_id(first): 2, sending.message_id(second): 1}
    assert states() == [(State.SENT, 2, ""), (State.SENT, 1, "")]


def test_server_that_says_nothing_after_a_letter_is_waited_for_no_longer_than_our_patience(
    server: RudeServer, date: SeminarDate
) -> None:
    first, _second = letters(date, 2)
    server.ends = ["silence"]

    began = time.monotonic()
    assert sending.send_due() == 1

    assert time.monotonic() - began < 5
    assert states() == [(State.DUE, 1, "unreachable"), (State.SENT, 1, "")]
    an_hour_passes()
    assert sending.send_due() == 1
    assert server.ids()[sending.message_id(first)] == 2


def test_server_that_does_not_even_greet_costs_few_letters_an_attempt(
    server: RudeServer, date: SeminarDate
) -> None:
    letters(date, sending.MOST_TROUBLE + 3)
    server.greetings = ["silence"] * sending.MOST_TROUBLE

    assert sending.send_due() == 0

    tried, untouched = (State.DUE, 1, "unreachable"), (State.DUE, 0, "")
    assert states() == [tried] * sending.MOST_TROUBLE + [untouched] * 3
    an_hour_passes()
    assert sending.send_due() == sending.MOST_TROUBLE + 3
    assert max(server.ids().values()) == 1


def test_later_is_no_for_now_and_yes_the_next_time(server: RudeServer, date: SeminarDate) -> None:
    letters(date, 2)
    server.ends = ["451 4.7.1 Greylisted, come back later", "250 OK"]

    assert sending.send_due() == 1
    assert states() == [(State.DUE, 1, "put off: 451 4.7.1"), (State.SENT, 1, "")]
    an_hour_passes()

    assert sending.send_due() == 1
    assert states() == [(State.SENT, 2, ""), (State.SENT, 1, "")]


def test_server_that_takes_no_password_of_ours_is_not_asked_for_every_letter(
    server: RudeServer, date: SeminarDate, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Mail providers shut out who tries a wrong password again and again."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "exchange", "wrong"
    letters(date, 10)
    server.answer_to_login = "535 5.7.8 Error: authentication failed"

    assert sending.send_due() == 0

    assert server.logins == sending.MOST_TROUBLE
    assert states()[0] == (State.DUE, 1, "turned away: 535 5.7.8")
    assert states()[-1] == (State.DUE, 0, "")
    assert "does not let us in" in caplog.text


def test_organisers_read_that_the_server_was_away_and_send_the_letter_again(
    server: RudeServer, date: SeminarDate, client_of: Any, organiser: Member
) -> None:
    [letter] = letters(date, 1)
    server.ends = ["silence"] * (len(sending.PAUSES) + 1)
    for _attempt in server.ends[:]:
        sending.send_due()
        an_hour_passes()
    assert states() == [(State.FAILED, 6, "unreachable")]
    address = reverse("bookings:organise-letters", args=[date.seminar.slug, date.slug])

    page = client_of(organiser).get(address).content.decode()
    assert "The mail server could not be reached." in page
    assert "Tried 6 times." in page
    again = reverse("bookings:organise-letter-repetition", args=[date.seminar.slug, date.slug, letter.pk])
    client_of(organiser).post(again)

    assert sending.send_due() == 1
    assert states() == [(State.SENT, 1, "")]
