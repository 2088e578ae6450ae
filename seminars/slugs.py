"""Words for addresses: made once from a text, free, and never one of the exchange's own path words."""

from django.db import models
from django.utils.text import slugify

RESERVED = {
    "new", "past", "calendar", "feed", "resources", "invitation", "venues",
    "newydd", "gorffennol", "calendr", "ffrwd", "adnoddau", "gwahoddiad", "lleoliadau",
}  # fmt: skip


def free_slug(others: models.QuerySet, text: str, length: int = 100, fallback: str = "seminar") -> str:
    """A slug that none of `others` has; `-2`, `-3` and so on tell namesakes apart."""
    base = slugify(text.replace("’", "").replace("'", ""))[:length].strip("-") or fallback
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
