"""People who were there: bookings of dates that are over, and what they noted afterwards."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bookings import following_up
from bookings.models import Booking, Commitment, CommitmentReview, Feedback
from seminars.models import SeminarDate
from tests.bookings.ground import book_one, bookable, person

PUBLIC, ORGANISATION, PRIVATE = "public", "organisation", "private"


def came(number: int = 1, *, days_ago: float = 1, state: str = "attended", **fields: Any) -> list[Booking]:
    """So many people who came to one date, some days ago."""
    date = fields.pop("date", None) or bookable(300)
    move(date, -30)
    date.refresh_from_db()
    people = [book_one(date, person(**fields)) for _each in range(number)]
    Booking.objects.filter(pk__in=[one.pk for one in people]).update(state=state)
    move(date, days_ago)
    return list(Booking.objects.filter(pk__in=[one.pk for one in people]).order_by("pk"))


def move(date: SeminarDate, days_ago: float) -> None:
    """The date began so many days ago, and took three hours."""
    start = timezone.now() - timedelta(days=days_ago)
    SeminarDate.objects.filter(pk=date.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))


def one_who_came(**fields: Any) -> Booking:
    return came(1, **fields)[0]


def noted(
    booking: Booking, text: str = "Ring Gwynedd", visibility: str = PRIVATE, **fields: Any
) -> Commitment:
    return following_up.commit(Commitment(booking=booking, text=text, visibility=visibility, **fields))


def told(commitment: Commitment, outcome: str, note: str = "", months: int = 3) -> CommitmentReview:
    review = commitment.reviews.get(months=months)
    following_up.answer(review, outcome, note)
    return review


def thought(date: SeminarDate, *usefulness: int, **fields: Any) -> list[Feedback]:
    """One answer for each."""
    fields.setdefault("recommend", "yes")
    return [Feedback.objects.create(seminar_date=date, usefulness=one, **fields) for one in usefulness]


def address(name: str, booking: Booking, *more: Any) -> str:
    return reverse(f"bookings:{name}", args=[booking.later_token, *more])


def of_date(name: str, date: SeminarDate, *more: Any) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug, *more])
