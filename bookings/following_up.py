"""Commitments are asked about 3, 6 and 12 months after the date on which they were made."""

import datetime as dt
from calendar import monthrange

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox
from bookings.models import Booking, Commitment, CommitmentReview, Delivery
from people.refusal import Refused

Outcome = CommitmentReview.Outcome
MOST = 20
# After these nobody is asked again.
ENDS = (Outcome.DONE, Outcome.STOPPED)
MORNING = dt.time(9)
# Who sets this up later, or was away, does not ask about what is long past.
ASKED_WITHIN = dt.timedelta(days=60)
AT_ONCE = 500


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


def why_no_more(booking: Booking, today: dt.date | None = None) -> str:
    """Why nothing can be added, in words: once the first question is due, there is time left for none of its own."""
    first = months_after(booking.seminar_date.local_end.date(), CommitmentReview.MONTHS[0])
    if first <= (today or timezone.localdate()):
        return _("New ones could be noted for three months after the date. Those that you noted stay yours.")
    return ""


@transaction.atomic
def commit(commitment: Commitment) -> Commitment:
    """Note what a delegate will do. Raises `Refused` in words for one too many."""
    # The booking's row is held, so that a double click does not count past the most.
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=commitment.booking_id)
    if Commitment.objects.filter(booking=booking).count() >= MOST:
        raise Refused(_("These are many already: take one away first."))
    twin = Commitment.objects.filter(
        booking=booking, text=commitment.text, made_at__gt=timezone.now() - dt.timedelta(minutes=1)
    ).first()
    if twin:
        return twin
    commitment.save()
    plan_reviews(commitment)
    return commitment


def answer(review: CommitmentReview, outcome: str, note: str) -> None:
    """What came of it; a later answer takes the place of an earlier one to the same question."""
    now = timezone.now()
    CommitmentReview.objects.filter(pk=review.pk).update(outcome=outcome, note=note, answered_at=now)
    review.outcome, review.note, review.answered_at = outcome, note, now


def current(commitment: Commitment, today: dt.date | None = None) -> CommitmentReview | None:
    """The question whose time it is: the last that is due, or the first while none is."""
    reviews = sorted(commitment.reviews.all(), key=lambda one: one.months)
    due = [one for one in reviews if one.due_on <= (today or timezone.localdate())]
    return due[-1] if due else reviews[0] if reviews else None


def to_ask(today: dt.date) -> list[CommitmentReview]:
    """What is due and was neither asked nor answered, of commitments that go on and people who have a name."""
    answered = CommitmentReview.objects.filter(commitment=OuterRef("commitment")).exclude(outcome="")
    last = Subquery(answered.order_by("-answered_at", "-months").values("outcome")[:1])
    due = CommitmentReview.objects.filter(
        due_on__lte=today, due_on__gt=today - ASKED_WITHIN, asked_at=None, answered_at=None,
        commitment__booking__anonymised_at=None,
    ).annotate(last=last)  # fmt: skip
    open_ones = due.filter(Q(last=None) | ~Q(last__in=ENDS))
    return list(open_ones.select_related("commitment__booking").order_by("due_on", "pk")[:AT_ONCE])


def ask(now: dt.datetime | None = None) -> int:
    """Write the letters of the day: one for a commitment, even where two of its questions are due."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    due = {review.commitment_id: review for review in to_ask(today)}
    morning = timezone.make_aware(dt.datetime.combine(today, MORNING))
    return sum(_ask(review, now, max(now, morning)) for review in due.values())


@transaction.atomic
def _ask(review: CommitmentReview, now: dt.datetime, at: dt.datetime) -> int:
    """Whoever is first marks it, and writes."""
    unasked = CommitmentReview.objects.filter(commitment=review.commitment_id, asked_at=None)
    if not unasked.filter(due_on__lte=review.due_on).update(asked_at=now):
        return 0
    written = outbox.write(
        Delivery.Kind.FOLLOW_UP,
        [review.commitment.booking],
        detail={"review": review.pk},
        once=f"follow-up {review.pk}",
        due_at=at,
    )
    return len(written)
