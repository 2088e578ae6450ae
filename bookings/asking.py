"""Questions to the speakers of a date, and votes for them.

Whatever readers see has a number, `QuestionBoard.version`, that rises with each change: asking for the number is all
that hundreds of readers do every few seconds.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import tokens
from bookings.models import Booking, Question, QuestionBoard, Vote
from people.models import AuditEvent
from people.refusal import Refused
from seminars.models import SeminarDate, Session
from ui.bilingual import reader_language

State = Question.State
MOST_EACH = 10
# Questions come before the day, too: speakers can prepare for them.
OPENS_BEFORE, CLOSES_AFTER = timedelta(days=7), timedelta(hours=2)
SEEN = (State.SHOWN, State.ANSWERED)


def key_of(seminar_date: SeminarDate) -> str:
    """What the address of the number and of the hall's screen holds: delegates and organisers know it."""
    return tokens.make("questions", seminar_date.uuid, "")


def is_key(seminar_date: SeminarDate, key: str) -> bool:
    return constant_time_compare(key, key_of(seminar_date))


def why_closed(seminar_date: SeminarDate, now: datetime | None = None) -> str:
    """Why nothing can be asked now, in words; empty while it can."""
    now = now or timezone.now()
    if seminar_date.is_cancelled:
        return _("This date is cancelled.")
    if now < seminar_date.starts_at - OPENS_BEFORE:
        return _("Questions can be put from a week before the date.")
    if now > seminar_date.ends_at + CLOSES_AFTER:
        return _("This date is over.")
    return ""


def _changed(seminar_date: SeminarDate) -> None:
    QuestionBoard.objects.get_or_create(seminar_date=seminar_date)
    QuestionBoard.objects.filter(seminar_date=seminar_date).update(version=F("version") + 1)


@transaction.atomic
def ask(booking: Booking, text: str, *, session: Session | None = None, with_name: bool = False) -> Question:
    """Put a question: an organiser looks at it before others see it. The same words twice are one question."""
    date = booking.seminar_date
    if closed := why_closed(date):
        raise Refused(closed)
    # The booking's row is held, so that a double click finds the first question.
    Booking.objects.select_for_update().order_by().filter(pk=booking.pk).values_list("pk").get()
    mine = Question.objects.filter(booking=booking)
    if known := mine.filter(text=text).first():
        return known
    if mine.count() >= MOST_EACH:
        raise Refused(
            _("You have put %(most)s questions. Vote for those of others now.") % {"most": MOST_EACH}
        )
    _changed(date)
    return Question.objects.create(
        seminar_date=date,
        booking=booking,
        session=session,
        text=text,
        author_name=booking.name if with_name else "",
        language=reader_language(),
    )


def vote(booking: Booking, question: Question) -> None:
    """One vote for each question, however often it is given."""
    if closed := why_closed(booking.seminar_date):
        raise Refused(closed)
    if question.state not in SEEN or question.seminar_date_id != booking.seminar_date_id:
        raise Refused(_("This question is not shown any more."))
    try:
        with transaction.atomic():
            Vote.objects.create(question=question, booking=booking)
            Question.objects.filter(pk=question.pk).update(votes=F("votes") + 1)
            _changed(booking.seminar_date)
    except IntegrityError:
        return


@transaction.atomic
def take_vote_back(booking: Booking, question: Question) -> None:
    gone, _rows = Vote.objects.filter(question=question, booking=booking).delete()
    if gone:
        Question.objects.filter(pk=question.pk).update(votes=F("votes") - 1)
        _changed(booking.seminar_date)


@transaction.atomic
def settle(question: Question, state: str, *, by: Any) -> None:
    """Show a question, mark it as answered, or hide it."""
    if Question.objects.filter(pk=question.pk).exclude(state=state).update(state=state):
        _changed(question.seminar_date)
        AuditEvent.record(by, f"question-{state}", question)


def tally(seminar_date: int | None) -> dict[str, Any]:
    """{"digest": what is shown, "votes": [[key of the question, votes, the word beside], ...], "asked": how many in all}

    Of the date with this key; of none, nothing.
    """
    every = list(_best_first(Question.objects.filter(seminar_date=seminar_date)).only("state", "votes"))
    found = [one for one in every if one.state in SEEN]
    votes = [[one.pk, one.votes, ngettext("vote", "votes", one.votes)] for one in found]
    return {"digest": digest(found), "votes": votes, "asked": len(every)}


def digest(found: list[Question]) -> str:
    """Changes when a question is shown, answered or hidden, and not with a vote."""
    return " ".join(sorted(f"{one.pk}{one.state[0]}" for one in found))


def seen(seminar_date: SeminarDate) -> Any:
    """What delegates see."""
    found = Question.objects.filter(seminar_date=seminar_date, state__in=SEEN).select_related("session")
    return _best_first(found)


def _best_first(found: QuerySet[Question]) -> QuerySet[Question]:
    """Those to be answered first, most wanted first."""
    return found.order_by("-state", "-votes", "asked_at")
