"""Every page for people, in both languages: axe finds nothing, nothing scrolls sideways, the console is silent."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from playwright.sync_api import Page as BrowserPage

from people.models import Member
from tests.pages import SIGN_INS
from tests.pages_of_the_exchange import PAGES

pytestmark = pytest.mark.django_db(transaction=True)
READERS = sorted(
    {page.first_reader for page in PAGES if page.html and page.method == "get" and page.first_reader}
)

# A class that sets `display` would win over the attribute.
SHOWN_THOUGH_HIDDEN = """Array.from(document.querySelectorAll('[hidden]:not([hidden="until-found"])'))
    .filter(one => one.getClientRects().length).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_pages_are_accessible(
    new_page: Callable[..., BrowserPage], axe: Callable[[BrowserPage], list[Any]], language: str, reader: str
) -> None:
    call_command("load_example", stdout=StringIO())
    member = Member.objects.filter(email=SIGN_INS.get(reader, "")).first()
    page = new_page(member, width=320 if language == "cy" else 1280)
    faults: list[tuple[str, object]] = []

    for one in PAGES:
        if not one.html or one.method != "get" or one.first_reader != reader:
            continue
        with translation.override(language):
            address = one.address()
        page.goto(address)
        faults += [(address, violation) for violation in axe(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:  # type: ignore[index]
            faults.append((address, f"{width} pixels wide"))
        for shown in page.evaluate(SHOWN_THOUGH_HIDDEN):
            faults.append((address, f"hidden, and seen: {shown}"))
        if page.get_attribute("html", "lang") not in {language, None} and address.startswith(f"/{language}/"):
            faults.append((address, "is in the wrong language"))
        faults += [(address, problem) for problem in page.problems]  # type: ignore[attr-defined]
        page.problems.clear()  # type: ignore[attr-defined]

    assert faults == []
