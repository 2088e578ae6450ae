"""`make bench`: the budgets of the public pages, as ratios within one run.

One gunicorn worker, a throw-away PostgreSQL, the example content multiplied. `BENCH_SIZES="1000 100000"` names the
numbers of write-ups. Nothing here is a test: figures go to `bench/README.md` by hand, with the day and the machine.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.load import hammer, once
from tests.with_postgres import Server

ROOT = Path(__file__).resolve().parent.parent
WORKER = [
    "--workers",
    "1",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--keep-alive",
    "30",
    "--log-level",
    "error",
]
GUNICORN = [sys.executable, "-m", "gunicorn", *WORKER]
PAGES = {
    "home": "/en/",
    "seminars": "/en/seminars/",
    "seminar": "/en/seminars/redesigning-public-services/",
    "write-ups": "/en/learning/",
    "one facet": "/en/learning/?kind=how-to",
    "write-up": "/en/learning/redesigning-public-services-nine-lessons/",
    "theme": "/en/themes/digital/",
    "organisations": "/en/organisations/",
}
COUNT = "from learning.models import WriteUp; print(WriteUp.objects.published().count())"
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))


@contextlib.contextmanager
def serve(app: str, port: int, **extra: str) -> Iterator[int]:
    command = [*GUNICORN, app, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **extra})
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                once(port, "/")
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def manage(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def measure(size: int, env: dict[str, str], bare: float) -> dict[str, float]:
    """Print the table of one size; returns milliseconds of each cold page."""
    print(
        f"\n{size:,} write-ups on PostgreSQL, as a share of the bare response's rate ({bare:,.0f} a second)"
    )
    print(f"{'page':16}{'hot':>8}{'not modified':>14}{'cold':>8}{'cold ms':>9}{'kB':>7}")
    times = {}
    https = {"X_Forwarded_Proto": "https"}
    with (
        serve("exchange.wsgi", 8771, **env) as hot,
        serve("exchange.wsgi", 8772, **env, PAGE_CACHE_SECONDS="0") as cold,
    ):
        for name, path in PAGES.items():
            status, _size, headers = once(hot, path, **https)
            if status != 200:
                print(f"{name:16} answered {status}")
                continue
            many = hammer(hot, path, SECONDS, **https)
            same = hammer(hot, path, SECONDS, **https, If_None_Match=headers.get("etag", ""))
            hammer(cold, path, 0.5, **https)
            alone = hammer(cold, path, SECONDS, connections=1, **https)
            times[name] = 1000 / alone.rate
            shares = f"{many.rate / bare:8.2f}{same.rate / bare:10.2f} {same.status}{alone.rate / bare:8.3f}"
            print(f"{name:16}{shares}{times[name]:9.1f}{many.size / 1000:7.1f}")
    return times


def main() -> None:
    sizes = [int(word) for word in os.environ.get("BENCH_SIZES", "1000 100000").split()]
    server = Server()
    if not server.start():
        sys.exit("no PostgreSQL to measure on: " + "; ".join(server.tried))
    results = {}
    try:
        with tempfile.TemporaryDirectory() as var, serve("bench.bare", 8770) as port:
            bare = hammer(port, "/", SECONDS).rate
            env = {
                "EXCHANGE_MODE": "production",
                "SECRET_KEY": "bench",
                "ALLOWED_HOSTS": "localhost",
                "SITE_ADDRESS": "https://localhost",
                "EXCHANGE_VAR": var,
                "DATABASE_URL": server.url,
                "LOG_LEVEL": "ERROR",
            }
            manage(env, "migrate", "-v0")
            manage(env, "createcachetable")
            manage(env, "collectstatic", "--noinput", "-v0")
            manage(env, "load_example")
            originals = int(manage(env, "shell", "-v0", "-c", COUNT))
            for size in sizes:
                began = time.perf_counter()
                manage(env, "load_example", "--size", str(max(2, -(-size // originals))))
                print(f"{size:,} write-ups loaded in {time.perf_counter() - began:.0f} s")
                subprocess.run(
                    [str(server.bin / "psql"), "-q", "-d", server.url, "-c", "VACUUM ANALYZE"], check=False
                )
                results[size] = measure(size, env, bare)
    finally:
        server.stop()
    if len(results) > 1:
        few, many = results[min(results)], results[max(results)]
        print("\ngrowth of the cold page from the smallest to the largest")
        for name in few:
            print(f"{name:16}{many.get(name, float('nan')) / few[name]:8.2f}")


if __name__ == "__main__":
    main()
