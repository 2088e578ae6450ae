"""`python -m bench.booking_http`: bookings a second over HTTP, from the last page of the form to the answer.

One gunicorn worker and a throw-away PostgreSQL, `BENCH_CLIENTS` connections that each have one booking under way.
The date has room for half of them; afterwards it is counted whether anybody has a seat too many, or none.
"""

import http.client
import json
import os
import re
import sys
import tempfile
import time
from html import unescape
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

from bench.__main__ import manage, serve
from tests.with_postgres import Server

CLIENTS = int(os.environ.get("BENCH_CLIENTS", "8"))
BOOKINGS = int(os.environ.get("BENCH_BOOKED", "600"))
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https"}
TYPED = {
    "attendance": "in person", "whom": "me",
    "name_0": "Mair Owen", "email_0": "mair@body.example", "kind_0": "officer", "language_0": "en",
}  # fmt: skip
MOST_PAGES = 8
MAKE = "from tests.bookings.ground import bookable; d = bookable(%s); print(d.get_absolute_url())"
COUNT = """
import json
from bookings.models import Booking, Pool
pool = Pool.objects.latest("pk")
held = Booking.objects.holding().filter(pool=pool).count()
print(json.dumps([pool.taken, held, pool.seats, pool.bookings.count()]))
"""


def send(client: http.client.HTTPConnection, path: str, form: dict[str, str] | None) -> tuple[int, str]:
    """Status, and the page or where it leads."""
    headers = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"} if form else HEADERS
    client.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
    answer = client.getresponse()
    body = answer.read().decode()
    return answer.status, answer.headers.get("Location") or body


def fill_in(port: int, start: str) -> tuple[str, dict[str, str]]:
    """Through all pages of the form, as a browser would: what its last page sends, and where to."""
    client = http.client.HTTPConnection("127.0.0.1", port)
    status, page = send(client, start, None)
    for _page in range(MOST_PAGES):
        carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        fields = {unescape(name): unescape(value) for name, value in carried}
        (address,) = re.findall(r'<form method="post" action="([^"]+)" novalidate', page)[:1] or [""]
        if "email_0" in fields and address == start:
            return address, fields
        status, page = send(client, unescape(address), {**fields, **TYPED})
    raise SystemExit(f"the form was not filled in: {status}")


def book(port: int, address: str, fields: dict[str, str], number: int, failed: list[int]) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _each in range(number):
        key = str(uuid4())
        status, _page = send(
            client, address, {**fields, "key": key, "email_0": f"{key}@body.example", "name_0": f"M {key}"}
        )
        if status != 302:
            failed.append(status)


def rate(port: int, address: str, fields: dict[str, str], number: int) -> float:
    failed: list[int] = []
    threads = [
        Thread(target=book, args=[port, address, fields, number // CLIENTS, failed])
        for _client in range(CLIENTS)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"{len(failed)} of {number} bookings answered {failed[0]}")
    return number // CLIENTS * CLIENTS / (time.perf_counter() - began)


def main() -> None:
    server = Server()
    if not server.start():
        sys.exit("no PostgreSQL to measure on: " + "; ".join(server.tried))
    try:
        with tempfile.TemporaryDirectory() as var:
            env = {
                "EXCHANGE_MODE": "production",
                "SECRET_KEY": "bench",
                "ALLOWED_HOSTS": "localhost",
                "SITE_ADDRESS": "https://localhost",
                "EXCHANGE_VAR": var,
                "DATABASE_URL": server.url,
                "LOG_LEVEL": "ERROR",
                "BOOKING_RATE": "",
            }
            for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"]):
                manage(env, *words)
            made = manage(env, "shell", "-v0", "-c", MAKE % (BOOKINGS // 2))
            start = made.splitlines()[-1] + "booking/"
            with serve("exchange.wsgi", 8775, **env) as port:
                address, fields = fill_in(port, start)
                rate(port, address, fields, CLIENTS * 4)
                done = rate(port, address, fields, BOOKINGS)
            taken, held, seats, booked = json.loads(manage(env, "shell", "-v0", "-c", COUNT).splitlines()[-1])
            print(
                f"{done:.0f} bookings a second over HTTP, one worker, {CLIENTS} connections; {booked} booked: "
                f"{max(0, held - seats) + abs(taken - held)} oversold, {min(seats, booked) - held} lost"
            )
    finally:
        server.stop()


if __name__ == "__main__":
    main()
