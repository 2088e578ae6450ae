"""What `manage.py tick` does every minute: a registry that any app adds to in its own `chores.py`.

A chore must be idempotent: it may run twice at once, or not for a day. It returns how many things it did.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
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


@chore("expired cache entries cleared")
def clear_cache() -> int:
    """The networks and addresses of rate limits are kept no longer than they count.

    The cache in the database deletes an expired entry only when the same one is asked for again, or when it is full.
    """
    backend = caches["default"]
    if not isinstance(backend, DatabaseCache):
        return 0
    connection = connections[router.db_for_write(backend.cache_model_class)]
    table = connection.ops.quote_name(backend._table)  # type: ignore[attr-defined]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # nosec B608
        return max(0, int(cursor.rowcount))
