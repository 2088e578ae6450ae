"""A real Chromium, driven by Playwright; every test of this folder is marked `browser`."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bookings import arriving
from bookings.models import Booking
from people.models import Member
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# A busy machine is slow, and pages that keep themselves fresh look every few seconds: only what never comes is a fault.
expect.set_options(timeout=20_000)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not os.path.exists(executable):
        pytest.skip("no browser: apt-get install -y --no-install-recommends chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server: Any, client_of: Any, settings: Any) -> Iterator[NewPage]:
    """`new_page(member=None, js=True, width=1280)`: a page in a browser of its own, whose faults are kept in `page.problems`."""
    settings.SITE_ADDRESS = live_server.url
    contexts: list[BrowserContext] = []

    def make(member: Member | None = None, js: bool = True, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="en-GB",
            reduced_motion="reduce",
            java_script_enabled=js,
            viewport={"width": width, "height": 900},
            **options,
        )
        contexts.append(context)
        if member is not None:
            cookie = client_of(member).cookies["sessionid"]
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.problems = problems  # type: ignore[attr-defined]
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: problems.append(str(e)))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[Any]]:
    """`axe(page)`: the violations that axe finds, as (rule, impact, targets)."""
    checker = Axe()

    def run(page: Page) -> list[Any]:
        found = checker.run(
            page, options={"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
        ).response["violations"]
        return [(v["id"], v["impact"], [node["target"] for node in v["nodes"]]) for v in found]

    return run


@pytest.fixture
def axe_of(axe: Callable[[Page], list[Any]], new_page: NewPage) -> Callable[..., list[Any]]:
    """`axe_of(page, member, js)`: what axe finds on a page, also of a browser without script, where axe itself cannot run."""

    def run(page: Page, member: Member, js: bool) -> list[Any]:
        if js:
            return axe(page)
        beside = new_page(member, width=page.viewport_size["width"])  # type: ignore[index]
        beside.goto(page.url)
        found = axe(beside)
        beside.context.close()
        return found

    return run


@pytest.fixture
def people() -> list[Booking]:
    """Three with a place on a date that starts in an hour."""
    date = bookable(5)
    found = [book_one(date, person(name)) for name in ("Nia Pritchard", "Hefin Wyn", "Anita Shah")]
    now = timezone.now()
    SeminarDate.objects.filter(pk=date.pk).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=4)
    )
    return found


@pytest.fixture
def door(people: list[Booking], new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A steward's page on a phone, opened by the link."""

    def opened(language: str = "en", **options: Any) -> Page:
        page = new_page(width=320, **options)
        date = SeminarDate.objects.select_related("booking_rules").get(pk=people[0].seminar_date_id)
        path = reverse("bookings:steward", args=[arriving.steward_token(date.booking_rules)])
        page.goto(path)
        if language == "cy":
            page.get_by_role("link", name="Cymraeg").click()
        return page

    return opened
