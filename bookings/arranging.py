"""How a date is booked: its rules saved and copied, and the organisers' own questions."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import capacity, outbox, places, seats
from bookings.models import Booking, BookingRules, Delivery, Draw, OwnQuestion, Place, Pool
from bookings.models.own_question import MOST_QUESTIONS
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.locks import changing
from seminars.models import SeminarDate

Workshops = BookingRules.Workshops
# What an arrangement is, apart from the time of its draw; the stewards' link is a date's own.
RULES = (
    "needs_approval",
    "workshops",
    "hours_to_answer",
    "reminders",
    "joining_opens_minutes",
    "most_in_group",
    "has_delegate_list",
    "has_questions",
    "answers_to",
    "no_show_limit",
    "keep_needs_days",
    "keep_bookings_months",
)


# -- rules --------------------------------------------------------------------------------------------------------


def save_rules(rules: BookingRules, *, by: Member | None) -> None:
    """Keep the rules, and let follow what waited for the old ones."""
    with seats.holding(rules.seminar_date):
        before = BookingRules.objects.filter(seminar_date=rules.seminar_date_id).first()
        if rules.workshops == Workshops.FIRST_COME:
            rules.draws_at = None
        if _was_drawn(rules) and before and rules.workshops != before.workshops:
            raise Refused(_("The workshops of this date are drawn already."))
        was_to_be_drawn = before is not None and places.is_to_be_drawn(before)
        # Not the stewards' link: a new one may have been made since these were read.
        rules.save(update_fields=(*RULES, "draws_at") if before else None)
        AuditEvent.record(by, "rules-changed", rules, **_differences(before, rules))
        if was_to_be_drawn and rules.workshops == Workshops.FIRST_COME:
            _act_on_wishes(rules)


def _was_drawn(rules: BookingRules) -> bool:
    return Draw.objects.filter(seminar_date=rules.seminar_date_id, published_at__isnull=False).exists()


def _differences(before: BookingRules | None, after: BookingRules) -> dict[str, object]:
    changed = {
        name: getattr(after, name)
        for name in (*RULES, "draws_at")
        if before is None or getattr(before, name) != getattr(after, name)
    }
    if "answers_to" in changed:
        # The audit is for good, and an address is somebody's.
        changed["answers_to"] = bool(after.answers_to)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in changed.items()
    }


def _act_on_wishes(rules: BookingRules) -> None:
    """There will be no draw: who booked first comes first."""
    wanting = Booking.objects.confirmed().filter(
        seminar_date=rules.seminar_date_id, places__state=Place.State.WANTED
    )
    bookings = list(wanting.distinct().select_related("seminar_date"))
    places.settle(bookings, rules)
    places.bump(bookings)
    outbox.write(
        Delivery.Kind.CHANGE,
        bookings,
        calendar=Delivery.Calendar.REQUEST,
        detail={"what": ["workshops"]},
    )


# -- copying ------------------------------------------------------------------------------------------------------


def copy(source: SeminarDate, target: SeminarDate, *, by: Member | None) -> list[str]:
    """Arrange a date as another one of the seminar is; returns, in words, what could not be taken over."""
    if source.seminar_id != target.seminar_id or source.pk == target.pk:
        raise Refused(_("Choose another date of this seminar."))
    notes = _copy_rules(source, target, by)
    for pool in source.pools.all():
        notes += _copy_pool(pool, target, by)
    notes += _copy_questions(source, target)
    AuditEvent.record(by, "arrangement-copied", target, source=source.slug)
    return notes


def _copy_rules(source: SeminarDate, target: SeminarDate, by: Member | None) -> list[str]:
    notes = []
    theirs = source.booking_rules
    mine = BookingRules.objects.filter(seminar_date=target).first() or BookingRules(seminar_date=target)
    keeps_workshops = mine.pk is not None and _was_drawn(mine)
    for name in RULES:
        if not (name == "workshops" and keeps_workshops):
            setattr(mine, name, getattr(theirs, name))
    if mine.workshops == Workshops.DRAWN and not keeps_workshops:
        mine.draws_at = theirs.draws_at + (target.starts_at - source.starts_at) if theirs.draws_at else None
        if mine.draws_at is None or why_not_then(mine.draws_at, target):
            mine.workshops, mine.draws_at = Workshops.FIRST_COME, None
            notes.append(_("The workshops are first come, first served here: the time of the draw is over."))
    save_rules(mine, by=by)
    return notes


def why_not_then(draws_at: datetime, seminar_date: SeminarDate) -> str:
    """Why the workshops of a date cannot be drawn at a time, in words; empty where they can."""
    if draws_at <= timezone.now():
        return _("The draw must lie in the future")
    if draws_at >= seminar_date.starts_at:
        return _("The draw must come before the date starts")
    if seminar_date.booking_opens_at and draws_at <= seminar_date.booking_opens_at:
        return _("The draw must come after booking opens")
    return ""


def _copy_pool(pool: Pool, target: SeminarDate, by: Member | None) -> list[str]:
    way = {"way": pool.get_attendance_display()}
    if not {"in person": target.is_in_person, "online": target.is_online}[pool.attendance]:
        return [_("%(way)s: this date is not held in this way.") % way]
    mine = Pool.objects.filter(seminar_date=target, attendance=pool.attendance).first()
    if mine is None:
        capacity.open_pool(target, pool.attendance, pool.capacity, by=by)
        return []
    try:
        capacity.change(mine, pool.capacity, by=by)
    except capacity.TakenAlready:
        return [_("%(way)s: more places are taken than that, so their number stays.") % way]
    return []


def _copy_questions(source: SeminarDate, target: SeminarDate) -> list[str]:
    with changing(target.seminar):
        mine = list(target.own_questions.all())
        for question in source.own_questions.all():
            if any(_same(question, other) for other in mine):
                continue
            if sum(other.purpose == question.purpose for other in mine) >= MOST_QUESTIONS:
                return [_("Not every question could be copied: ten is the most.")]
            question.pk, question.seminar_date, question.position = None, target, len(mine)
            question._state.adding = True
            question.save()
            mine.append(question)
    return []


def _same(one: OwnQuestion, other: OwnQuestion) -> bool:
    names = ("purpose", "kind", "text_en", "text_cy")
    return all(getattr(one, name) == getattr(other, name) for name in names)


# -- own questions ------------------------------------------------------------------------------------------------


def add_question(question: OwnQuestion) -> None:
    with changing(question.seminar_date.seminar):
        same = OwnQuestion.objects.filter(seminar_date=question.seminar_date, purpose=question.purpose)
        others = list(same)
        if len(others) >= MOST_QUESTIONS:
            raise Refused(_("Ten questions are the most. Remove one first."))
        question.position = max((other.position for other in others), default=-1) + 1
        question.save()
