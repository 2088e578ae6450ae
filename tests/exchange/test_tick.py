"""What `manage.py tick` does of itself; what each chore does is tested with its app."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

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


def test_chore_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise RuntimeError("broken")

    chores.all_chores()
    monkeypatch.setitem(chores._chores, "a broken thing", fails)
    out = StringIO()

    with pytest.raises(CommandError, match="a broken thing"):
        call_command("tick", stdout=out)

    assert "expired sessions cleared" in out.getvalue()
