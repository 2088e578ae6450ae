"""schema.org's JSON-LD in a page, for machines that read it."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# What could end the element that holds it, or be read as markup there; as in Django's own `json_script`.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # Safe: a JSON text in which nothing can close the element.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # nosec B308 B703
