"""Whole anonymous pages, kept in the process for a second.

A page is kept only if nothing in the request or in the response could make it one person's: no session, CSRF or
message cookie, nothing set, nothing that varies by more than the key. At many requests a second this answers before
any other middleware and without a query, and no reader is more than `PAGE_CACHE_SECONDS` behind.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags

MOST_PAGES = 512
LARGEST = 512 * 1024  # bytes
PRIVATE_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
Kept = tuple[float, bytes, dict[str, str], str]


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.may_be_shared(request):
            return self.get_response(request)
        meta = request.META
        key = (
            meta.get("wsgi.url_scheme", "") + meta.get("HTTP_X_FORWARDED_PROTO", ""),
            meta.get("HTTP_HOST", ""),
            request.path_info,
            meta.get("QUERY_STRING", ""),
            "gzip" if "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "") else "",
            "htmx" if "HTTP_HX_REQUEST" in meta else "",
        )
        kept = self.pages.get(key)
        if kept is None or kept[0] < time.monotonic():
            response = self.get_response(request)
            kept = self.keep(key, response)
            if kept is None:
                return response
        return self.answer(request, kept)

    @staticmethod
    def may_be_shared(request: HttpRequest) -> bool:
        if request.method not in {"GET", "HEAD"} or not request.path_info.startswith(("/en/", "/cy/")):
            return False
        return (
            not any(name in request.COOKIES for name in PRIVATE_COOKIES)
            and "HTTP_AUTHORIZATION" not in request.META
        )

    def keep(self, key: tuple[str, ...], response: HttpResponse) -> Kept | None:
        if (
            response.status_code != 200
            or response.streaming
            or response.cookies
            or "no-store" in response.get("Cache-Control", "")
            or "private" in response.get("Cache-Control", "")
            or has_vary_header(response, "*")
            or len(response.content) > LARGEST
        ):
            return None
        # The compression before this pads with random bytes, to hide secrets from who can watch lengths. A shared page
        # has none: compress it once more without, so that the same page has the same bytes and the same ETag.
        body, plain = response.content, response.content
        if response.get("Content-Encoding") == "gzip":
            plain = gzip.decompress(body)
            body = gzip.compress(plain, compresslevel=6, mtime=0)
        headers = {**response.headers, "Content-Length": str(len(body))}
        etag = headers.setdefault("ETag", f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"')
        # Browsers ask again each time, and are told "not modified" cheaply.
        headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        kept = (time.monotonic() + settings.PAGE_CACHE_SECONDS, body, headers, etag)
        with self.lock:
            self.pages[key] = kept
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)
        return kept

    @staticmethod
    def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
        _until, body, headers, etag = kept
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if asked and etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in parse_etags(asked)}:
            return HttpResponse(
                status=304,
                headers={
                    name: headers[name] for name in ("ETag", "Cache-Control", "Vary") if name in headers
                },
            )
        return HttpResponse(body, headers=headers)
