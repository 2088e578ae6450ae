"""The page cache must never hand one person's page to another, and must be right about "not modified"."""

import gzip
import time
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from exchange.page_cache import PageCacheMiddleware

FACTORY = RequestFactory()


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def cache(settings: object, calls: list[str]) -> PageCacheMiddleware:
    settings.PAGE_CACHE_SECONDS = 60  # type: ignore[attr-defined]

    def view(request: HttpRequest) -> HttpResponse:
        calls.append(request.get_full_path())
        return HttpResponse(f"answer {len(calls)}")

    return PageCacheMiddleware(view)


def with_cookie(name: str) -> HttpRequest:
    request = FACTORY.get("/en/")
    request.COOKIES[name] = "x"
    return request


def test_an_anonymous_page_is_drawn_once(cache: PageCacheMiddleware, calls: list[str]) -> None:
    answers = [cache(FACTORY.get("/en/")).content for _ in range(3)]

    assert answers == [b"answer 1"] * 3
    assert calls == ["/en/"]


@pytest.mark.parametrize(
    "request_",
    [
        with_cookie("sessionid"),
        with_cookie("csrftoken"),
        with_cookie("messages"),
        FACTORY.post("/en/"),
        FACTORY.get("/"),
        FACTORY.get("/en/", headers={"authorization": "Bearer x"}),
    ],
    ids=["session", "csrf", "messages", "post", "outside a language", "authorization"],
)
def test_what_may_be_personal_is_neither_kept_nor_answered(
    cache: PageCacheMiddleware, calls: list[str], request_: HttpRequest
) -> None:
    cache(FACTORY.get("/en/"))

    cache(request_)
    cache(request_)

    assert len(calls) == 3


@pytest.mark.parametrize("other", ["/en/?q=1", "/cy/"])
def test_another_address_is_another_page(cache: PageCacheMiddleware, other: str) -> None:
    assert cache(FACTORY.get("/en/")).content != cache(FACTORY.get(other)).content


def test_another_host_is_another_page(cache: PageCacheMiddleware) -> None:
    here, there = (cache(FACTORY.get("/en/", headers={"host": host})) for host in ("a.example", "b.example"))

    assert here.content != there.content


@pytest.mark.parametrize(
    "spoil",
    [
        lambda response: response.set_cookie("a", "b"),
        lambda response: response.headers.__setitem__("Cache-Control", "private"),
        lambda response: response.headers.__setitem__("Cache-Control", "no-store"),
        lambda response: response.headers.__setitem__("Vary", "*"),
        lambda response: setattr(response, "status_code", 404),
    ],
    ids=["sets a cookie", "private", "no-store", "varies by all", "not found"],
)
def test_some_answers_are_not_kept(settings: object, spoil: Callable[[HttpResponse], None]) -> None:
    settings.PAGE_CACHE_SECONDS = 60  # type: ignore[attr-defined]
    drawn = []

    def view(request: HttpRequest) -> HttpResponse:
        drawn.append(1)
        response = HttpResponse("x")
        spoil(response)
        return response

    cache = PageCacheMiddleware(view)
    cache(FACTORY.get("/en/"))
    cache(FACTORY.get("/en/"))

    assert len(drawn) == 2


def test_a_browser_that_has_the_page_is_told_so(cache: PageCacheMiddleware) -> None:
    etag = cache(FACTORY.get("/en/")).headers["ETag"]

    answer = cache(FACTORY.get("/en/", headers={"if-none-match": etag}))

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_page_is_kept_no_longer_than_set(settings: object, calls: list[str]) -> None:
    settings.PAGE_CACHE_SECONDS = 0.01  # type: ignore[attr-defined]
    cache = PageCacheMiddleware(lambda request: HttpResponse(str(calls.append("") or len(calls))))
    cache(FACTORY.get("/en/"))
    time.sleep(0.02)

    assert cache(FACTORY.get("/en/")).content == b"2"


def test_the_number_of_kept_pages_is_bounded(cache: PageCacheMiddleware) -> None:
    for n in range(600):
        cache(FACTORY.get(f"/en/?n={n}"))

    assert len(cache.pages) == 512


def test_a_page_drawn_again_with_random_padding_is_still_not_modified(settings: object) -> None:
    settings.PAGE_CACHE_SECONDS = 0.01  # type: ignore[attr-defined]
    cache = PageCacheMiddleware(GZipMiddleware(lambda request: HttpResponse("word " * 200)))
    asked = {"accept-encoding": "gzip"}
    etag = cache(FACTORY.get("/en/", headers=asked)).headers["ETag"]
    time.sleep(0.02)

    answer = cache(FACTORY.get("/en/", headers={**asked, "if-none-match": etag}))

    assert answer.status_code == 304
    assert gzip.decompress(cache(FACTORY.get("/en/", headers=asked)).content) == b"word " * 200
