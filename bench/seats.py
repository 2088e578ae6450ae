"""`python -m bench.seats`: 64 clients for the last 100 seats, on SQLite and on a throw-away PostgreSQL, 30 races each.

`taking.book` against SQL written by hand, through the same driver, connections and settings of the transaction:

- `plainest`: a guarded UPDATE of the pool, an INSERT of an equally wide booking and an INSERT of its letter;
- `keeping_rules`: before these it locks the pool and looks whether the date is open, whether somebody waits, and whether the form or the
  address came before. Without that a seat of a cancelled date is sold, and one that is given back between a refused UPDATE and the
  entry in the queue is offered to nobody (decision 10): it is the least that keeps what `taking.book` promises.

Every race is counted afterwards: seats sold twice, and seats that nobody got although somebody asked. `BENCH_RACES` says how many. Each
client asks twice, so that the last ones queue. Before the races each is called alone, and the processor time of a call is told: on a
machine that is busy with other things it says more than the rate. A PostgreSQL that does not wait for its disk is the harder measure.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

CLIENTS, EACH, SEATS = 64, 2, 100
ALONE, ROUNDS = 60, 8
RACES = int(os.environ.get("BENCH_RACES", "30"))
ONE_RACE = "bench.seats one"


def race(call: Callable[[int], Any]) -> float:
    """Seconds in which every client has asked as often as it does."""
    from django.db import connection

    gate = Barrier(CLIENTS + 1)

    def client(number: int) -> None:
        connection.ensure_connection()
        gate.wait()
        for turn in range(EACH):
            call(number * EACH + turn)
        connection.close()

    threads = [Thread(target=client, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def book(date: Any, nonce: str) -> Callable[[int], Any]:
    from bookings.taking import Person, Request
    from bookings.taking import book as take

    def one(number: int) -> None:
        person = Person(f"Delegate {number}", f"{nonce}{number}@body.example")
        take(Request(date, "in person", [person], key=uuid.uuid4()))

    return one


LOOK = """
SELECT d.state, d.starts_at, d.ends_at, d.booking_opens_at, d.booking_closes_at, s.state, r.needs_approval, r.most_in_group,
    EXISTS (SELECT 1 FROM bookings_booking WHERE request_key = %s),
    EXISTS (SELECT 1 FROM bookings_booking WHERE email_folded = %s AND seminar_date_id + 0 = d.id),
    EXISTS (SELECT 1 FROM bookings_booking WHERE pool_id = %s AND state = 'waiting')
