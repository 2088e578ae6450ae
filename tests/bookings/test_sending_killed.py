"""Senders that are killed, and two at once: every letter arrives, and as one letter."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import F
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from bookings import outbox, sending
from bookings.models import Delivery
from tests.bookings.ground import book, bookable, person
from tests.races import at_once
from tests.sink import Sink

ROOT = Path(__file__).resolve().parent.parent.parent
State = Delivery.State
WAKE = outbox.wake


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "wake", lambda: None)


def letters(number: int) -> list[Delivery]:
    date = bookable(number)
    for _each in range(number):
        book(date, person())
    return list(Delivery.objects.order_by("pk"))


def database_url() -> str:
    """Of the very database that this test uses."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}:{quote(found['PASSWORD'])}@/{found['NAME']}?host={found['HOST']}"


def send_and_be_killed(sink: Sink, step: str, number: int) -> int:
    command = [sys.executable, "-m", "tests.bookings.killed_sender", step, str(number)]
    env = {
        **os.environ,
        "EXCHANGE_MODE": "development",
        "DATABASE_URL": database_url(),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.port),
    }
    return subprocess.run(command, cwd=ROOT, env=env, timeout=60, check=False).returncode


def make_time_pass() -> None:
    """Claims of the dead are old now."""
    Delivery.objects.update(claimed_at=F("claimed_at") - sending.CLAIM_LASTS - timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "number", "arrived_before", "copies_of_one"),
    [("claimed", 1, 0, 1), ("written", 3, 2, 1), ("handed over", 3, 3, 2)],
)
def test_killed_sender_loses_no_letter_and_doubles_none_but_in_one_step(
    sink: Sink, step: str, number: int, arrived_before: int, copies_of_one: int
) -> None:
    written = letters(5)

    assert send_and_be_killed(sink, step, number) == -signal.SIGKILL
    assert len(sink.letters) == arrived_before
    # While the dead one's claim may be a living one's, nobody touches its letters.
    assert sending.send_due() == 0
    make_time_pass()
    sending.send_due()

    copies = sink.ids()
    assert set(copies) == {sending.message_id(one) for one in written}
    assert sorted(copies.values()) == [1, 1, 1, 1, copies_of_one]
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    assert sending.send_due() == 0


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_share_the_letters(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 4)
    written = letters(40)

    sent = at_once(*[sending.send_due] * 3)

    assert sum(sent) == 40
    assert sink.ids() == {sending.message_id(one): 1 for one in written}
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_claim_at_once_gives_no_letter_twice() -> None:
    letters(30)

    batches = at_once(*[lambda: [one.pk for one in sending.claim(10)]] * 6)

    keys = [key for batch in batches for key in batch]
    assert len(keys) == len(set(keys)) == 30


@pytest.mark.django_db(transaction=True)
def test_booking_wakes_the_worker_which_sends(
    sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "wake", WAKE)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    [written] = letters(1)
    assert not sink.letters
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="one", excluded_queue_names=[],
    ).run()  # fmt: skip

    assert sink.ids() == {sending.message_id(written): 1}
    assert DBTaskResult.objects.get().return_value == 1
