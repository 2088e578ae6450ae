"""What becomes of a booking: accepted, declined, left, approved, cancelled, its workshops changed.

Each verb holds the pools of the dates that it touches, reads the booking anew, changes it once however often it is
asked (a double click finds it done), writes the letters in the same transaction, and raises `Refused` in words.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, places, seats, waiting
from bookings.models import Booking, Delivery, Place
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate

State = Booking.State
Kind = Delivery.Kind
Calendar = Delivery.Calendar


ALL_OF_IT = (
    "seminar_date__seminar",
    "seminar_date__booking_rules",
    "pool",
    "group",
    "replaces__seminar_date__seminar",
    "replaces__pool",
)


def behind(booking: Booking) -> Iterator[Booking]:
    """What a booking replaces, what that replaces, and so on: who waits for several dates gives up all of them for one."""
    while booking.replaces is not None:
        booking = booking.replaces
        yield booking


@contextmanager
def held(booking: Booking, *dates: SeminarDate) -> Iterator[Booking]:
    """The booking as it is now, under the pools of its date and of these; with them those of all that it replaces."""
    wanted = {booking.seminar_date, *dates}
    known = Booking.objects.select_related("replaces__seminar_date")
    while True:
        wanted |= {old.seminar_date for old in behind(known.get(pk=booking.pk))}
        with seats.holding(*wanted):
            current = Booking.objects.select_related(*ALL_OF_IT).get(pk=booking.pk)
            if all(old.seminar_date in wanted for old in behind(current)):
                yield current
                return
        # What it replaces has moved on while we waited: begin again, with the seats of that date, too.


def note(by: Member | None, verb: str, booking: Booking, **detail: object) -> None:
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
            party = list(current.group.bookings.filter(state=State.OFFERED).select_related(*ALL_OF_IT))
        confirm([one for one in party if one.become(State.CONFIRMED)])
        for one in party:
            note(by, "offer-accepted", one)


def confirm(bookings: Sequence[Booking]) -> None:
    """What follows for those who have just become confirmed: workshops, the old date given back, the letter."""
    if not bookings:
        return
    places.settle(bookings, bookings[0].seminar_date.booking_rules)
    for booking in bookings:
        _give_up_for(booking)
    outbox.write(Kind.CONFIRMATION, bookings, calendar=Calendar.REQUEST)


def _give_up_for(booking: Booking) -> None:
    """Give back the bookings that this one replaces. A calendar entry among them moves, so that none is cancelled."""
    replaced = list(behind(booking))
    keys = [booking.pk, *(old.pk for old in replaced)]
    for old in replaced:
        # Whoever waits for a third date gives up this one for it, if it comes to that.
        Booking.objects.live().filter(replaces=old).exclude(pk__in=keys).update(replaces=booking)
        if old.seminar_date.starts_at <= timezone.now():
            continue
        moves = old.is_confirmed
        if end(old) and moves:
            booking.calendar_uid = old.calendar_uid
            # The sum only rises, whichever of the two dates was changed more often.
            booking.ical_sequence = max(0, old.sequence + 1 - booking.seminar_date.ical_sequence)
            Booking.objects.filter(pk=booking.pk).update(
                calendar_uid=booking.calendar_uid, ical_sequence=booking.ical_sequence
            )


def decline_offer(booking: Booking, *, by: Member | None = None) -> None:
    with held(booking) as current:
        if current.is_confirmed:
            raise Refused(_("This offer was accepted. You can cancel the booking instead."))
        if current.state == State.OFFERED:
            end(current)
            note(by, "offer-declined", current)


def leave_queue(booking: Booking, *, by: Member | None = None) -> None:
    """Not wait any longer; who was offered a seat just now declines it."""
    with held(booking) as current:
        if current.is_confirmed:
            raise Refused(_("This offer was accepted. You can cancel the booking instead."))
        if current.state in {State.WAITING, State.OFFERED}:
            end(current)
            note(by, "queue-left", current)


def split_group(booking: Booking, *, by: Member | None = None) -> None:
    """Let the people of a whole group be offered seats one by one."""
    with held(booking) as current:
        if current.group and current.group.is_whole:
            current.group.is_whole = False
            current.group.save(update_fields=["is_whole"])
            note(by, "group-split", current)
            waiting.promote(current.seminar_date)


# -- approval -----------------------------------------------------------------------------------------------------


def approve(booking: Booking, *, by: Member) -> None:
    """Say yes to a request; to that of a whole group for all of it."""
    with held(booking) as current:
        if current.state != State.REQUESTED:
            return
        check_can_change(current)
        party = [current]
        if current.group and current.group.is_whole:
            party = list(current.group.bookings.filter(state=State.REQUESTED).select_related(*ALL_OF_IT))
        if waiting.has_first_claim(current.pool):
            raise Refused(
                _("Others wait in the queue, and come first. Raise the capacity, or decline the request.")
            )
        if not seats.take(current.pool, len(party)):
            raise Refused(_("Every place is taken. Raise the capacity first, or decline the request."))
        for one in party:
            one.become(State.CONFIRMED)
            note(by, "booking-approved", one)
        confirm(party)


def decline_request(booking: Booking, reason: str, *, by: Member) -> None:
    with held(booking) as current:
        if current.state == State.REQUESTED:
            end(current, reason)
            outbox.write(Kind.DECLINED, [current])
            note(by, "booking-declined", current)


# -- ending -------------------------------------------------------------------------------------------------------

ENDS = {
    State.REQUESTED: State.DECLINED,
    State.WAITING: State.LEFT,
    State.OFFERED: State.DECLINED,
    State.CONFIRMED: State.CANCELLED,
}


def end(booking: Booking, reason: str = "") -> bool:
    """End a booking in whatever it is, and give what it held to those who wait; under the pools of its date."""
    had_seat = booking.holds_seat
    if not booking.become(ENDS.get(State(booking.state), ""), reason=reason):
        return False
    # What has not gone yet is no longer true.
    outbox.withdraw([booking])
    places.let_go([booking])
    if had_seat:
        waiting.give_back([booking])
    # Even without a seat: a whole group that became smaller may fit now, and nobody waits behind it any more.
    waiting.promote(booking.seminar_date)
    return True


def cancel(booking: Booking, *, by: Member | None = None, reason: str = "") -> None:
    """Give the seat back. By an organiser, with a reason that the delegate reads."""
    with held(booking) as current:
        cancel_held(current, by=by, reason=reason)


def cancel_held(booking: Booking, *, by: Member | None, reason: str = "") -> None:
    """As `cancel`, for a booking that was read under the pools of its date."""
    if not booking.is_live:
        return
    if booking.is_settled or booking.seminar_date.is_past:
        raise Refused(_("This date is over."))
    was_confirmed = booking.is_confirmed
    end(booking, reason)
    if was_confirmed:
        places.bump([booking])
    outbox.write(Kind.CANCELLATION, [booking], calendar=Calendar.CANCEL if was_confirmed else "")
    note(by, "booking-cancelled", booking)


# -- changing -----------------------------------------------------------------------------------------------------


def choose_workshops(booking: Booking, wishes: Sequence[places.Wish], *, by: Member | None = None) -> None:
    with held(booking) as current:
        check_can_change(current)
        before = _told_places(current)
        places.choose(current, wishes, current.seminar_date.booking_rules)
        if _told_places(current) != before:
            if current.is_confirmed:
                places.bump([current])
                told = {"what": ["chosen"]}
                outbox.write(Kind.CHANGE, [current], calendar=Calendar.REQUEST, detail=told)
            note(by, "workshops-changed", current)


def _told_places(booking: Booking) -> set[tuple[int, str]]:
    return set(Place.objects.filter(booking=booking).values_list("run", "state"))


def check_can_change(booking: Booking, *, to_leave: bool = False) -> None:
    """From a cancelled date one can still go to another."""
    if not booking.is_live:
        raise Refused(_("This booking has ended."))
    if booking.is_settled:
        raise Refused(_("This date is over."))
    if booking.seminar_date.is_cancelled and not to_leave:
        raise Refused(_("This date is cancelled."))
    if booking.seminar_date.ends_at <= timezone.now():
        raise Refused(_("This date is over."))
