from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ui.bilingual import reader_language


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs. No query, nothing personal: anonymous pages are shared."""
    language = reader_language()
    return {
        "LANG": language,
        "OTHER_LANG": "en" if language == "cy" else "cy",
        "SITE_NAME": settings.SITE_NAME,
        "SITE_ADDRESS": settings.SITE_ADDRESS,
        "IS_EXAMPLE": settings.DEVELOPMENT,
    }
