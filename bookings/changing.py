"""What becomes of a booking: accepted, declined, left, approved, cancelled, moved, handed over, its workshops changed.

Each verb holds the pools of the dates that it touches, reads the booking anew, changes it once however often it is
asked (a double click finds it done), writes the letters in the same transaction, and raises `Refused` in words.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, places, seats, taking, tokens, waiting
from bookings.models import Booking, Delivery, Need, OwnAnswer, Place, Pool
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate
from ui.folding import fold

State = Booking.State
Kind = Delivery.Kind
Calendar = Delivery.Calendar


@contextmanager
def held(booking: Booking, *dates: SeminarDate) -> Iterator[Booking]:
    """The booking as it is now, under the pools of its date and of these; with them those of what it replaces."""
    more = [booking.replaces.seminar_date] if booking.replaces else []
    with seats.holding(booking.seminar_date, *dates, *more):
        yield (
            Booking.objects.select_related(
                "seminar_date__seminar",
                "seminar_date__booking_rules",
                "pool",
                "group",
                "replaces__seminar_date",
                "replaces__pool",
            ).get(pk=booking.pk)
        )


def _note(by: Member | None, verb: str, booking: Booking, **detail: object) -> None:
    """`by` is None for the delegate, who came by a link."""
    AuditEvent.record(by, verb, booking, **({} if by else {"as": "delegate"}), **detail)


# -- the queue ----------------------------------------------------------------------------------------------------


def accept(booking: Booking, *, by: Member | None = None, now: datetime | None = None) -> None:
    """Say yes to an offer; for a whole group that says yes for all of it."""
    now = now or timezone.now()
    waiting.expire(booking.seminar_date, now)
    with held(booking) as current:
        if current.state in {State.CONFIRMED, State.ATTENDED}:
            return
        if current.state != State.OFFERED:
            raise Refused(_("This offer has ended. You can join the queue again."))
        if current.seminar_date.is_cancelled:
            raise Refused(_("This date is cancelled."))
        if current.offer_expires_at and current.offer_expires_at <= now:
            raise Refused(_("This offer has ended. You can join the queue again."))
        party = [current]
        if current.group and current.group.is_whole:
            party = list(
                current.group.bookings.filter(state=State.OFFERED).select_related(
                    "seminar_date__seminar",
                    "seminar_date__booking_rules",
                    "replaces__seminar_date",
                    "replaces__pool",
                )
            )
        confirm([one for one in party if one.become(State.CONFIRMED)])
        for one in party:
            _note(by, "offer-accepted", one)


def confirm(bookings: Sequence[Booking]) -> None:
    """What follows for those who have just become confirmed: workshops, the old date given back, the letter."""
    if not bookings:
        return
    places.settle(bookings, bookings[0].seminar_date.booking_rules)
    for booking in bookings:
        if booking.replaces:
            _give_up_for(booking)
    outbox.write(Kind.CONFIRMATION, bookings, calendar=Calendar.REQUEST)


def _give_up_for(booking: Booking) -> None:
    """Give back the booking that this one replaces. Its calendar entry moves, so that none is cancelled."""
    old = booking.replaces
    if old is None:
        return
    if old.state in {State.WAITING, State.REQUESTED}:
        old.become(State.LEFT if old.state == State.WAITING else State.DECLINED)
        places.let_go([old])
        # A whole group that became smaller may fit now.
        waiting.promote(old.seminar_date)
        return
    if old.become(State.DECLINED if old.state == State.OFFERED else State.CANCELLED):
        booking.calendar_uid = old.calendar_uid
        # The sum only rises, whichever of the two dates was changed more often.
        booking.ical_sequence = max(0, old.sequence + 1 - booking.seminar_date.ical_sequence)
        Booking.objects.filter(pk=booking.pk).update(
            calendar_uid=booking.calendar_uid, ical_sequence=booking.ical_sequence
        )
        _vacate(old)


def _vacate(booking: Booking) -> None:
    """Give back the seat and the places of a booking that has just ended, and offer them to the next."""
    places.let_go([booking])
    waiting.give_back([booking])
    waiting.promote(booking.seminar_date)


def decline_offer(booking: Booking, *, by: Member | None = None) -> None:
    with held(booking) as current:
        if current.state == State.OFFERED and current.become(State.DECLINED):
            _vacate(current)
            _note(by, "offer-declined", current)


def leave_queue(booking: Booking, *, by: Member | None = None) -> None:
    with held(booking) as current:
        if current.state == State.WAITING and current.become(State.LEFT):
            places.let_go([current])
            _note(by, "queue-left", current)
            # A whole group that became smaller may fit now.
            waiting.promote(current.seminar_date)


def split_group(booking: Booking, *, by: Member | None = None) -> None:
    """Let the people of a whole group be offered seats one by one."""
    with held(booking) as current:
        if current.group and current.group.is_whole:
            current.group.is_whole = False
            current.group.save(update_fields=["is_whole"])
            _note(by, "group-split", current)
            waiting.promote(current.seminar_date)


# -- approval -----------------------------------------------------------------------------------------------------


def approve(booking: Booking, *, by: Member) -> None:
    with held(booking) as current:
        if current.state != State.REQUESTED:
            return
        if not seats.take(current.pool):
            raise Refused(_("Every place is taken. Raise the capacity first, or decline the request."))
        if current.become(State.CONFIRMED):
            confirm([current])
            _note(by, "booking-approved", current)
        else:
            seats.give_back(current.pool)


def decline_request(booking: Booking, reason: str, *, by: Member) -> None:
    with held(booking) as current:
        if current.state == State.REQUESTED and current.become(State.DECLINED, reason=reason):
            places.let_go([current])
            outbox.write(Kind.DECLINED, [current])
            _note(by, "booking-declined", current)


# -- ending -------------------------------------------------------------------------------------------------------


def cancel(booking: Booking, *, by: Member | None = None, reason: str = "") -> None:
    """Give the seat back. By an organiser, with a reason that the delegate reads."""
    with held(booking) as current:
        if current.state in {State.CANCELLED, State.DECLINED, State.LEFT, State.LAPSED}:
            return
        if current.state in {State.ATTENDED, State.NO_SHOW} or current.seminar_date.is_past:
            raise Refused(_("This date is over."))
        if current.state == State.REQUESTED:
            ended = current.become(State.DECLINED, reason=reason)
            places.let_go([current])
        elif current.state == State.WAITING:
            ended = current.become(State.LEFT, reason=reason)
            places.let_go([current])
            waiting.promote(current.seminar_date)
        elif current.state == State.OFFERED:
            ended = current.become(State.DECLINED, reason=reason)
            _vacate(current)
        else:
            ended = current.become(State.CANCELLED, reason=reason)
            places.bump([current])
            _vacate(current)
        if ended:
            outbox.write(
                Kind.CANCELLATION, [current], calendar=Calendar.CANCEL if current.confirmed_at else ""
            )
            _note(by, "booking-cancelled", current)


# -- changing -----------------------------------------------------------------------------------------------------


def choose_workshops(booking: Booking, wishes: Sequence[places.Wish], *, by: Member | None = None) -> None:
    with held(booking) as current:
        check_can_change(current)
        before = _told_places(current)
        places.choose(current, wishes, current.seminar_date.booking_rules)
        if _told_places(current) != before:
            if current.is_confirmed:
                places.bump([current])
                outbox.write(Kind.CHANGE, [current], calendar=Calendar.REQUEST)
            _note(by, "workshops-changed", current)


def _told_places(booking: Booking) -> set[tuple[int, str]]:
    return set(Place.objects.filter(booking=booking).values_list("run", "state"))


def check_can_change(booking: Booking, *, to_leave: bool = False) -> None:
    """From a cancelled date one can still go to another."""
    if not booking.is_live:
        raise Refused(_("This booking has ended."))
    if booking.seminar_date.is_cancelled and not to_leave:
        raise Refused(_("This date is cancelled."))
    if booking.seminar_date.ends_at <= timezone.now():
        raise Refused(_("This date is over."))


def move(
    booking: Booking,
    to: SeminarDate,
    attendance: str,
    wishes: Sequence[places.Wish] = (),
    *,
    by: Member | None = None,
    now: datetime | None = None,
) -> Booking:
    """Go to another date of the seminar, or take part in another way, in one step; gives the booking there.

    Where there is no seat, the new booking waits, and the old seat is kept until the new one is won.
    """
    now = now or timezone.now()
    if to.seminar_id != booking.seminar_date.seminar_id:
        raise Refused(_("That is a date of another seminar."))
    with held(booking, to) as current:
        target = SeminarDate.objects.select_related("seminar", "booking_rules").get(pk=to.pk)
        check_can_change(current, to_leave=target.pk != current.seminar_date_id)
        if target.pk == current.seminar_date_id:
            return _change_way(current, attendance, wishes, by=by)
        if closed := taking.why_closed(target, now):
            raise Refused(closed)
        folded = current.email_folded
        if folded and Booking.objects.live().filter(seminar_date=target, email_folded=folded).exists():
            raise taking.AlreadyBooked(_("You have a booking for that date already."))
        pool = Pool.objects.filter(seminar_date=target, attendance=attendance).first()
        if pool is None:
            raise Refused(_("This date cannot be booked in this way."))
        places.check(target, wishes)
        new = _copy_to(current, target, pool, now)
        _leave_on_the_way(current, new)
        places.wish([new], wishes)
        _note(by, "moved-to", current, to=str(new), date=target.slug)
        if new.state == State.CONFIRMED:
            confirm([new])
        else:
            outbox.write(Kind.REQUESTED if new.state == State.REQUESTED else Kind.QUEUED, [new])
        return new


def _copy_to(current: Booking, target: SeminarDate, pool: Pool, now: datetime) -> Booking:
    """The same person's booking in another pool: confirmed where a seat could be taken, otherwise in the queue."""
    if target.booking_rules.needs_approval:
        state = State.REQUESTED
    elif not waiting.has_first_claim(pool, 1) and seats.take(pool):
        state = State.CONFIRMED
    else:
        state = State.WAITING
    new = Booking.objects.create(
        seminar_date=target,
        pool=pool,
        state=state,
        name=current.name,
        email=current.email,
        kind=current.kind,
        organisation=current.organisation,
        organisation_name=current.organisation_name,
        language=current.language,
        is_on_list=current.is_on_list,
        member=current.member,
        booked_by_name=current.booked_by_name,
        booked_by_email=current.booked_by_email,
        created_at=now,
        queued_at=now if state == State.WAITING else None,
        confirmed_at=now if state == State.CONFIRMED else None,
        replaces=_given_up_for_it(current),
    )
    day = taking.needs_deleted_on(target)
    Need.objects.bulk_create(
        Need(booking=new, kind=need.kind, text=need.text, delete_after=day) for need in current.needs.all()
    )
    return new


