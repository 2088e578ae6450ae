"""What `manage.py tick` does of itself; what each chore does is tested with its app."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from exchange import chores as forgetting
from people import chores

pytestmark = pytest.mark.django_db


def test_expired_sessions_are_cleared() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="live", session_data="", expire_date=now + timedelta(days=1))

    out = StringIO()
    call_command("tick", stdout=out)

    assert "1 expired sessions cleared" in out.getvalue()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


def test_the_database_keeps_nothing_of_the_cache_that_has_expired() -> None:
    """Rate limits write down the network and a hash of the address of whoever booked."""
    cache.set("old", "127.0.0.1", 60)
    cache.set("live", "127.0.0.1", 60 * 60)

    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert chores.clear_cache() == 1
        assert cache.get("live") == "127.0.0.1"
        assert chores.clear_cache() == 0


def test_letters_of_the_mail_folder_are_deleted_after_four_weeks(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = forgetting.FILE_BACKEND, tmp_path
    for name, days in (("old.log", 29), ("new.log", 27), ("not-a-letter.txt", 99)):
        (tmp_path / name).write_text("To: mair@body.example")
        at = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (at, at))

    assert forgetting.forget_mail() == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new.log", "not-a-letter.txt"]

    settings.EMAIL_FILE_PATH = tmp_path / "missing"
    assert forgetting.forget_mail() == 0


def test_chore_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise RuntimeError("broken")

    chores.all_chores()
    monkeypatch.setitem(chores._chores, "a broken thing", fails)
    out = StringIO()

    with pytest.raises(CommandError, match="a broken thing"):
        call_command("tick", stdout=out)

    assert "expired sessions cleared" in out.getvalue()
