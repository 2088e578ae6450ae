"""Who owns `taken`: seats of pools and places of runs are counted here, and nowhere else.

Everything that changes a count holds the pools of its dates, in the order of their keys: two that want the same pools
wait for one another and cannot lock each other out. Runs of a date change only under its pools. SQLite has no row
locks; there a transaction that may write is the only one (`transaction_mode=IMMEDIATE`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, Model, Q

from bookings.models.pool import Pool
from seminars.models import Run, SeminarDate
from ui.statements import Kept, KeptUpdate, hole


@contextmanager
def holding(*dates: SeminarDate) -> Iterator[list[Pool]]:
    """A transaction in which nobody else changes seats of these dates; gives their pools as they now are."""
    with transaction.atomic(durable=True):
        yield lock(dates)


def lock(dates: Iterable[SeminarDate]) -> list[Pool]:
    found = list(dates)
    if len(found) == 1:
        return OF_ONE_DATE.rows(seminar_date=found[0].pk)
    return list(Pool.objects.filter(seminar_date__in=found).order_by("pk").select_for_update())


OF_ONE_DATE = Kept(
    lambda: Pool.objects.filter(seminar_date=hole(Pool, "seminar_date")).order_by("pk").select_for_update()
)


def lock_seminar(seminar: Model) -> None:
    """For `seminars.locks`: while organisers change a seminar, nobody takes or gives back seats on its dates."""
    lock(SeminarDate.objects.filter(seminar=seminar.pk))


def take(pool: Pool, number: int = 1) -> bool:
    """Take seats, all or none: the guard stands in the UPDATE itself."""
    if not number:
        return True
    return _noted(pool, number) if TAKE.run(id=pool.pk, number=number) else False


TAKE = KeptUpdate(
    lambda: Pool.objects.filter(
        pk=hole(Pool, "id"), taken__lte=F("capacity") + F("extra") - hole(Pool, "taken", "number")
    ),
    lambda: {"taken": F("taken") + hole(Pool, "taken", "number")},
)


def give_back(pool: Pool, number: int = 1) -> None:
    if not number:
        return
    Pool.objects.filter(pk=pool.pk).update(taken=F("taken") - number)
    pool.refresh_from_db(fields=["taken", "capacity", "extra", "sheds_extra"])
    if pool.sheds_extra and pool.extra:
        pool.extra = max(0, pool.taken - pool.capacity)
        pool.save(update_fields=["extra"])


def _noted(pool: Pool, number: int) -> bool:
    pool.taken += number
    return True


def take_run(run_id: int, number: int = 1) -> bool:
    """Places on a run, all or none; one without a capacity takes everybody."""
    found = Run.objects.filter(Q(capacity=None) | Q(taken__lte=F("capacity") - number), pk=run_id)
    return bool(found.update(taken=F("taken") + number))


def give_back_run(run_id: int) -> None:
    Run.objects.filter(pk=run_id).update(taken=F("taken") - 1)
