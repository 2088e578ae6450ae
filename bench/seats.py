"""`python -m bench.seats`: 64 clients for the last 100 seats, on SQLite and on a throw-away PostgreSQL, 30 races each.

`taking.book` against the plainest SQL that is correct: in one transaction a guarded UPDATE of the pool, an INSERT of an equally
wide booking and an INSERT of its letter, through the same driver and connection. Every race is counted afterwards: seats sold twice,
and seats that nobody got although somebody asked. `BENCH_RACES` says how many. Each client asks twice, so that the last ones queue.
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


def plainest(date: Any, nonce: str) -> Callable[[int], Any]:
    """No queue, no rules, no second look: what a seat costs at least."""
    from django.db import connection, transaction
    from django.utils import timezone

    from bookings.models import Booking, Delivery

    pool = date.pools.get()
    template = Booking(seminar_date=date, pool=pool, name="Delegate", email="x@body.example").prepare()
    fields = [field for field in Booking._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    insert = f'INSERT INTO "{Booking._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(fields))}) RETURNING "id"'  # nosec B608
    letter = Delivery(kind="confirmation", to="x@body.example")
    letters = [field for field in Delivery._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in letters)
    write = f'INSERT INTO "{Delivery._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(letters))})'  # nosec B608
    guard = "UPDATE bookings_pool SET taken = taken + 1 WHERE id = %s AND taken + 1 <= capacity + extra"

    def values(row: Any, of: list[Any], **own: Any) -> list[Any]:
        return [
            field.get_db_prep_save(own.get(field.attname, getattr(row, field.attname)), connection)
            for field in of
        ]

    def one(number: int) -> None:
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(guard, [pool.pk])
            got = cursor.rowcount == 1
            own = {
                "uuid": uuid.uuid4(), "calendar_uid": uuid.uuid4(), "request_key": uuid.uuid4(), "code": f"{number:06}",
                "email": f"{nonce}{number}@body.example", "email_folded": f"{nonce}{number}@body.example",
                "token_hash": uuid.uuid4().hex, "later_hash": uuid.uuid4().hex,
                "state": "confirmed" if got else "waiting", "queued_at": None if got else now,
            }  # fmt: skip
            cursor.execute(insert, values(template, fields, **own))
            (key,) = cursor.fetchone()
            cursor.execute(write, values(letter, letters, booking_id=key, uuid=uuid.uuid4()))

    return one


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
    ratios, rates, oversold, lost = [], [], 0, 0
    for number in range(RACES):
        seconds = {}
        # In turn first and second, so that neither always has the warmer machine.
        for make in (book, plainest) if number % 2 else (plainest, book):
            date = bookable(SEATS)
            seconds[make] = race(make(date, uuid.uuid4().hex[:8]))
            if make is book:
                pool = date.pools.get()
                held = date.bookings.holding().count()
                oversold += max(0, held - SEATS) + abs(pool.taken - held)
                lost += SEATS - held
        ratios.append(seconds[plainest] / seconds[book])
        rates.append(CLIENTS * EACH / seconds[book])
    from django.db import connection

    print(
        f"{connection.vendor}: {RACES} races, {oversold} oversold, {lost} lost; {statistics.median(rates):.0f} bookings a second, "
        f"{statistics.median(ratios):.2f} of the plainest SQL (from {min(ratios):.2f} to {max(ratios):.2f})",
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
