"""A date on which people did over HTTP all that they can do: what of it is forgotten when, and that nothing is left."""

import logging
import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command

from bookings import bounces
from bookings.following_up import months_after
from bookings.models import Booking, BouncedAddress, Commitment, Delivery, Feedback, OwnAnswer, Question
from people.models import Member
from tests.bookings.everything import OPEN, Life
from tests.bookings.marked import MARK, tables_with

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"
# What `forget` calls them, and what it takes away or makes nameless.
TOLD: dict[str, Any] = {
    "answers": OwnAnswer.objects.filter(booking__isnull=False),
    "letters": Delivery.objects.all(),
    "commitments": Commitment.objects.all(),
    "bookings": Booking.objects.filter(anonymised_at=None),
    "questions": Question.objects.exclude(author_name=""),
    "helpers": Commitment.objects.filter(visibility="public").exclude(with_whom=""),
    "addresses": BouncedAddress.objects.all(),
}
TABLES = {
    "bookings_booking", "bookings_bouncedaddress", "bookings_commitment", "bookings_commitmentreview",
    "bookings_delivery", "bookings_ownanswer", "bookings_question",
}  # fmt: skip


@pytest.fixture
def life(organiser: Member, member: Member, client_of: Any, settings: Any, tmp_path: Path) -> Life:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, tmp_path
    return Life(organiser, client_of(organiser), client_of(member))


def run(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def told(said: str) -> Counter[str]:
    """So many of what, over all dates."""
    found: Counter[str] = Counter()
    for number, what in re.findall(r"^ *(\d+) (\w+)", said, re.MULTILINE):
        found[what] += int(number)
    return found


def counted() -> Counter[str]:
    return Counter({what: rows.all().count() for what, rows in TOLD.items()})


def test_everything_is_forgotten_when_its_time_is_over(
    life: Life, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    with caplog.at_level(logging.INFO):
        life.play()
    assert Delivery.objects.filter(state="sent").count() > 10
    assert set(tables_with()) == TABLES, "needs are gone already"

    day = months_after(life.date.local_end.date(), 13)
    with time_machine.travel(f"{day}T12:00"):
        bounces.note([bounces.Bounce(f"{MARK}.mair@body.example", "5.1.1")], trusted=True)
        store = SessionStore()
        store["said"] = MARK
        store.save()
        cache.set("said", MARK)
        run("tick")
        assert set(tables_with()) == TABLES | {"cache", "django_session"}
    with time_machine.travel(f"{day + timedelta(days=1)}T12:00"):
        before, dry = counted(), run("forget", "--dry-run")
        assert counted() == before
        done = run("forget")

    assert dry.replace("would go", "has gone") == done
    assert told(dry) == before - counted()
    with time_machine.travel(f"{day + timedelta(days=30)}T12:00"):
        run("tick")
    assert tables_with() == {}
    assert list(settings.EMAIL_FILE_PATH.iterdir()) == []
    assert MARK not in "\n".join(record.getMessage() for record in caplog.records).casefold()


def test_what_everybody_was_to_see_stays(life: Life) -> None:
    life.play()
    assert tables_with() != {}

    with time_machine.travel(life.date.ends_at + timedelta(days=500)):
        run("tick")

    assert tables_with() == {}
    kept = Commitment.objects.get()
    assert (kept.text, kept.with_whom) == (OPEN, "")
    assert Question.objects.get().text == OPEN
    assert Feedback.objects.get().comment == OPEN
