"""Commitments are asked about 3, 6 and 12 months after the date on which they were made."""

import datetime as dt
from calendar import monthrange

from bookings.models import Commitment, CommitmentReview


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan_reviews(commitment: Commitment) -> list[CommitmentReview]:
    """The questions to come, counted from the day of the seminar."""
    day = commitment.booking.seminar_date.local_end.date()
    return CommitmentReview.objects.bulk_create(
        CommitmentReview(commitment=commitment, months=months, due_on=months_after(day, months))
        for months in CommitmentReview.MONTHS
    )
