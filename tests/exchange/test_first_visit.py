"""What somebody on an old phone loads to see the home page for the first time."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from learning.filing import refile
from tests import factories

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "static"
HREF = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="/static/([^"]+)"')
IN_STYLE = re.compile(r'url\("?\.\./(fonts/[^")]+)')


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_first_visit_is_light(client: Client, language: str) -> None:
    for _ in range(12):
        factories.SeminarDateFactory(seminar__summary_en="A sentence about the morning. " * 6)
        write_up = factories.WriteUpFactory(
            state="published", published_at=factories.timezone.now(), summary_en="What we did and why. " * 12
        )
        factories.LessonFactory(write_up=write_up)
        refile(write_up)
        factories.ThemeFactory()

    page = client.get(f"/{language}/").content.decode()
    files = {name: STATIC / re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name) for name in HREF.findall(page)}
    sheets = [path for path in files.values() if path.suffix == ".css"]
    fonts = {STATIC / name for sheet in sheets for name in IN_STYLE.findall(sheet.read_text())}
    texts = {path for path in files.values() if path.suffix != ".woff2"}
    weight = len(gzip.compress(page.encode())) + sum(len(gzip.compress(path.read_bytes())) for path in texts)

    assert {path.suffix for path in sheets} == {".css"}
    assert len(fonts) == 2
    assert 1 + len(texts | fonts) <= 8
    assert weight <= 30_000
    assert weight + sum(path.stat().st_size for path in fonts) <= 90_000


def test_home_runs_no_script(client: Client) -> None:
    assert re.findall(r"<script[^>]*src", client.get("/en/").content.decode()) == []
