"""The exchange's own pages, written in Markdown in both languages; the first line is the title."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.safestring import SafeString

from ui.markdown import render

FOLDER = Path(__file__).parent


class Page(NamedTuple):
    title: str
    html: SafeString


@cache
def page(name: str, language: str) -> Page:
    """`page("about", "cy")`: read once a process."""
    title, _line, body = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8").partition("\n")
    return Page(title.removeprefix("# ").strip(), render(body))
