"""Workshops of a booking: wishes, places, and the queue that each full run has of its own.

Everything here runs under the pools of the date (`bookings.seats.holding`), which makes the order of runs harmless.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox
from bookings.models import Booking, BookingRules, Delivery, Draw, Place
from bookings.seats import give_back_run, take_run
from people.refusal import Refused
from seminars.models import Run, SeminarDate, Session, Slot
from ui.statements import Kept, hole

State = Place.State


@dataclass(frozen=True)
class Wish:
    """A run that a delegate wants; 1 is wanted most among those of its slot."""

    run: Run
    rank: int = 1


def to_choose_from(seminar_date: SeminarDate) -> list[Run]:
    """The workshops' runs, in the order of the day: the one thing of a programme that delegates choose."""
    return WORKSHOPS.rows(seminar_date=seminar_date.pk)


WORKSHOPS = Kept(
    lambda: (
        Run.objects.filter(slot__seminar_date=hole(Slot, "seminar_date"), session__kind=Session.Kind.WORKSHOP)
        .select_related("session", "slot__seminar_date", "room")
        .order_by("slot__starts_at", "session__position", "pk")
    )
)


def check(seminar_date: SeminarDate, wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes, with their runs as they are now; those that cannot all be meant are refused in words."""
    offered = {run.pk: run for run in to_choose_from(seminar_date)} if wishes else {}
    if any(wish.run.pk not in offered for wish in wishes):
        raise Refused(
            _("One of these workshops is not in the programme of this date any more. Choose again.")
        )
    if len({wish.run.pk for wish in wishes}) < len(wishes):
        raise Refused(_("Choose each workshop only once."))
    wishes = [Wish(offered[wish.run.pk], wish.rank) for wish in wishes]
    firsts = [wish.run for wish in wishes if wish.rank == 1]
    for run in firsts:
        if sum(other.slot_id == run.slot_id for other in firsts) > 1:
            raise Refused(_("You have chosen two workshops at %(time)s.") % {"time": run.slot.clock})
        is_twice = sum(other.session_id == run.session_id for other in firsts) > 1
        # Lots give nobody a workshop twice: who wants one most at any time may say so.
        if is_twice and not is_to_be_drawn(seminar_date.booking_rules):
            raise Refused(_("You have chosen “%(session)s” twice.") % {"session": run.session})
    return wishes


def is_to_be_drawn(rules: BookingRules) -> bool:
    """Whether wishes still wait for the lots."""
    return (
        rules.workshops == BookingRules.Workshops.DRAWN
        and not Draw.objects.filter(seminar_date=rules.seminar_date_id, published_at__isnull=False).exists()
    )


def wish(bookings: Iterable[Booking], wishes: Sequence[Wish]) -> None:
    """Note what delegates want. Nothing is taken: `settle` does that once they hold a seat."""
    now = timezone.now()
    Place.objects.bulk_create(
        Place(
            booking=booking,
            run=one.run,
            slot_id=one.run.slot_id,
            session_id=one.run.session_id,
            rank=one.rank,
            queued_at=now,
        )
        for booking in bookings
        for one in wishes
    )


def settle(bookings: Sequence[Booking], rules: BookingRules) -> None:
    """Give those who have just won a seat their workshops; what is full is waited for in the run's own queue.

    In each slot the first run with room is theirs; runs that they wanted more are waited for, runs that they wanted
    less are let go.
    """
    wanted = Place.objects.filter(booking__in=bookings, state=State.WANTED).order_by(
        "booking", "slot__starts_at", "rank"
    )
    rows = list(wanted)
    if not rows or is_to_be_drawn(rules):
        return
    held: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for place in Place.objects.filter(booking__in=bookings, state=State.CONFIRMED):
        held[place.booking_id] |= {("slot", place.slot_id), ("session", place.session_id)}
    for place in rows:
        mine = held[place.booking_id]
        if ("slot", place.slot_id) in mine or ("session", place.session_id) in mine:
            place.delete()
        elif take_run(place.run_id):
            mine |= {("slot", place.slot_id), ("session", place.session_id)}
            place.state = State.CONFIRMED
            place.save(update_fields=["state"])
        else:
            place.state = State.WAITING
            place.save(update_fields=["state"])
    _let_doubles_go(bookings)


def _has_it() -> Exists:
    """That the booking of a place has the same workshop already."""
    mine = Place.objects.filter(booking=OuterRef("booking"), session=OuterRef("session"))
    return Exists(mine.filter(state=State.CONFIRMED))


def _let_doubles_go(bookings: Iterable[Booking]) -> None:
    """What they have at one time they do not wait for at another."""
    Place.objects.filter(_has_it(), booking__in=list(bookings), state=State.WAITING).delete()


def act_on_lots(
    seminar_date: SeminarDate, given: Sequence[Place], waiting: Sequence[Place], now: datetime
) -> None:
    """Act upon a draw: places that were won, and wishes that wait in their run's queue; all other wishes go.

    The wishes are written anew, in the order of the lots: who was queued at the same time waits in the order of keys.
    """
    for run_id, number in Counter(place.run_id for place in given).items():
        if not take_run(run_id, number):
            raise Refused(_("A workshop has fewer places than were drawn. Draw again."))
    Place.objects.filter(
        booking__seminar_date=seminar_date, booking__state=Booking.State.CONFIRMED, state=State.WANTED
    ).delete()
    for places, state in ((given, State.CONFIRMED), (waiting, State.WAITING)):
        for place in places:
            place.pk, place.state, place.queued_at = None, state, now
            place._state.adding = True
        Place.objects.bulk_create(places, batch_size=1000)


def let_go(bookings: Iterable[Booking]) -> None:
    """Take all places and wishes of bookings that have ended, and give what they held to who waits for it."""
    places = Place.objects.filter(booking__in=list(bookings))
    freed = list(places.filter(state=State.CONFIRMED).values_list("run", flat=True))
    places.delete()
    for run_id in freed:
        give_back_run(run_id)
    promote(freed)


def promote(run_ids: Iterable[int], told: Booking | None = None) -> None:
    """Give free places to those who wait for them, first come first, and tell them; but not `told`, who is told anyway.

    Who waits for one workshop and sits in another at the same time swaps, which frees the other one's place, and so on.
    """
    moved: dict[int, Booking] = {}
    to_look_at = deque(dict.fromkeys(run_ids))
    while to_look_at:
        run_id = to_look_at.popleft()
        while place := _first_in_line(run_id):
            if not take_run(run_id):
                break
            for left in Place.objects.filter(
                booking=place.booking_id, slot=place.slot_id, state=State.CONFIRMED
            ):
                left.delete()
                give_back_run(left.run_id)
                to_look_at.append(left.run_id)
            place.state = State.CONFIRMED
            place.save(update_fields=["state"])
            # What they wanted less at that time is not waited for any more, nor the same workshop at another.
            waiting = Place.objects.filter(booking=place.booking_id, state=State.WAITING)
            waiting.filter(slot=place.slot_id, rank__gte=place.rank).delete()
            waiting.filter(session=place.session_id).delete()
            moved[place.booking_id] = place.booking
    # On a cancelled date nobody's calendar shows an entry; if it is held after all, everybody is told where they are.
    found = [
        booking for booking in moved.values() if booking != told and not booking.seminar_date.is_cancelled
    ]
    if found:
        bump(found)
        news = {"what": ["won"]}
        outbox.write(Delivery.Kind.CHANGE, found, calendar=Delivery.Calendar.REQUEST, detail=news)


def _first_in_line(run_id: int) -> Place | None:
    """The first who waits for the run, has a seat, and has not the same workshop at another time."""
    line = Place.objects.filter(run=run_id, state=State.WAITING, booking__state=Booking.State.CONFIRMED)
    return line.exclude(_has_it()).select_related("booking__seminar_date").order_by("queued_at", "pk").first()


def choose(booking: Booking, wishes: Sequence[Wish], rules: BookingRules) -> None:
    """Choose anew. A full run is waited for, and the place that the delegate has at that time is kept until then."""
    wishes = check(booking.seminar_date, wishes)
    if not booking.is_confirmed or is_to_be_drawn(rules):
        booking.places.exclude(state=State.CONFIRMED).delete()
        kept = set(booking.places.values_list("run", flat=True))
        wish([booking], [one for one in wishes if one.run.pk not in kept])
        return
    freed = _make_room(booking, wishes)
    by_slot: dict[int, list[Wish]] = defaultdict(list)
    for one in sorted(wishes, key=lambda one: one.rank):
        by_slot[one.run.slot_id].append(one)
    slots = {*by_slot, *booking.places.values_list("slot", flat=True)}
    for slot_id in sorted(slots):
        freed += _choose_in_slot(booking, slot_id, by_slot[slot_id])
    for run_id in freed:
        give_back_run(run_id)
    _let_doubles_go([booking])
    # What was out of reach while they had the same workshop at another time may be free.
    waited_for = booking.places.filter(state=State.WAITING).values_list("run", flat=True)
    promote([*freed, *waited_for], told=booking)


def _make_room(booking: Booking, wishes: Sequence[Wish]) -> list[int]:
    """Let go of a workshop that is wanted at another time now; returns the runs that this frees."""
    wanted = {one.run.pk for one in wishes}
    elsewhere = {one.run.session_id for one in wishes}
    gone = booking.places.filter(state=State.CONFIRMED, session__in=elsewhere).exclude(run__in=wanted)
    freed = list(gone.values_list("run", flat=True))
    gone.delete()
    return freed


def _choose_in_slot(booking: Booking, slot_id: int, wishes: Sequence[Wish]) -> list[int]:
    """Settle one slot, the most wanted first; returns the runs that this frees."""
    here = booking.places.filter(slot=slot_id)
    now = here.filter(state=State.CONFIRMED).first()
    waited_for, freed, settled = [], [], not wishes
    for one in wishes:
        if now and now.run_id == one.run.pk:
            settled = True
        elif not _has_elsewhere(booking, one.run) and take_run(one.run.pk):
            here.filter(run=one.run).delete()
            if now:
                freed.append(now.run_id)
                now.delete()
            now = _place(booking, one, State.CONFIRMED)
            settled = True
        if settled:
            break
        waited_for.append(one)
    here.filter(state__in=[State.WAITING, State.WANTED]).exclude(
        run__in=[one.run.pk for one in waited_for]
    ).delete()
    known = set(here.values_list("run", flat=True))
    for one in waited_for:
        if one.run.pk not in known:
            _place(booking, one, State.WAITING)
        else:
            here.filter(run=one.run).update(rank=one.rank, state=State.WAITING)
    if not wishes and now:
        freed.append(now.run_id)
        now.delete()
    elif now:
        # A place that is only kept until a wanted one is free ranks after all of those.
        rank = next((one.rank for one in wishes if one.run.pk == now.run_id), len(wishes) + 1)
        Place.objects.filter(pk=now.pk).update(rank=rank)
    return freed


def _has_elsewhere(booking: Booking, run: Run) -> bool:
    mine = booking.places.filter(session=run.session_id, state=State.CONFIRMED)
    return mine.exclude(slot=run.slot_id).exists()


def _place(booking: Booking, one: Wish, state: str) -> Place:
    return Place.objects.create(
        booking=booking,
        run=one.run,
        slot_id=one.run.slot_id,
        session_id=one.run.session_id,
        rank=one.rank,
        state=state,
    )


def bump(bookings: Iterable[Booking]) -> None:
    """What a calendar shows of these has changed."""
    found = list(bookings)
    Booking.objects.filter(pk__in=[one.pk for one in found]).update(ical_sequence=F("ical_sequence") + 1)
    for one in found:
        one.ical_sequence += 1
