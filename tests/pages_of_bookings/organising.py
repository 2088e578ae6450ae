"""The organisers' bookings: the overview, the list, one booking and what is done to it."""

from bookings.models import Booking
from tests.pages import Page
from tests.pages_of_bookings import world

OPEN = "302 403 200 403 200"
DATE, BOOKING = world.of_date(), world.of_booking()


def page(name: str, kwargs: world.Given, query: str = "") -> Page:
    return Page(f"bookings:{name}", OPEN, kwargs, query=query)


def asking() -> dict[str, object]:
    """A booking that waits for approval: one is made to, for the example has approval nowhere else."""
    found = world.booking("waiting")
    Booking.objects.filter(pk=found.pk).update(state="requested")
    return {**DATE(), "pk": found.pk}


PAGES: list[Page] = [
    page("organise-bookings", DATE),
    page("organise-bookings", world.of_date(world.DRAWN)),
    page("organise-bookings", world.of_date(world.PAST)),
    page("organise-bodies", DATE),
    page("organise-bodies", DATE, "?there=nobody&sector=police"),
    page("organise-bodies", DATE, "?sector=education&came=on"),
    page("organise-needs", DATE),
    Page("bookings:organise-needs", OPEN, DATE, method="post", html=False),
    page("organise-list", DATE),
    page("organise-list", DATE, "?state=waiting"),
    page("organise-list", DATE, "?q=nobody"),
    page("organise-requests", DATE),
    page("organise-new", DATE),
    page("organise-export", DATE),
    page("organise-booking", BOOKING),
    page("organise-booking", world.of_booking("waiting")),
    Page("bookings:organise-booking-needs", OPEN, BOOKING, method="post", html=False),
    page("organise-approval", asking),
    page("organise-refusal", asking),
    page("organise-priority", world.of_booking("waiting")),
    page("organise-priority-removal", world.of_booking("waiting")),
    page("organise-split", world.of_booking("waiting")),
    page("organise-booking-cancellation", BOOKING),
    page("organise-letter-again", BOOKING),
    page("organise-booking-move", BOOKING),
    page("organise-workshops", world.of_booking(where=world.DRAWN)),
    page("organise-details", BOOKING),
]
