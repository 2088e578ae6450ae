"""From a filled-in form to bookings: one person or a group, in person or online, confirmed, queued or to be approved."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import outbox, places, seats, waiting
from bookings.beginning import NO_POOL, Known, begin, first_states, look
from bookings.models import (
    Booking,
    BookingRules,
    Delivery,
    Group,
    Need,
    OwnAnswer,
    OwnQuestion,
    Pool,
)
from people.models import AuditEvent, Member, Organisation
from people.refusal import Refused
from seminars.models import Seminar, SeminarDate
from ui.folding import fold_email
from ui.statements import KeptInsert

State = Booking.State
WRITE = KeptInsert(Booking)


@dataclass
class Person:
    """One delegate as the form gives them. `answers` is by the key of the organisers' own question."""

    name: str
    email: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    kind: str = Member.Kind.OFFICER
    language: str = Member.Language.ENGLISH
    is_on_list: bool = False
    access: str = ""
    dietary: str = ""
    answers: dict[int, str] = field(default_factory=dict)
    member: Member | None = None


@dataclass
class Request:
    """What somebody asks for. `key` is the form's own: the same form sent twice books once."""

    seminar_date: SeminarDate
    attendance: str
    people: Sequence[Person]
    is_whole: bool = False
    wishes: Sequence[places.Wish] = ()
    key: uuid.UUID | None = None
    booked_by_name: str = ""
    booked_by_email: str = ""
    # An organiser who books for somebody is not kept out by the dates of opening and closing.
    organiser: Member | None = None


def why_closed(seminar_date: SeminarDate, now: datetime | None = None) -> str:
    """Why no booking can be made now, in words; empty where booking is open."""
    now = now or timezone.now()
    if seminar_date.is_cancelled:
        return _("This date is cancelled.")
    if seminar_date.seminar.state != Seminar.State.PUBLISHED:
        return _("This seminar is not open for booking.")
    if seminar_date.ends_at <= now:
        return _("This date is over.")
    if seminar_date.starts_at <= now:
        return _("This date has begun.")
    if seminar_date.booking_opens_at and now < seminar_date.booking_opens_at:
        return _("Booking has not opened yet.")
    if waiting.closes_at(seminar_date) <= now:
        return _("Booking is closed.")
    return ""


def book(request: Request, now: datetime | None = None) -> list[Booking]:
    """The bookings of a request, made or (if the same form came before) found. Raises `Refused` in words."""
    now = now or timezone.now()
    folded = [fold_email(person.email) for person in request.people if person.email]
    with seats.holding(request.seminar_date) as pools:
        wanted = next((pool.pk for pool in pools if pool.attendance == request.attendance), NO_POOL)
        known = look(request.seminar_date.pk, wanted, request.key, folded, len(request.people))
        if known.is_made:
            return _made_before(request)
        date = known.date
        pool = _checked(request, date, pools, folded, known, now)
        wishes = places.check(date, request.wishes)
        states = first_states(request, known, pool, now)
        bookings = _rows(request, date, pool, states, known.codes, now)
        if wishes:
            places.wish(bookings, wishes)
            places.settle([one for one in bookings if one.state == State.CONFIRMED], date.booking_rules)
        _tell(bookings)
        if request.organiser:
            for booking in bookings:
                AuditEvent.record(request.organiser, "booked-for", booking)
        return bookings


def _made_before(request: Request) -> list[Booking]:
    found = Booking.objects.filter(request_key=request.key).select_related("pool").order_by("request_place")
    made = list(found)
    if [one.email_folded for one in made] != [fold_email(person.email) for person in request.people]:
        # Whoever has the form still is not whoever has the booking now.
        raise SentBefore(
            _(
                "This form was sent before, for other people. If you want another booking, press the button again."
            )
        )
    return made


def _checked(
    request: Request,
    date: SeminarDate,
    pools: Sequence[Pool],
    folded: Sequence[str],
    known: Known,
    now: datetime,
) -> Pool:
    """The pool that the request is for, or `Refused`."""
    rules = getattr(date, "booking_rules", None)
    if rules is None:
        raise Refused(_("This date cannot be booked in this way."))
    pool = pool_for(date, request.attendance, pools)
    closed = why_closed(date, now)
    if closed and not (request.organiser and date.ends_at > now and not date.is_cancelled):
        raise Refused(closed)
    if not request.people:
        raise Refused(_("Say who is coming."))
    most = rules.most_in_group
    if len(request.people) > most:
        raise Refused(
            ngettext("A group may have %(most)s person.", "A group may have up to %(most)s people.", most)
            % {"most": most}
        )
    if request.is_whole and (why := too_many_together(len(request.people), pool.seats)):
        raise Refused(why)
    if any(not (person.email or request.booked_by_email) for person in request.people):
        raise Refused(_("Give an e-mail address, so that we can write to you."))
    if len(set(folded)) < len(folded):
        raise Refused(
            _("Give each person an e-mail address of their own, or leave it out for those who have none.")
        )
    if known.booked:
        booked = [person.email for person in request.people if fold_email(person.email) in known.booked]
        words = ngettext(
            "There is a booking with the address %(email)s for this date already. We can send its link again.",
            "There are bookings with these addresses for this date already: %(email)s. We can send their links again.",
            len(booked),
        )
        raise AlreadyBooked(words % {"email": ", ".join(booked)}, booked)
    return pool


