"""One change of a seminar at a time, in the same way on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from people.refusal import Refused

Holder = Callable[[models.Model], None]
_holders: list[Holder] = []


def on_changing(function: Holder) -> None:
    """Let an app above lock what it keeps of a seminar, right after the seminar's row and before anything else.

    Whoever locked it only when told of the change would hold runs and slots by then, and wait for somebody who holds
    the rest and waits for those.
    """
    if function not in _holders:
        _holders.append(function)


@contextmanager
def changing(seminar: models.Model) -> Iterator[None]:
    """Hold a write lock on the seminar's row until the end of the transaction.

    The lock is an UPDATE that changes nothing, because `select_for_update` is silently ignored on SQLite. It is the
    seminar's row and not the date's: a billing reaches runs on every date, and one lock cannot be taken in two orders.
    What the checks under it let through and a constraint does not, was changed past them: that is said in words, too.
    """
    try:
        with transaction.atomic():
            type(seminar)._default_manager.filter(pk=seminar.pk).update(state=models.F("state"))
            for hold in _holders:
                hold(seminar)
            yield
    except IntegrityError as error:
        raise Refused(
            _(
                "This clashes with what somebody else has just changed. Look at the page again, then repeat it."
            )
        ) from error
