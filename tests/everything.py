"""`make test`: every check of the project, in two lanes, each step with its seconds.

Nothing is skipped quietly: what this machine cannot run is said in a loud line, with the command that installs it;
with CI set, it fails instead.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PY = sys.executable
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(PY).parent
APPS = ["exchange", "search", "learning", "seminars", "themes", "people", "ui"]
PYTEST = [PY, "-m", "pytest", "-q", "--color=no"]

STATIC_CHECKS = [
    ("format", [BIN / "ruff", "format", "--check", "-q", "."]),
    ("lint", [BIN / "ruff", "check", "-q", "."]),
    ("import order", [BIN / "lint-imports", "--no-cache"]),
    ("templates", [BIN / "djlint", "templates", "--lint", "--quiet"]),
    ("security lint", [BIN / "bandit", "-q", "-c", "pyproject.toml", "-r", *APPS]),
    ("migrations", [PY, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("translations", [PY, "-m", "tests.messages", "--check"]),
    ("types", [PY, "-m", "mypy", *APPS]),
]


def needs() -> Iterator[str]:
    """What this machine lacks, each with the command that installs it."""
    if not os.path.exists(os.environ.get("CHROMIUM", "/usr/bin/chromium")):
        yield "no browser, so no browser tests: apt-get install -y --no-install-recommends chromium"
    if not shutil.which("java"):
        yield "no Java, so HTML validity is not checked: apt-get install -y --no-install-recommends default-jre-headless"


def step(
    name: str, command: list[object], extra: dict[str, str] | None = None
) -> tuple[str, int, float, str]:
    began = time.monotonic()
    env = {**os.environ, "EXCHANGE_MODE": "development", **(extra or {})}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, capture_output=True, text=True)
    return name, done.returncode, time.monotonic() - began, done.stdout + done.stderr


def lane(steps: list[tuple[str, list[object], dict[str, str]]]) -> bool:
    """Run steps one after another, print each as it ends; True if all passed."""
    fine = True
    for name, command, extra in steps:
        label, code, seconds, output = step(name, command, extra)
        skipped = code == 77
        verdict = "ok" if code == 0 else "SKIPPED" if skipped else "FAILED"
        closing = [line for line in output.splitlines() if " passed" in line or " failed" in line][-1:]
        print(
            f"{verdict:8}{label:34}{seconds:6.1f} s  {closing[0].strip('= ') if closing else ''}", flush=True
        )
        if code and not skipped:
            fine = False
        if code:
            print("\n".join(output.splitlines()[-120:]), flush=True)
    return fine


def main() -> int:
    began = time.monotonic()
    lacking = list(needs())
    for line in lacking:
        print("!" * 78 + f"\n!! {line}\n" + "!" * 78, flush=True)
    with_sqlite = [("tests on SQLite", [*PYTEST, "-m", "not browser"], {})]
    with_postgres = [
        ("tests on PostgreSQL", [PY, "-m", "tests.with_postgres", *PYTEST, "-m", "not browser"], {})
    ]
    browser = [("tests in a browser", [*PYTEST, "-m", "browser"], {})]
    static = [(name, command, {}) for name, command in STATIC_CHECKS]
    with ThreadPoolExecutor(2) as lanes:
        results = list(lanes.map(lane, [static + with_postgres, with_sqlite + browser]))  # type: ignore[arg-type]
    print(
        f"{'everything passed' if all(results) else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True
    )
    return 0 if all(results) and not (lacking and os.environ.get("CI")) else 1


if __name__ == "__main__":
    sys.exit(main())
