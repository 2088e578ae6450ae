"""`make test`: every check of the project, in two lanes, each step with its seconds.

Nothing is skipped quietly: what this machine cannot run is said in a loud line, with the command that installs it;
with CI set, it fails instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from ctypes.util import find_library
from pathlib import Path

from tests.with_postgres import SKIPPED

PY = sys.executable
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(PY).parent
APPS = ["exchange", "search", "learning", "bookings", "seminars", "themes", "people", "ui"]
PYTEST = [PY, "-m", "pytest", "-q", "--color=no"]

# On more than two cores each long step shares its tests out, by file: a file's tests share their example content.
WORKERS = (os.cpu_count() or 1) // 2
FAST = [*PYTEST, "-m", "not browser", *(["-n", WORKERS, "--dist", "loadfile"] if WORKERS > 1 else [])]

LONG: list[tuple[str, list[object]]] = [
    ("tests on PostgreSQL", [PY, "-m", "tests.with_postgres", *FAST]),
    ("tests in a browser", [*PYTEST, "-m", "browser"]),
    ("tests on SQLite", FAST),
]
SHORT: list[tuple[str, list[object]]] = [
    ("types", [PY, "-m", "mypy", *APPS]),
    ("format", [BIN / "ruff", "format", "--check", "-q", "."]),
    ("lint", [BIN / "ruff", "check", "-q", "."]),
    ("import order", [BIN / "lint-imports", "--no-cache"]),
    ("templates", [BIN / "djlint", "templates", "--lint", "--quiet"]),
    ("security lint", [BIN / "bandit", "-q", "-c", "pyproject.toml", "-r", *APPS]),
    ("migrations", [PY, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("translations", [PY, "-m", "tests.messages", "--check"]),
]


def needs() -> Iterator[str]:
    """What this machine lacks, each with the command that installs it."""
    if not os.path.exists(os.environ.get("CHROMIUM", "/usr/bin/chromium")):
        yield "no browser, so no browser tests: apt-get install -y --no-install-recommends chromium"
    if not find_library("pangoft2-1.0"):
        yield "no Pango, so no PDFs: apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
    if not shutil.which("java"):
        yield "no Java, so HTML validity is not checked: apt-get install -y --no-install-recommends default-jre-headless"


def step(name: str, command: list[object], var: Path) -> tuple[bool, str]:
    """Run one step in a folder of its own, so that no two meet in a database file; whether it passed, and its report."""
    began = time.monotonic()
    env = {**os.environ, "EXCHANGE_MODE": "development", "EXCHANGE_VAR": str(var / name.replace(" ", "-"))}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, capture_output=True, text=True)
    seconds, lines = time.monotonic() - began, (done.stdout + done.stderr).splitlines()
    skipped = done.returncode == SKIPPED
    verdict = "SKIPPED" if skipped else "FAILED" if done.returncode else "ok"
    closing = [line.strip("= ") for line in lines if " passed" in line or " failed" in line][-1:]
    report = [
        f"{verdict:8}{name:24}{seconds:6.1f} s  {''.join(closing)}",
        *(lines[-120:] * bool(done.returncode)),
    ]
    return done.returncode == 0 or skipped, "\n".join(report)


def main() -> int:
    began = time.monotonic()
    lacking = list(needs())
    for line in lacking:
        print("!" * 78 + f"\n!! {line}\n" + "!" * 78, flush=True)
    if in_ci := bool(os.environ.get("CI")):
        os.environ["REQUIRE_POSTGRES"] = "1"
    passed = not (lacking and in_ci)
    # Two lanes take the next step as they come free; the long ones stand first, so that both end at about one time.
    with tempfile.TemporaryDirectory(prefix="everything-") as var, ThreadPoolExecutor(2) as lanes:
        running = [lanes.submit(step, name, command, Path(var)) for name, command in LONG + SHORT]
        for done in as_completed(running):
            fine, report = done.result()
            passed &= fine
            print(report, flush=True)
    print(f"{'everything passed' if passed else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
