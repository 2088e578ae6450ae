from typing import Any

from bookings.models import Delivery
from tests.pages import Page
from tests.pages_of_bookings.world import booking, of_date

OPEN = "302 403 200 403 200"
DONE = "302 403 302 403 302"


def failed_letter() -> dict[str, Any]:
    """A letter that came back, made for the one who looks at it."""
    kwargs, found = of_date()(), booking("confirmed")
    letter = Delivery.objects.create(
        booking=found, kind="confirmation", to=found.address, state="failed", error="refused: 550 5.1.1"
    )
    return {**kwargs, "pk": letter.pk}


def letters() -> dict[str, Any]:
    failed_letter()
    return of_date()()


def action(name: str, kwargs: Any) -> Page:
    return Page(f"bookings:{name}", DONE, kwargs, method="post", html=False)


PAGES: list[Page] = [
    # Its secret is not set, so that it is not there for anybody.
    Page("bounces", "404 404 404 404 404", {"secret": "unknown"}, method="post", html=False),
    Page("bookings:organise-letters", OPEN, letters),
    action("organise-letters-repetition", letters),
    action("organise-letter-repetition", failed_letter),
]
