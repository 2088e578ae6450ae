"""What delegates thought of a date: given once, and kept without anything that leads back to who gave it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Booking, Feedback, OwnAnswer, OwnQuestion
from seminars.models import SeminarDate

State = Booking.State
CAME = (State.CONFIRMED, State.ATTENDED)
OPEN_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Opinion:
    usefulness: int
    recommend: str
    take_away: str = ""
    comment: str = ""


def why_not_here(booking: Booking, now: datetime | None = None) -> str:
    """Why this booking has no "afterwards" (yet), in words; nothing where it has one."""
    if booking.seminar_date.is_cancelled or booking.state not in CAME:
        return _("This page is for those who had a place on the date, and whom nobody noted as missing.")
    if booking.seminar_date.starts_at > (now or timezone.now()):
        return _("This page opens when the date begins.")
    return ""


def why_not(booking: Booking, now: datetime | None = None) -> str:
    """Why no feedback can be given, in words; nothing where it can."""
    now = now or timezone.now()
    if booking.seminar_date.ends_at + OPEN_FOR < now:
        return _("Feedback was taken for 60 days after the date. That time is over.")
    return why_not_here(booking, now)


def questions_of(seminar_date: SeminarDate) -> QuerySet[OwnQuestion]:
    return OwnQuestion.objects.filter(seminar_date=seminar_date, purpose=OwnQuestion.Purpose.FEEDBACK)


@transaction.atomic
def give(booking: Booking, opinion: Opinion, answers: dict[int, str], language: str) -> bool:
    """Keep what somebody thought. False: this booking has answered before, and nothing changed.

    The booking is marked with the start of the date, and not with this moment: with the moment, whoever reads the
    database could lay the two tables side by side.
    """
    date = booking.seminar_date
    open_now = Booking.objects.filter(
        pk=booking.pk, feedback_at__isnull=True, anonymised_at__isnull=True, state__in=CAME
    )
    if not open_now.update(feedback_at=date.starts_at):
        return False
    feedback = Feedback.objects.create(
        seminar_date=date,
        usefulness=opinion.usefulness,
        recommend=opinion.recommend,
        take_away=opinion.take_away,
        comment=opinion.comment,
        language=language,
    )
    known = questions_of(date).filter(pk__in=[key for key, value in answers.items() if value])
    OwnAnswer.objects.bulk_create(
        OwnAnswer(question=question, feedback=feedback, value=answers[question.pk]) for question in known
    )
    booking.feedback_at = date.starts_at
    return True