def _given_up_for_it(current: Booking) -> Booking:
    """What is given back once the move is won: who waits for one date and turns to a third still holds the first."""
    old = current.replaces
    return old if old is not None and old.is_confirmed and not current.is_confirmed else current


def _leave_on_the_way(current: Booking, new: Booking) -> None:
    if new.replaces_id == current.pk:
        return
    if current.state == State.OFFERED and current.become(State.DECLINED):
        _vacate(current)
    elif current.state == State.WAITING and current.become(State.LEFT):
        places.let_go([current])


def _change_way(
    current: Booking, attendance: str, wishes: Sequence[places.Wish], *, by: Member | None
) -> Booking:
    """From in person to online on the same date, or back: only into a seat that is free now."""
    pool = Pool.objects.filter(seminar_date=current.seminar_date, attendance=attendance).first()
    if pool is None:
        raise Refused(_("This date cannot be booked in this way."))
    if pool.pk == current.pool_id:
        return current
    if not current.is_confirmed:
        raise Refused(_("Only a confirmed booking can change how you take part."))
    if waiting.has_first_claim(pool, 1) or not seats.take(pool):
        raise Refused(_("Every place of that kind is taken. You keep the place that you have."))
    old = current.pool
    Booking.objects.filter(pk=current.pk).update(pool=pool)
    current.pool = pool
    seats.give_back(old)
    places.bump([current])
    outbox.write(Kind.CHANGE, [current], calendar=Calendar.REQUEST)
    waiting.promote(current.seminar_date)
    _note(by, "attendance-changed", current, attendance=attendance)
    return current


