"""Where the example's bookings are, for the rows of the table: each gives the arguments of an address."""

from collections.abc import Callable
from typing import Any

from bookings.models import Booking
from seminars.models import SeminarDate

Given = Callable[[], dict[str, Any]]
# Held by the organiser's organisation: to come and full; to come, with workshops to be drawn; past.
FULL = ("the-call-before-the-letter", "cardiff")
DRAWN = ("the-call-before-the-letter", "llandudno")
PAST = ("public-money-plainly-told", "cardiff")


def date(seminar: str, key: str) -> SeminarDate:
    return SeminarDate.objects.select_related("seminar").get(
        seminar__slug=seminar, slug__startswith=f"{key}-"
    )


def of_date(where: tuple[str, str] = FULL) -> Given:
    """`slug` and `date_slug`."""
    return lambda: {"slug": where[0], "date_slug": date(*where).slug}


def booking(state: str, where: tuple[str, str] = FULL) -> Booking:
    return Booking.objects.filter(seminar_date=date(*where), state=state).order_by("pk")[0]


def token(state: str, where: tuple[str, str] = FULL) -> Given:
    """The link that manages a booking in this state."""
    return lambda: {"token": booking(state, where).token}


def later_token(where: tuple[str, str] = PAST) -> Given:
    """The link for feedback and commitments of somebody who came."""
    return lambda: {"token": booking("attended", where).later_token}


def of_booking(state: str = "confirmed", where: tuple[str, str] = FULL) -> Given:
    """`slug`, `date_slug` and `pk`, for the organiser's page of a booking."""
    return lambda: {**of_date(where)(), "pk": booking(state, where).pk}
