"""`python -m bench.questions`: 500 readers of a date's questions, each asking for the number every five seconds.

One gunicorn worker on a throw-away PostgreSQL; each reader has a connection of its own and sends the ETag that it was
given. A vote every second changes the number, so that a fifth of the answers are new ones.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time

from bench.__main__ import manage, serve
from tests.with_postgres import Server

READERS, EVERY, SECONDS = 500, 5.0, 30.0
SET_UP = """
from bookings import asking
from bookings.models import Question, QuestionBoard
question = Question.objects.order_by("pk")[0]
QuestionBoard.objects.get_or_create(seminar_date=question.seminar_date)
date = question.seminar_date
print("PATH", f"/en/questions/{date.uuid}/{asking.key_of(date)}/number/", date.pk)
"""
CHANGE = """
import time
from django.db.models import F
from bookings.models import QuestionBoard
for _ in range({times}):
    QuestionBoard.objects.filter(seminar_date={date}).update(version=F("version") + 1)
    time.sleep(1)
"""


async def reader(
    port: int, path: str, late: float, until: float, times: list[float], seen: dict[str, int]
) -> None:
    await asyncio.sleep(late)
    stream, writer = await asyncio.open_connection("127.0.0.1", port)
    etag = ""
    while time.perf_counter() < until:
        began = time.perf_counter()
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nIf-None-Match: {etag}\r\n\r\n"
        writer.write(head.encode())
        answer = (await stream.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = dict(line.lower().split(": ", 1) for line in answer.split("\r\n")[1:] if ": " in line)
        status = answer.split()[1]
        if status != "304":
            await stream.readexactly(int(headers.get("content-length", 0)))
        etag = headers.get("etag", etag)
        times.append(time.perf_counter() - began)
        seen[status] = seen.get(status, 0) + 1
        await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))
    writer.close()


async def readers(port: int, path: str) -> tuple[list[float], dict[str, int]]:
    times: list[float] = []
    seen: dict[str, int] = {}
    until = time.perf_counter() + SECONDS
    await asyncio.gather(
        *(reader(port, path, EVERY * n / READERS, until, times, seen) for n in range(READERS))
    )
    return times, seen


def main() -> None:
    server = Server()
    if not server.start():
        sys.exit("no PostgreSQL to measure on: " + "; ".join(server.tried))
    try:
        with tempfile.TemporaryDirectory() as var:
            env = {
                "EXCHANGE_MODE": "production", "SECRET_KEY": "bench", "ALLOWED_HOSTS": "localhost",
                "SITE_ADDRESS": "https://localhost", "EXCHANGE_VAR": var, "DATABASE_URL": server.url, "LOG_LEVEL": "ERROR",
            }  # fmt: skip
            for words in (
                ("migrate", "-v0"),
                ("createcachetable",),
                ("collectstatic", "--noinput", "-v0"),
                ("load_example",),
            ):
                manage(env, *words)
            line = next(
                line
                for line in manage(env, "shell", "-v0", "-c", SET_UP).splitlines()
                if line.startswith("PATH")
            )
            _word, path, date = line.split()
            for kept in ("1", "0"):
                with serve("exchange.wsgi", 8773, **env, PAGE_CACHE_SECONDS=kept) as port:
                    changing = os.spawnve(
                        os.P_NOWAIT, sys.executable,
                        [sys.executable, "manage.py", "shell", "-v0", "-c", CHANGE.format(times=int(SECONDS), date=date)],
                        {**os.environ, **env},
                    )  # fmt: skip
                    times, seen = asyncio.run(readers(port, path))
                    os.waitpid(changing, 0)
                at = statistics.quantiles(times, n=100)
                print(
                    f"page cache {kept} s: {len(times) / SECONDS:.0f} answers a second, median {1000 * at[49]:.1f} ms, "
                    f"95 % {1000 * at[94]:.1f} ms, slowest {1000 * max(times):.0f} ms, {seen}"
                )
    finally:
        server.stop()


if __name__ == "__main__":
    main()
