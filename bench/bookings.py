"""`python -m bench.bookings`: the pages of a date with 20,000 bookings, and a queue of 1,000 that is offered places.

A throw-away PostgreSQL and one gunicorn worker. Pages are told as a share of the rate of a bare response, one request
at a time and with nothing kept; `BENCH_BOOKINGS` and `BENCH_QUEUE` change the numbers.
"""

import json
import os
import subprocess
import sys
import tempfile

from bench.__main__ import SECONDS, manage, serve
from bench.load import hammer, once
from tests.with_postgres import Server

NUMBER = int(os.environ.get("BENCH_BOOKINGS", "20000"))
QUEUE = int(os.environ.get("BENCH_QUEUE", "1000"))
ROWS = "import json; from bench import booking_rows; print(json.dumps(booking_rows.%s))"


def told(env: dict[str, str], call: str) -> object:
    return json.loads(manage(env, "shell", "-v0", "-c", ROWS % call).splitlines()[-1])


def pages(made: dict[str, object], env: dict[str, str], bare: float) -> None:
    print(f"\n{NUMBER:,} bookings on a date, as a share of the bare response's rate ({bare:,.0f} a second)")
    print(f"{'page':18}{'share':>8}{'ms':>8}{'kB':>7}")
    headers = {"X_Forwarded_Proto": "https", "Cookie": f"sessionid={made['session']}"}
    with serve("exchange.wsgi", 8773, **env, PAGE_CACHE_SECONDS="0") as port:
        for name, path in dict(made["pages"]).items():  # type: ignore[call-overload]
            status, _size, _headers = once(port, path, **headers)
            if status != 200:
                print(f"{name:18} answered {status}")
                continue
            hammer(port, path, 0.5, connections=1, **headers)
            alone = hammer(port, path, SECONDS, connections=1, **headers)
            print(f"{name:18}{alone.rate / bare:8.3f}{1000 / alone.rate:8.1f}{alone.size / 1000:7.1f}")


def main() -> None:
    server = Server()
    if not server.start():
        sys.exit("no PostgreSQL to measure on: " + "; ".join(server.tried))
    try:
        with tempfile.TemporaryDirectory() as var, serve("bench.bare", 8770) as port:
            env = {
                "EXCHANGE_MODE": "production",
                "SECRET_KEY": "bench",
                "ALLOWED_HOSTS": "localhost",
                "SITE_ADDRESS": "https://localhost",
                "EXCHANGE_VAR": var,
                "DATABASE_URL": server.url,
                "LOG_LEVEL": "ERROR",
            }
            bare = hammer(port, "/", SECONDS, connections=1).rate
            for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"]):
                manage(env, *words)
            manage(env, "load_example")
            made = told(env, f"make({NUMBER})")
            psql = [str(server.bin / "psql"), "-q", "-d", server.url, "-c", "VACUUM ANALYZE"]
            subprocess.run(psql, check=False)
            pages(made, env, bare)  # type: ignore[arg-type]
            print(f"\na queue of {QUEUE:,} is offered places in {told(env, f'promote({QUEUE})'):.2f} s")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
