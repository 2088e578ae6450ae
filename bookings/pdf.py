"""Pages as tagged PDF (PDF/UA-1), by WeasyPrint: an extra, which needs Pango on the system.

It reads our own style sheets and fonts, and fetches nothing from anywhere.
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

BASE = "static:///"
STYLE = "css/paper.css"


def is_installed() -> bool:
    """Whether a page may lead to a PDF; without loading what makes them, which takes a second and much memory."""
    return find_spec("weasyprint") is not None


def is_there() -> bool:
    """Whether PDFs can be made here."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        # OSError: the Python package is there, and Pango is not.
        return False
    return True


def pdf_of(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """The template, which is a page of its own for paper, as a file to keep; or a page that says what is missing."""
    if not is_there():
        return render(request, "bookings/day/no_pdf.html", context, status=501)
    response = HttpResponse(pdf_bytes(template, context, request), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def pdf_bytes(template: str, context: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    files = _own_files()
    fonts = FontConfiguration()
    page = weasyprint.HTML(
        string=render_to_string(template, context, request), base_url=BASE, url_fetcher=files
    )
    style = weasyprint.CSS(url=f"{BASE}{STYLE}", url_fetcher=files, font_config=fonts)
    written: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return written


def _own_files() -> Any:
    """A fetcher that knows our static files, and nothing else: a page's text cannot make it read or call anything."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            name = unquote(parts.path).removeprefix("/").removeprefix(settings.STATIC_URL.strip("/") + "/")
            found = finders.find(name) if parts.scheme == "static" else None
            if not found:
                raise ValueError("Only the exchange's own files are read.")
            with open(str(found), "rb") as file:
                return URLFetcherResponse(url, file.read())

    return OwnFiles(allowed_protocols=["data", "static"])