FROM seminars_seminardate d JOIN seminars_seminar s ON s.id = d.seminar_id JOIN bookings_bookingrules r ON r.seminar_date_id = d.id
WHERE d.id = %s
"""


def keeping_rules(date: Any, nonce: str) -> Callable[[int], Any]:
    return plainest(date, nonce, keeps_rules=True)


def plainest(date: Any, nonce: str, keeps_rules: bool = False) -> Callable[[int], Any]:
    """What a seat costs at least: no queue, no rules, no second look; or with a look at them under the lock."""
    from django.db import connection, transaction
    from django.utils import timezone

    from bookings.models import Booking, Delivery

    pool = date.pools.get()
    template = Booking(seminar_date=date, pool=pool, name="Delegate", email="x@body.example").prepare()
    fields = [field for field in Booking._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    insert = f'INSERT INTO "{Booking._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(fields))}) RETURNING "id"'  # nosec B608
    request_key = Booking._meta.get_field("request_key")
    letter = Delivery(kind="confirmation", to="x@body.example")
    letters = [field for field in Delivery._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in letters)
    write = f'INSERT INTO "{Delivery._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(letters))})'  # nosec B608
    guard = "UPDATE bookings_pool SET taken = taken + 1 WHERE id = %s AND taken + 1 <= capacity + extra"

    lock = "SELECT id FROM bookings_pool WHERE id = %s" + (
        " FOR UPDATE" if connection.vendor == "postgresql" else ""
    )

    def values(row: Any, of: list[Any], **own: Any) -> list[Any]:
        return [
            field.get_db_prep_save(own.get(field.attname, getattr(row, field.attname)), connection)
            for field in of
        ]

    def one(number: int) -> None:
        now, key = timezone.now(), uuid.uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            is_behind = False
            if keeps_rules:
                cursor.execute(lock, [pool.pk])
                at = request_key.get_db_prep_save(key, connection)
                cursor.execute(LOOK, [at, f"{nonce}{number}@body.example", pool.pk, date.pk])
                *_rules, is_made, is_booked, is_behind = cursor.fetchone()
                assert not is_made
                assert not is_booked
            if not is_behind:
                cursor.execute(guard, [pool.pk])
            got = not is_behind and cursor.rowcount == 1
            own = {
                "uuid": uuid.uuid4(), "calendar_uid": uuid.uuid4(), "request_key": key, "code": f"{number:06}",
                "email": f"{nonce}{number}@body.example", "email_folded": f"{nonce}{number}@body.example",
                "token_hash": uuid.uuid4().hex, "later_hash": uuid.uuid4().hex,
                "state": "confirmed" if got else "waiting", "queued_at": None if got else now,
            }  # fmt: skip
            cursor.execute(insert, values(template, fields, **own))
            (booking,) = cursor.fetchone()
            cursor.execute(write, values(letter, letters, booking_id=booking, uuid=uuid.uuid4()))

    return one


SIDES = (book, plainest, keeping_rules)


def alone() -> dict[Any, float]:
    """Milliseconds of processor for one call of each, without the database server's: the best of some rounds, in turn."""
    from tests.bookings.ground import bookable

    best: dict[Any, float] = {}
    for number in range(ROUNDS):
        for make in SIDES if number % 2 else SIDES[::-1]:
            one = make(bookable(CLIENTS * EACH), uuid.uuid4().hex[:8])
            one(0)
            began = time.process_time()
            for each in range(1, ALONE + 1):
                one(each)
            took = 1000 * (time.process_time() - began) / ALONE
            best[make] = min(best.get(make, took), took)
    return best


def one_database() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from bookings import outbox
    from tests.bookings.ground import bookable

    # Letters are written, and not sent: that is measured by bench.letters.
    outbox.wake = lambda: None  # type: ignore[assignment]
    took = alone()
    ratios: dict[Any, list[float]] = {make: [] for make in SIDES[1:]}
    rates, oversold, lost = [], 0, 0
    for number in range(RACES):
        seconds = {}
        # In turn first and last, so that none always has the warmer machine.
        for make in SIDES if number % 2 else SIDES[::-1]:
            date = bookable(SEATS)
            seconds[make] = race(make(date, uuid.uuid4().hex[:8]))
            if make is book:
                pool = date.pools.get()
                held = date.bookings.holding().count()
                oversold += max(0, held - SEATS) + abs(pool.taken - held)
                lost += SEATS - held
        for make in ratios:
            ratios[make].append(seconds[make] / seconds[book])
        rates.append(CLIENTS * EACH / seconds[book])
    from django.db import connection

    print(
        f"{connection.vendor}: {RACES} races, {oversold} oversold, {lost} lost; {statistics.median(rates):.0f} bookings a second"
    )
    for make, found in ratios.items():
        print(
            f"  {statistics.median(found):.2f} of the rate of {make.__name__} (from {min(found):.2f} to {max(found):.2f}); "
            f"{took[make] / took[book]:.2f} by processor time ({took[make]:.2f} of {took[book]:.2f} ms)",
            flush=True,
        )


def main() -> None:
    from tests.with_postgres import Server

    server = Server()
    with tempfile.TemporaryDirectory() as var:
        env = {
            **os.environ,
            "EXCHANGE_MODE": "development",
            "DEBUG": "0",
            "EXCHANGE_VAR": var,
            "DJANGO_SETTINGS_MODULE": "exchange.settings",
        }
        command = [sys.executable, "-m", *ONE_RACE.split()]
        try:
            subprocess.run(command, env=env, check=True)
            if server.start():
                subprocess.run(command, env={**env, "DATABASE_URL": server.url}, check=True)
        finally:
            server.stop()


if __name__ == "__main__":
    one_database() if "one" in sys.argv[1:] else main()
