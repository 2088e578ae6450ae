"""At the door: what a steward's browser does, and what it keeps."""

from playwright.sync_api import Page

from bookings.models import CheckIn

NOTES = "Object.entries(localStorage)"
COPIES = """async () => {
    const found = [];
    for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
    return found;
}"""


def wait_until(page: Page, condition: str) -> None:
    """Wait for a condition that is known only after a while, which `wait_for_function` takes for true at once."""
    page.evaluate(
        f"async () => {{ while (!({condition})) await new Promise((then) => setTimeout(then, 50)); }}"
    )


def wait_for_the_copy(page: Page) -> None:
    # The list is kept last.
    kept = 'await caches.match(document.querySelector("[data-door]").dataset.list)'
    wait_until(page, f"navigator.serviceWorker.controller && {kept}")


def wait_for_no_copy(page: Page) -> None:
    wait_until(page, "!(await caches.keys()).length")


def mark(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Is here {name}").click()


def here() -> set[str]:
    return set(CheckIn.objects.filter(undone_at=None).values_list("booking__name", flat=True))