def too_many_together(number: int, seats: int) -> str:
    """Why so many people would wait for ever if they come together or not at all; empty where they need not.

    A date that has no seats at all yet may have enough of them one day.
    """
    if not 0 < seats < number:
        return ""
    return ngettext(
        "There is %(seats)s place in all, so that you could never all come. Let whoever there is room for come.",
        "There are %(seats)s places in all, so that you could never all come. Let whoever there is room for come.",
        seats,
    ) % {"seats": seats}


def pool_for(seminar_date: SeminarDate, attendance: str, pools: Iterable[Pool] | None = None) -> Pool:
    """The pool of a way of taking part, as it now is; `Refused` where the date is not held in that way (any more)."""
    ways = {
        Pool.Attendance.IN_PERSON: seminar_date.is_in_person,
        Pool.Attendance.ONLINE: seminar_date.is_online,
    }
    if pools is None:
        pools = Pool.objects.filter(seminar_date=seminar_date)
    pool = next((pool for pool in pools if pool.attendance == attendance), None)
    if pool is None or not ways[Pool.Attendance(attendance)]:
        raise Refused(_("This date cannot be booked in this way."))
    return pool


class AlreadyBooked(Refused):
    """So that the page can offer to send the link again, to these of the addresses that were typed."""

    def __init__(self, sentence: str, emails: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.emails = emails


class SentBefore(Refused):
    """So that the page can begin anew with what was typed."""


def _rows(
    request: Request,
    date: SeminarDate,
    pool: Pool,
    states: Sequence[str],
    codes: Sequence[str],
    now: datetime,
) -> list[Booking]:
    group = None
    if len(request.people) > 1:
        group = Group.objects.create(seminar_date=date, is_whole=request.is_whole)
    bookings = [
        begin(
            date,
            pool,
            state,
            person,
            now,
            code=code,
            booked_by_name=request.booked_by_name,
            booked_by_email=request.booked_by_email,
            group=group,
            request_key=request.key,
            request_place=number,
        )
        for number, (person, state, code) in enumerate(zip(request.people, states, codes, strict=True))
    ]
    WRITE.run(bookings)
    both = list(zip(bookings, request.people, strict=True))
    needs = [
        Need(booking=booking, kind=kind, text=text.strip(), delete_after=needs_deleted_on(date))
        for booking, person in both
        for kind, text in ((Need.Kind.ACCESS, person.access), (Need.Kind.DIETARY, person.dietary))
        if text.strip()
    ]
    Need.objects.bulk_create(needs)
    if any(person.answers for person in request.people):
        for booking, person in both:
            note_answers(booking, person.answers)
    return bookings


def note_needs(booking: Booking, **texts: str) -> None:
    """Write down what a delegate needs, or that it is not needed any more: `access` and `dietary`."""
    for kind, text in texts.items():
        text = text.strip()
        if text:
            Need.objects.update_or_create(
                booking=booking,
                kind=kind,
                defaults={"text": text, "delete_after": needs_deleted_on(booking.seminar_date)},
            )
        else:
            Need.objects.filter(booking=booking, kind=kind).delete()


def needs_deleted_on(seminar_date: SeminarDate) -> dt.date:
    """The day that the form promises beside the question."""
    rules: BookingRules = seminar_date.booking_rules
    return seminar_date.local_end.date() + timedelta(days=rules.keep_needs_days)


def note_answers(booking: Booking, answers: dict[int, str]) -> None:
    if not answers:
        return
    known = OwnQuestion.objects.filter(
        seminar_date=booking.seminar_date, purpose=OwnQuestion.Purpose.BOOKING
    ).in_bulk(list(answers))
    for key, value in answers.items():
        if key in known and value.strip():
            OwnAnswer.objects.update_or_create(
                question=known[key], booking=booking, defaults={"value": value.strip()}
            )
        elif key in known:
            OwnAnswer.objects.filter(question=known[key], booking=booking).delete()


def _tell(bookings: Sequence[Booking]) -> None:
    kinds = {
        State.CONFIRMED: (Delivery.Kind.CONFIRMATION, Delivery.Calendar.REQUEST),
        State.WAITING: (Delivery.Kind.QUEUED, Delivery.Calendar.NONE),
        State.REQUESTED: (Delivery.Kind.REQUESTED, Delivery.Calendar.NONE),
    }
    for state, (kind, calendar) in kinds.items():
        if found := [booking for booking in bookings if booking.state == state]:
            outbox.write(kind, found, calendar=calendar)
