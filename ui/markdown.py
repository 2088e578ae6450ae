"""Markdown as the exchange allows it: no raw HTML, sanitised, rendered once on save.

The input is capped, because a few constructs cost time that grows with the square of their length.
"""

import html
from functools import lru_cache
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

LONGEST = 50_000  # characters
TAGS = {
    "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "img",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}, "ol": {"start"}}

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def _shift_headings(tokens: list[Any]) -> None:
    """A text's own headings start below the page's: `#` becomes h2, and nothing is deeper than h4."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"


@lru_cache(maxsize=256)
def render(source: str) -> SafeString:
    """Sanitised HTML of a Markdown text of at most `LONGEST` characters; a longer one is cut there."""
    env: dict[str, Any] = {}
    tokens = _parser.parse(source[:LONGEST], env)
    _shift_headings(tokens)
    dirty = _parser.renderer.render(tokens, _parser.options, env)
    clean = nh3.clean(
        dirty,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean)  # nosec B308 B703


def excerpt(source: str, most: int = 260) -> str:
    """The opening of a Markdown text as plain words: whole words, at most `most` letters, an ellipsis if cut."""
    plain = " ".join(html.unescape(nh3.clean(render(source), tags=set())).split())
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def validate_length(source: str) -> None:
    if len(source) > LONGEST:
        raise ValidationError(_("This text is too long: the most is %(most)s characters") % {"most": LONGEST})


class MarkdownField(models.TextField):
    """A text in Markdown; declare a `RenderedField` of it beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_length]


class RenderedField(models.TextField):
    """The HTML of the Markdown field that `source` names, made whenever the row is saved."""

    def __init__(self, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"editable": False, "blank": True, "default": ""}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        html = str(render(getattr(model_instance, self.source)))
        setattr(model_instance, self.attname, html)
        return html
