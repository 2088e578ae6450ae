"""Bookings that go elsewhere: to another date of the seminar, from in person to online, or to a colleague."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, places, seats, taking, tokens, waiting
from bookings.beginning import a_code, begin
from bookings.changing import check_can_change, confirm, end, held, note
from bookings.models import Booking, Delivery, Need, OwnAnswer, Pool
from people.models import Member
from people.refusal import Refused
from seminars.models import SeminarDate
from ui.folding import fold_email

State = Booking.State
Kind = Delivery.Kind
Calendar = Delivery.Calendar


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
        if before := Booking.objects.live().filter(replaces=current, seminar_date=target).first():
            # The second click of two, or somebody who has no address of their own and asks again.
            return before
        check_can_change(current, to_leave=target.pk != current.seminar_date_id)
        if target.pk == current.seminar_date_id:
            return _change_way(current, attendance, wishes, by=by)
        if closed := taking.why_closed(target, now):
            raise Refused(closed)
        folded = current.email_folded
        if folded and Booking.objects.live().filter(seminar_date=target, email_folded=folded).exists():
            raise taking.AlreadyBooked(_("You have a booking for that date already."))
        pool = taking.pool_for(target, attendance)
        wishes = places.check(target, wishes)
        new = _copy_to(current, target, pool, now)
        _leave_on_the_way(current, new)
        places.wish([new], wishes)
        note(by, "moved-to", current, to=str(new), date=target.slug)
        if new.state == State.CONFIRMED:
            confirm([new])
        else:
            outbox.write(Kind.REQUESTED if new.state == State.REQUESTED else Kind.QUEUED, [new])
        return new


def _copy_to(current: Booking, target: SeminarDate, pool: Pool, now: datetime) -> Booking:
    """The same person's booking in another pool: confirmed where a seat could be taken, otherwise in the queue."""
    if target.booking_rules.needs_approval:
        state = State.REQUESTED
    elif not waiting.has_first_claim(pool) and seats.take(pool):
        state = State.CONFIRMED
    else:
        state = State.WAITING
    new = begin(
        target,
        pool,
        state,
        current,
        now,
        code=a_code(target),
        booked_by_name=current.booked_by_name,
        booked_by_email=current.booked_by_email,
        replaces=_given_up_for_it(current),
    )
    new.save()
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
    """Who waits for one date and turns to a third does not wait for the first any longer."""
    if new.replaces_id != current.pk:
        end(current)


def _change_way(
    current: Booking, attendance: str, wishes: Sequence[places.Wish], *, by: Member | None
) -> Booking:
    """From in person to online on the same date, or back: only into a seat that is free now."""
    pool = taking.pool_for(current.seminar_date, attendance)
    if pool.pk == current.pool_id:
        return current
    if not current.is_confirmed:
        raise Refused(_("Only a confirmed booking can change how you take part."))
    if waiting.has_first_claim(pool) or not seats.take(pool):
        raise Refused(_("Every place of that kind is taken. You keep the place that you have."))
    old = current.pool
    Booking.objects.filter(pk=current.pk).update(pool=pool)
    current.pool = pool
    seats.give_back(old)
    places.bump([current])
    outbox.write(Kind.CHANGE, [current], calendar=Calendar.REQUEST, detail={"what": ["way"]})
    waiting.promote(current.seminar_date)
    note(by, "attendance-changed", current, attendance=attendance)
    return current


def hand_over(booking: Booking, person: taking.Person, *, by: Member | None = None) -> None:
    """Give the booking to a colleague, who gets a link of their own; the old one opens nothing any more."""
    with held(booking) as current:
        check_can_change(current)
        if not person.email:
            raise Refused(_("Give an e-mail address, so that we can write to your colleague."))
        folded = fold_email(person.email)
        if current.nonce != booking.nonce and current.email_folded == folded:
            # The second click of two: it is theirs already, and they have its link.
            return
        others = Booking.objects.live().filter(seminar_date=current.seminar_date, email_folded=folded)
        if others.exclude(pk=current.pk).exists():
            raise taking.AlreadyBooked(_("Your colleague has a booking for this date already."))
        if current.is_confirmed:
            places.bump([current])
        # What has not gone yet was for the one who goes, and would now tell them about the one who comes.
        outbox.withdraw([current])
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
        old = current.replaces if current.replaces and current.replaces.is_live else None
        Booking.objects.filter(replaces=current).update(replaces=old)
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
        note(by, "handed-over", current)
