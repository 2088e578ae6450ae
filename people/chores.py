"""What `manage.py tick` does every minute: a registry that any app adds to in its own `chores.py`.

A chore must be idempotent: it may run twice at once, or not for a day. It returns how many things it did.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

Chore = Callable[[], int]
_chores: dict[str, Chore] = {}


def chore(name: str) -> Callable[[Chore], Chore]:
    """`@chore("reminders sent")`; the name completes the sentence "3 …"."""

    def register(function: Chore) -> Chore:
        _chores[name] = function
        return function

    return register


def all_chores() -> dict[str, Chore]:
    autodiscover_modules("chores")
    return dict(sorted(_chores.items()))


@chore("expired sessions cleared")
def clear_sessions() -> int:
    # An hour late, so that a clock that is a little slow signs nobody out.
    count, _rows = Session.objects.filter(expire_date__lt=timezone.now() - timedelta(hours=1)).delete()
    return count
