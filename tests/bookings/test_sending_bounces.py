"""Letters that came back: by a notice in a mailbox, or by a webhook behind a secret."""

import json
import mailbox
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings import bounces, sending
from bookings.chores import letters as chores
from bookings.models import BouncedAddress, Delivery
from people.models import AuditEvent
from tests.bookings.ground import book_one, bookable, person

pytestmark = pytest.mark.django_db
SECRET = "a-long-and-random-word"


def sent(address: str = "mair@body.example") -> Delivery:
    book_one(bookable(), person(email=address))
    Delivery.objects.update(state=Delivery.State.SENT)
    return Delivery.objects.get()


def notice(delivery: Delivery, *, status: str = "5.1.1", action: str = "failed", **named: str) -> bytes:
    """As Postfix writes it (RFC 3464), with the headers of the letter as its last part."""
    recipient = named.get("recipient", delivery.to)
    letter = named.get("letter", sending.message_id(delivery))
    return f"""\
From: MAILER-DAEMON@mail.body.example
To: exchange@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.body.example
Arrival-Date: Tue, 15 Jun 2027 09:00:00 +0000

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such person

--b
Content-Type: text/rfc822-headers

Message-ID: {letter}
To: {delivery.to}

--b--
""".encode()


def post(client: Client, body: bytes, secret: str = SECRET, kind: str = "application/json") -> Any:
    return client.generic("POST", f"/bounces/{secret}/", body, content_type=kind)


@pytest.fixture
def hook(settings: Any) -> Client:
    settings.BOUNCE_SECRET = SECRET
    return Client(enforce_csrf_checks=True)


def test_notice_marks_the_address_and_shows_the_letter() -> None:
    delivery = sent()

    assert bounces.note(bounces.of_notification(notice(delivery)), trusted=False) == 1

    assert BouncedAddress.objects.get().folded == "mair@body.example"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (Delivery.State.FAILED, "returned: 5.1.1")


def test_letters_that_come_back_from_a_lookalike_of_an_address_do_not_stop_those_to_it() -> None:
    """Whoever owns `bódy.example` could otherwise keep everybody at `body.example` from hearing of their bookings."""
    letter = sent("mair@bódy.example")
    told = notice(letter, recipient="mair@xn--bdy-gna.example")

    # As mail servers write it, that is the same address.
    assert bounces.note(bounces.of_notification(told), trusted=False) == 1

    assert BouncedAddress.fold(letter.to) == BouncedAddress.objects.get().folded
    assert BouncedAddress.fold("mair@body.example") != BouncedAddress.objects.get().folded


@pytest.mark.parametrize(
    "status", [{"status": "4.4.1", "action": "delayed"}, {"status": "2.0.0"}, {"action": "relayed"}]
)
def test_notice_of_what_may_yet_arrive_marks_nothing(status: dict[str, str]) -> None:
    assert bounces.of_notification(notice(sent(), **status)) == []


def test_notice_that_names_no_letter_of_ours_is_not_believed() -> None:
    delivery = sent()
    forged = notice(delivery, letter="<00000000-0000-4000-8000-000000000000@localhost>")

    assert bounces.note(bounces.of_notification(forged), trusted=False) == 0
    assert not BouncedAddress.objects.exists()


def test_notice_of_a_copy_that_was_passed_on_marks_no_address() -> None:
    delivery = sent()
    found = bounces.of_notification(notice(delivery, recipient="old@elsewhere.example"))

    assert bounces.note(found, trusted=False) == 1

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.FAILED
    assert not BouncedAddress.objects.exists()


def test_notice_with_the_whole_letter_names_it_too() -> None:
    delivery = sent()
    whole = notice(delivery).replace(b"text/rfc822-headers", b"message/rfc822")

    assert bounces.of_notification(whole)[0].letter == delivery.uuid


@pytest.mark.parametrize("kind", ["mbox", "maildir"])
def test_mailbox_is_read_and_emptied_of_notices_alone(tmp_path: Path, settings: Any, kind: str) -> None:
    delivery = sent()
    path = tmp_path / "bounces"
    settings.BOUNCE_MAILBOX = str(path)
    box: Any = mailbox.mbox(path) if kind == "mbox" else mailbox.Maildir(path)
    question = EmailMessage()
    question["Subject"] = "A question"
    question.set_content("May I bring a colleague?")
    box.add(question)
    box.add(notice(delivery))
    box.flush()
    box.close()

    assert (chores.read_bounces(), chores.read_bounces()) == (1, 0)

    assert BouncedAddress.objects.count() == 1
    left = mailbox.mbox(path) if kind == "mbox" else mailbox.Maildir(path)
    assert [message["Subject"] for message in left] == ["A question"]
    left.close()


def test_mailbox_that_is_not_there_is_no_error(settings: Any, tmp_path: Path) -> None:
    settings.BOUNCE_MAILBOX = str(tmp_path / "nowhere")

    assert chores.read_bounces() == 0


def test_hook_takes_what_a_provider_tells(hook: Client) -> None:
    delivery = sent()
    told = [
        {"recipient": delivery.to, "status": "5.1.1", "message_id": sending.message_id(delivery)},
        {"recipient": "full@body.example", "status": "4.2.2"},
    ]

    response = post(hook, json.dumps(told).encode())

    assert (response.status_code, response.content) == (200, b"1\n")
    assert BouncedAddress.objects.get().folded == delivery.to


def test_hook_takes_a_notice_as_it_is(hook: Client) -> None:
    assert post(hook, notice(sent()), kind="message/rfc822").content == b"1\n"


@pytest.mark.parametrize("body", [b"", b"[1]", b"{}", b"\xff", b'{"recipient": 1}'])
def test_hook_refuses_what_tells_of_no_letter(hook: Client, body: bytes) -> None:
    assert post(hook, body).status_code == 400


def test_hook_is_not_there_without_its_secret(hook: Client, settings: Any) -> None:
    body = b'{"recipient": "mair@body.example", "status": "5.1.1"}'
    assert post(hook, body, secret="wrong").status_code == 404
    assert hook.get(f"/bounces/{SECRET}/").status_code == 405
    settings.BOUNCE_SECRET = ""
    assert post(hook, body).status_code == 404
    assert not BouncedAddress.objects.exists()


def test_forgive_is_audited_without_the_address(organiser: Any) -> None:
    BouncedAddress.objects.create(folded="mair@body.example")

    assert bounces.forgive("Mair@body.example", organiser)
    assert not bounces.forgive("Mair@body.example", organiser)

    event = AuditEvent.objects.get(verb="address-tried-again")
    assert "mair" not in f"{event.object_label} {event.detail}"


def test_old_addresses_are_forgotten_unless_they_are_to_be_written_to() -> None:
    sent()
    long_ago = timezone.now() - bounces.FORGOTTEN_AFTER - timedelta(days=1)
    for name in ("mair", "nobody"):
        BouncedAddress.objects.create(folded=f"{name}@body.example", at=long_ago)
    BouncedAddress.objects.create(folded="new@body.example")

    assert chores.forget_bounces() == 1
    assert not BouncedAddress.objects.filter(folded="nobody@body.example").exists()
