import re
import time
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ui.markdown import ATTRIBUTES, LONGEST, TAGS, render, validate_length

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    '[a](http://x "onmouseover=alert(1)")',
    '![a](x" onerror="alert(1))',
    "<a href='javascript:x'>a</a>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil></iframe>",
    "`<script>`",
    "<!--<script>-->",
    "[x]: javascript:alert(1)\n\n[x]",
    '<http://a" onclick=alert(1)>',
    "\0<script\0>",
]


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_safe(html: str) -> None:
    seen = Seen()
    seen.feed(html)
    for tag, attributes in seen.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}
        for name in ("href", "src"):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get(name) or "", re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_is_harmless(source: str) -> None:
    assert_safe(render(source))


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "*", "_", "`", "\n", "[", "](", ")", "<", ">", '"', "#", "|", "&", " ", "a"]
        )
    ).map("".join)
)
def test_no_mixture_is_harmful(source: str) -> None:
    assert_safe(render(source))


@given(st.text())
def test_any_text_is_rendered_safely(source: str) -> None:
    assert_safe(render(source))


def test_what_is_allowed_stays() -> None:
    html = render("# Lesson\n\n*Bore* **da**, [here](https://example.wales)\n\n| a |\n|---|\n| b |")

    assert "<h2>Lesson</h2>" in html
    assert "<em>Bore</em> <strong>da</strong>" in html
    assert 'href="https://example.wales"' in html
    assert "<td>b</td>" in html


def test_headings_start_below_the_page_s_own() -> None:
    assert re.findall(r"<(h\d)>", render("# a\n\n## b\n\n###### c")) == ["h2", "h3", "h4"]


def test_too_long_is_refused_and_never_rendered_whole() -> None:
    with pytest.raises(ValidationError):
        validate_length("a" * (LONGEST + 1))
    assert len(render("a" * LONGEST * 2)) < LONGEST + 100


@pytest.mark.parametrize("piece", ["[", "![](", "*a_", "`" * 3, "> ", "<a ", "- ", "|a"])
def test_adversarial_repetition_ends(piece: str) -> None:
    started = time.process_time()

    assert_safe(render(piece * (LONGEST // len(piece))))
    # A generous bound: what is quadratic here would take minutes.
    assert time.process_time() - started < 20
