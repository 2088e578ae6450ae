"""Production settings, in a process of their own: closed by default, and a hint where something is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "EXCHANGE_MODE": "production",
    "SECRET_KEY": "".join(chr(35 + n) for n in range(60)),
    "ALLOWED_HOSTS": "exchange.example",
    "SITE_ADDRESS": "https://exchange.example",
}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EXCHANGE_", "DATABASE_URL", "DJANGO_ALLOW"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**inherited, "EXCHANGE_VAR": os.environ.get("EXCHANGE_VAR", str(ROOT / "var")), **environment},
        capture_output=True,
        text=True,
    )


def test_check_deploy_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS"])
def test_what_is_missing_is_named(missing: str) -> None:
    done = manage("check", **{name: value for name, value in GOOD.items() if name != missing})

    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_development_pages_do_not_exist() -> None:
    code = "from django.urls import resolve; resolve('/mail/')"
    done = manage("shell", "-v0", "-c", code, **GOOD)

    assert "Resolver404" in done.stderr


@pytest.mark.parametrize(
    ("forwarded", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        # What a reader writes into the header stands before what the proxy adds, and counts for nothing.
        ("203.0.113.5, 192.0.2.7", "192.0.2.7"),
        ("", "127.0.0.1"),
    ],
)
def test_readers_behind_the_proxy_are_told_apart_by_limits(forwarded: str, counts_as: str) -> None:
    code = f"""
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
given = {{"HTTP_X_FORWARDED_FOR": {forwarded!r}}} if {forwarded!r} else {{}}
print(get_adapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **given)))
"""
    done = manage("shell", "-v0", "-c", code, **GOOD)

    assert done.stdout.split() == [counts_as], done.stderr


def test_start_is_for_development_only() -> None:
    done = manage("start", **GOOD)

    assert done.returncode == 1
    assert "gunicorn" in done.stderr
