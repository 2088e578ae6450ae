"""What a first visit loads stays light."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

STATIC = Path(settings.BASE_DIR) / "static"
WELSH = "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿẄẂẀ’–"


def test_fonts_have_every_welsh_letter_and_are_light() -> None:
    fonts = sorted((STATIC / "fonts").glob("*.woff2"))

    assert [font.name for font in fonts] == ["display.woff2", "text.woff2"]
    assert sum(font.stat().st_size for font in fonts) < 58_000
    for font in fonts:
        assert {ord(letter) for letter in WELSH} <= set(TTFont(font).getBestCmap())
        assert (STATIC / "fonts" / f"{font.name}.LICENSE.txt").exists()


def test_changed_font_does_not_bear_the_reserved_name() -> None:
    names = TTFont(STATIC / "fonts" / "display.woff2")["name"].names

    assert all("Source" not in str(record) for record in names if record.nameID in {1, 3, 4, 6, 16, 18})


def test_public_stylesheets_are_light() -> None:
    sheets = [(STATIC / "css" / f"{name}.css").read_bytes() for name in ("base", "components", "forms")]

    assert len(gzip.compress(b"".join(sheets))) < 8_192


def test_focus_stays_visible_where_colours_are_forced() -> None:
    rule = re.search(r"a:focus-visible \{([^}]*)\}", (STATIC / "css" / "base.css").read_text())

    # Shadows and backgrounds are dropped there, and a transparent outline is drawn.
    assert rule is not None
    assert "outline: 3px solid transparent" in rule[1]


def test_templates_hold_no_style_and_no_handler() -> None:
    faults = [
        path.name
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        # Mail programs know no style sheets: what a letter looks like stands in it.
        if path.parts[-2:] != ("letters", "mail.html")
        and any(
            word in path.read_text()
            for word in (" style=", " onclick=", " onchange=", " onsubmit=", "javascript:", "<style")
        )
    ]

    assert faults == []
