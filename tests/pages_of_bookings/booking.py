"""Booking a place in the table of `tests/pages.py`: with places, with lots, full, to be approved, and not ours."""

from typing import Any

from django.utils import timezone

from bookings.models import Booking, BookingRules, Pool
from seminars.models import SeminarDate
from tests.pages import ALL_OK, Page

AWAY = "302 302 302 302 302"  # leads to the first page, whoever asks
NOT_FOUND = "404 404 404 404 404"


def a_date(**found: Any) -> dict[str, Any]:
    rules = BookingRules.objects.filter(**found).select_related("seminar_date__seminar")
    date = rules.order_by("seminar_date__starts_at")[0].seminar_date
    return {"slug": date.seminar.slug, "date_slug": date.slug}


def open_date() -> dict[str, Any]:
    return a_date(workshops="first come", seminar_date__starts_at__gt=timezone.now(), needs_approval=False)


def drawn() -> dict[str, Any]:
    return a_date(workshops="drawn", seminar_date__starts_at__gt=timezone.now())


def past() -> dict[str, Any]:
    """One that has places, whether the example gave it any or not."""
    date = SeminarDate.objects.filter(ends_at__lt=timezone.now(), seminar__state="published").order_by(
        "-ends_at"
    )[0]
    BookingRules.objects.get_or_create(seminar_date=date)
    Pool.objects.get_or_create(seminar_date=date, attendance="in person", defaults={"capacity": 9})
    return {"slug": date.seminar.slug, "date_slug": date.slug}


def booked(state: str) -> Any:
    def token() -> dict[str, str]:
        found = Booking.objects.filter(state=state, seminar_date__ends_at__gt=timezone.now()).order_by("pk")
        return {"token": found[0].token}

    return token


PAGES: list[Page] = [
    Page("bookings:book", ALL_OK, open_date),
    Page("bookings:book", ALL_OK, drawn),
    Page("bookings:book", ALL_OK, past),
    Page("bookings:book", NOT_FOUND, {"slug": "no-such-seminar", "date_slug": "here"}, html=False),
    *(
        Page(f"bookings:book-{step}", AWAY, open_date, html=False)
        for step in ("how", "who", "person", "workshops", "needs", "check")
    ),
    # Sent with nothing in it: the first page again, with what is missing.
    Page("bookings:book", ALL_OK, open_date, method="post", html=False),
    Page("bookings:book-check", ALL_OK, open_date, method="post", html=False),
    Page("bookings:how-drawn", ALL_OK, drawn),
    Page("bookings:how-drawn", NOT_FOUND, open_date, html=False),
    Page("bookings:lost-link", ALL_OK),
    Page("bookings:lost-link", ALL_OK, query="?sent=1"),
    Page("bookings:lost-link", ALL_OK, method="post", html=False),
    Page("bookings:booked", ALL_OK, booked("confirmed")),
    Page("bookings:booked", ALL_OK, booked("waiting")),
    Page("bookings:booked", NOT_FOUND, {"token": "unknown"}, html=False),
]