def hand_over(booking: Booking, person: taking.Person, *, by: Member | None = None) -> None:
    """Give the booking to a colleague, who gets a link of their own; the old one opens nothing any more."""
    with held(booking) as current:
        check_can_change(current)
        folded = fold(person.email)
        others = Booking.objects.live().filter(seminar_date=current.seminar_date, email_folded=folded)
        if folded and others.exclude(pk=current.pk).exists():
            raise taking.AlreadyBooked(_("Your colleague has a booking for this date already."))
        if current.is_confirmed:
            places.bump([current])
        # To the old address, and with the old name: this calendar entry is not theirs any more.
        outbox.write(
            Kind.HANDED_OVER,
            [current],
            calendar=Calendar.CANCEL if current.is_confirmed else "",
            detail={"sequence": current.sequence, "uid": str(current.calendar_uid)},
        )
        current.needs.all().delete()
        OwnAnswer.objects.filter(booking=current).delete()
        # A move that is not won yet is not the colleague's: neither person loses a place by the other's.
        Booking.objects.filter(replaces=current).update(replaces=None)
        current.replaces = None
        current.name, current.email, current.kind = person.name, person.email, person.kind
        current.organisation, current.organisation_name = person.organisation, person.organisation_name
        current.language, current.is_on_list, current.member = (
            person.language,
            person.is_on_list,
            person.member,
        )
        current.booked_by_name = current.booked_by_email = ""
        current.nonce, current.token_hash, current.later_hash = tokens.new_nonce(), "", ""
        if current.is_confirmed:
            # Another person's calendar knows nothing of the entry that was cancelled.
            current.calendar_uid = uuid.uuid4()
        current.save()
        taking.note_needs(current, access=person.access, dietary=person.dietary)
        kind = {
            State.CONFIRMED: Kind.CONFIRMATION,
            State.OFFERED: Kind.OFFER,
            State.REQUESTED: Kind.REQUESTED,
        }
        outbox.write(
            kind.get(State(current.state), Kind.QUEUED),
            [current],
            calendar=Calendar.REQUEST if current.is_confirmed else "",
        )
        _note(by, "handed-over", current)
