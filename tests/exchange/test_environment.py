from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange import environment as env


def test_psycopg_3_does_not_take_over() -> None:
    """Django prefers psycopg 3 where it can be imported; the exchange is tested with psycopg2."""
    with pytest.raises(ImportError):
        __import__("psycopg")


def test_database_url_with_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:s%40crt@db.example:5433/exchange?sslmode=require")

    made = env.database(Path("unused"))

    assert (made["HOST"], made["PORT"], made["USER"], made["PASSWORD"], made["NAME"]) == (
        "db.example", "5433", "me", "s@crt", "exchange",
    )  # fmt: skip
    assert made["OPTIONS"]["sslmode"] == "require"


def test_a_wrong_database_url_stops_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")

    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database(Path("unused"))


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_a_switch_is_one_or_nought(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EMAIL_TLS", value)

    with pytest.raises(ImproperlyConfigured, match="EMAIL_TLS"):
        env.yes("EMAIL_TLS")
