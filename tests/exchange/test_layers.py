"""The arrow between the apps holds for templates too; for Python, import-linter checks it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]
LIBRARIES = {file.stem: file.parts[-3] for file in ROOT.glob("*/templatetags/*.py")}
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
OTHER = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
LITERAL = re.compile(r"""["'](\w+)/[\w/-]+\.(?:html|txt|xml)["']""")


def arrows() -> Iterator[tuple[str, str, str]]:
    """Every use of one app's template or tags by another: the file, the app it is of, the app it uses."""
    for file in sorted((ROOT / "templates").rglob("*.*")):
        path = file.relative_to(ROOT / "templates")
        text = file.read_text()
        used = {LIBRARIES.get(word, "") for words in LOAD.findall(text) for word in words.split()}
        used |= {name.partition("/")[0] for name in OTHER.findall(text)}
        yield from ((str(path), path.parts[0], other) for other in used)
    for app in LAYERS:
        for file in sorted((ROOT / app).rglob("*.py")):
            yield from (
                (str(file.relative_to(ROOT)), app, other) for other in LITERAL.findall(file.read_text())
            )


def is_upward(of: str, used: str) -> bool:
    return of in LAYERS and used in LAYERS and LAYERS.index(used) < LAYERS.index(of)


@pytest.mark.parametrize(("of", "used", "upward"), [("people", "themes", True), ("themes", "people", False)])
def test_up_is_told_from_down(of: str, used: str, upward: bool) -> None:
    assert is_upward(of, used) is upward


def test_templates_and_their_tags_know_only_what_lies_below() -> None:
    found = list(arrows())

    assert ("themes/_beside_organisation.html", "themes", "themes") in found
    assert [arrow for arrow in found if is_upward(*arrow[1:])] == []
