from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings import arriving
from bookings.models import CheckIn
from seminars.models import SeminarDate
from tests.pages import ALL_OK, Page
from tests.pages_of_bookings.world import FULL, booking, date, of_date

OPEN, DONE = "302 403 200 403 200", "302 403 302 403 302"
# Who is not a steward is told so, whoever they are.
AT_THE_DOOR, NOTED = "403 403 200 403 200", "403 403 302 403 302"


def today() -> SeminarDate:
    """The full date, starting in an hour."""
    found = date(*FULL)
    now = timezone.now().replace(second=0, microsecond=0)
    SeminarDate.objects.filter(pk=found.pk).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=5)
    )
    return date(*FULL)


def door() -> dict[str, Any]:
    return {"uuid": today().uuid}


def one() -> dict[str, Any]:
    return {**door(), "code": booking("confirmed").code}


def noted() -> dict[str, Any]:
    found = today()
    return {"uuid": found.uuid, "pk": arriving.check_in(booking("confirmed"), CheckIn.Way.NAME).pk}


def link() -> dict[str, Any]:
    return {"token": arriving.steward_token(today().booking_rules)}


def page(name: str, who: str, kwargs: Any, **more: Any) -> Page:
    return Page(f"bookings:{name}", who, kwargs, **more)


PAGES: list[Page] = [
    page("stewards", OPEN, of_date()),
    page("stewards-link", DONE, of_date(), method="post", html=False),
    page("day-closing", OPEN, of_date()),
    page("paper", OPEN, of_date()),
    page("sheets", OPEN, of_date()),
    page("badges", OPEN, of_date()),
    page("badges-pdf", OPEN, of_date(), html=False),
    page("programme-pdf", ALL_OK, of_date(), html=False),
    page("steward", "302 302 302 302 302", link, html=False),
    page("steward", "404 404 404 404 404", {"token": "unknown"}),
    page("check-in-desk", AT_THE_DOOR, door),
    page("check-in-desk", AT_THE_DOOR, door, query="?q=nobody"),
    page("arrival", NOTED, door, method="post", html=False),
    page("arrival-removal", NOTED, noted, method="post", html=False),
    page("walk-in", AT_THE_DOOR, door),
    page("replay", "403 403 400 403 400", door, method="post", html=False),
    page("arrival-list", AT_THE_DOOR, door, html=False),
    page("arrival-counts", AT_THE_DOOR, door, html=False),
    page("check-in-worker", ALL_OK, door, html=False),
    page("check-in", ALL_OK, one),
]
