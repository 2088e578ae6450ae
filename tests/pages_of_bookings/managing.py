from typing import Any

from bookings.models import Booking
from seminars.models import SeminarDate
from tests.pages import ALL_OK, MEMBERS, Page
from tests.pages_of_bookings.world import DRAWN, FULL, PAST, booking, date, token

LED_ON = "302 302 302 302 302"
NEVER = "404 404 404 404 404"
CONFIRMED, WAITING, OFFERED = token("confirmed"), token("waiting"), token("offered")


def page(name: str, who: str, kwargs: Any, **more: Any) -> Page:
    return Page(f"bookings:{name}", who, kwargs, **more)


def click(name: str, kwargs: Any, who: str = LED_ON) -> Page:
    return page(name, who, kwargs, method="post", html=False)


def moving() -> dict[str, Any]:
    found = booking("confirmed")
    others = SeminarDate.objects.filter(seminar=found.seminar_date.seminar, booking_rules__isnull=False)
    to = others.exclude(pk=found.seminar_date_id).upcoming()[0]
    return {"token": found.token, "date_slug": to.slug}


def with_workshops() -> dict[str, Any]:
    return {"token": booking("confirmed", DRAWN).token}


def leading_a_whole_group() -> dict[str, Any]:
    """Somebody in the queue, as whoever booked for a whole group."""
    from bookings.models import Group

    found = booking("waiting")
    Booking.objects.filter(pk=found.pk).update(
        group=Group.objects.create(seminar_date=date(*FULL), is_whole=True), request_place=0
    )
    return {"token": found.token}


PAGES: list[Page] = [
    page("manage", ALL_OK, CONFIRMED),
    page("manage", ALL_OK, WAITING),
    page("manage", ALL_OK, OFFERED),
    # Its date was more than a week ago.
    page("manage", NEVER, token("attended", PAST)),
    page("manage", NEVER, {"token": "unknown"}),
    page("entry", ALL_OK, CONFIRMED, html=False),
    page("acceptance", LED_ON, OFFERED, html=False),
    page("refusal", ALL_OK, OFFERED),
    page("leaving", ALL_OK, WAITING),
    page("cancellation", ALL_OK, CONFIRMED),
    page("split", ALL_OK, leading_a_whole_group),
    page("workshops", ALL_OK, with_workshops),
    page("moves", ALL_OK, CONFIRMED),
    page("move", ALL_OK, moving),
    page("hand-over", ALL_OK, CONFIRMED),
    page("details", ALL_OK, CONFIRMED),
    page("join", ALL_OK, CONFIRMED),
    page("join", "403 403 403 403 403", WAITING),
    page("delegates", ALL_OK, CONFIRMED),
    page("delegates", "403 403 403 403 403", OFFERED),
    click("acceptance", OFFERED),
    click("refusal", OFFERED),
    click("leaving", WAITING),
    click("cancellation", CONFIRMED),
    # A click on what is only for others leads back, and changes nothing.
    click("split", CONFIRMED),
    click("acceptance", {"token": "unknown"}, NEVER),
    page("my-seminars", MEMBERS, {}),
]
