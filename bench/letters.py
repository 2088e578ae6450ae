"""`python -m bench.letters`: sending letters to a mail server on loopback that throws them away.

A message from the organisers, and a confirmation with its calendar entry and square code, which is the dearest letter.
On a throw-away PostgreSQL, or on SQLite with `BENCH_DATABASE=sqlite`; `BENCH_LETTERS` says how many. Compared with
smtplib that hands over the same bytes, made beforehand, over one connection to the same server: what is left is the
price of rows, claims, notes and of writing each letter.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench.__main__ import manage
from tests.with_postgres import Server

ROOT = Path(__file__).resolve().parent.parent
LETTERS = int(os.environ.get("BENCH_LETTERS", "10000"))
SINK_PORT = 8779


def sink() -> None:
    """A mail server of the fewest words, for one process: it keeps nothing, and answers at once."""
    from socketserver import StreamRequestHandler, ThreadingTCPServer

    class Discard(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 sink\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 OK\r\n")
                if word == b"QUIT":
                    return

    ThreadingTCPServer.allow_reuse_address = True
    ThreadingTCPServer(("127.0.0.1", SINK_PORT), Discard).serve_forever()


def prepare() -> None:
    """A date with so many bookings."""
    from django.utils import timezone

    from bookings import tokens
    from bookings.models import Booking, BookingRules, Delivery, Pool
    from seminars.models import SeminarDate

    start = timezone.now() + timedelta(days=30)
    first = SeminarDate.objects.exclude(venue=None).order_by("-starts_at")[0]
    date = SeminarDate.objects.create(
        seminar=first.seminar, slug="bench", starts_at=start, ends_at=start + timedelta(hours=3),
        venue=first.venue, attendance="in person",
    )  # fmt: skip
    BookingRules.objects.create(seminar_date=date)
    pool = Pool.objects.create(seminar_date=date, attendance="in person", capacity=LETTERS, taken=LETTERS)
    rows = (
        Booking(
            seminar_date=date, pool=pool, state="confirmed", name=f"Delegate {number}", confirmed_at=timezone.now(),
            email=f"delegate{number}@body.example", code=f"{number:06}", nonce=tokens.new_nonce(),
            language="cy" if number % 5 == 0 else "en",
        ).prepare()
        for number in range(LETTERS)
    )  # fmt: skip
    Delivery.objects.all().delete()
    Booking.objects.bulk_create(rows, batch_size=500)


def write(kind: str, calendar: str) -> None:
    from bookings.models import Booking, Delivery, MassMessage

    Delivery.objects.all().delete()
    found = Booking.objects.filter(seminar_date__slug="bench")
    message = None
    if kind == "message":
        message = MassMessage.objects.create(
            seminar_date=found[0].seminar_date, subject_en="The room", subject_cy="Yr ystafell",
            body_en="We meet in {where}.\n\n{manage_link}", body_cy="Cyfarfyddwn yn {where}.\n\n{manage_link}",
        )  # fmt: skip
    Delivery.objects.bulk_create(
        [
            Delivery(
                kind=kind,
                booking=one,
                to=one.email,
                language=one.language,
                calendar=calendar,
                message=message,
            )
            for one in found
        ],
        batch_size=500,
    )


def plainly(prepared: list[tuple[str, bytes]]) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", SINK_PORT) as server:
        for each in range(LETTERS):
            to, letter = prepared[each % len(prepared)]
            server.sendmail("exchange@localhost", [to], letter)
    return LETTERS / (time.perf_counter() - began)


def measure(kind: str, calendar: str = "") -> None:
    from django.db import connection

    from bookings import letters, sending
    from bookings.models import Delivery

    write(kind, calendar)
    prepared = []
    for one in sending.read_ahead(Delivery.objects.all())[:200]:
        letter = letters.compose(one)
        assert letter is not None
        prepared.append((one.to, sending.address(letter, one).message().as_bytes(linesep="\r\n")))
    best = plainly(prepared)
    size = sum(len(letter) for _to, letter in prepared) / len(prepared) / 1000
    print(f"\n{LETTERS:,} letters, {kind}, {size:.1f} kB each, from {connection.vendor}")
    print(f"{'smtplib, bytes made beforehand':34}{best:8.0f} a second")
    began, worked = time.perf_counter(), time.process_time()
    sent = sending.send_due()
    rate, work = sent / (time.perf_counter() - began), 1000 * (time.process_time() - worked) / sent
    print(
        f"{'send_due':34}{rate:8.0f} a second, {rate / best:.3f} of smtplib; {work:.1f} ms of processor each"
    )
    assert (sent, Delivery.objects.filter(state="sent").count()) == (LETTERS, LETTERS)


def measure_rows() -> None:
    """Without the letters themselves: what rows, claims and notes cost."""
    from bookings import letters, sending
    from bookings.models import Delivery

    Delivery.objects.update(state="due", attempts=0)
    ready = letters.compose(sending.read_ahead(Delivery.objects.all())[0])
    sending.letters.compose = lambda delivery: ready  # type: ignore[assignment]
    sending.hand_over = lambda connection, letter: None
    began, worked = time.perf_counter(), time.process_time()
    sent = sending.send_due()
    rate, work = sent / (time.perf_counter() - began), 1000 * (time.process_time() - worked) / sent
    print(f"{'rows, claims and notes alone':34}{rate:8.0f} a second; {work:.1f} ms of processor each")


def main() -> None:
    server = Server()
    wants_postgres = os.environ.get("BENCH_DATABASE") != "sqlite"
    if wants_postgres and not server.start():
        sys.exit("no PostgreSQL to measure on: " + "; ".join(server.tried))
    with tempfile.TemporaryDirectory() as var:
        env = {
            "EXCHANGE_MODE": "development", "DEBUG": "0", "SITE_ADDRESS": "https://localhost", "EXCHANGE_VAR": var,
            "DATABASE_URL": server.url if wants_postgres else "", "LOG_LEVEL": "ERROR",
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(SINK_PORT),
        }  # fmt: skip
        command = [sys.executable, "-m", "bench.letters"]
        process = subprocess.Popen([*command, "sink"], cwd=ROOT, env={**os.environ, **env})
        try:
            manage(env, "migrate", "-v0")
            manage(env, "createcachetable")
            manage(env, "load_example")
            subprocess.run([*command, "measure"], cwd=ROOT, env={**os.environ, **env}, check=True)
        finally:
            process.kill()
            process.wait()
            server.stop()


if __name__ == "__main__":
    if sys.argv[1:] == ["sink"]:
        sink()
    elif sys.argv[1:] == ["measure"]:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")
        django.setup()
        prepare()
        measure("message")
        measure("confirmation", "REQUEST")
        measure_rows()
    else:
        main()
