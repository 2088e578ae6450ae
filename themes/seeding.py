"""The themes that an exchange begins with: twelve editorial ones, the seven goals and the five ways of working."""

import tomllib
from pathlib import Path

from django.db import transaction

from themes.models import Theme

FILE = Path(__file__).parent / "data" / "themes.toml"


def seed_themes() -> int:
    """Add the themes that are missing and return how many; what editors have changed since is left as it is."""
    with FILE.open("rb") as file:
        wanted = tomllib.load(file)["theme"]
    added = 0
    with transaction.atomic():
        for row in wanted:
            fields = {
                key: value for key, value in row.items() if key not in {"key", "questions_en", "questions_cy"}
            }
            fields |= {
                f"questions_{lang}": "\n".join(row.get(f"questions_{lang}", [])) for lang in ("en", "cy")
            }
            _theme, created = Theme.objects.get_or_create(slug_en=row["key"], defaults=fields)
            added += created
    return added
