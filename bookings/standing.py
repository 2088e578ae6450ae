"""How a booking stands: what its own page shows, and what can be done with it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from bookings import drawing, places, taking, waiting
from bookings.models import Booking, BookingRules, Need, OwnAnswer, Place, Pool
from seminars.models import SeminarDate, Session
from ui.folding import fold_email

State = Booking.State
OPEN = (State.REQUESTED, State.WAITING, State.OFFERED, State.CONFIRMED)


@dataclass(frozen=True)
class Companion:
    """One of the others of a group; `token` opens their booking, where whoever booked has their letters anyway."""

    booking: Booking
    token: str


@dataclass
class Standing:
    booking: Booking

    @property
    def date(self) -> SeminarDate:
        return self.booking.seminar_date

    @property
    def rules(self) -> BookingRules:
        return self.date.booking_rules

    @cached_property
    def line(self) -> waiting.Line:
        """The position in the queue, and how long it is; whole groups count as one."""
        return waiting.line_of(self.booking)

    @cached_property
    def places(self) -> list[Place]:
        rows = self.booking.places.select_related("run__room", "run__session", "slot__seminar_date")
        return list(rows.order_by("slot__starts_at", "rank", "pk"))

    @property
    def sure_places(self) -> list[Place]:
        return [place for place in self.places if place.state == Place.State.CONFIRMED]

    @property
    def unsure_places(self) -> list[Place]:
        """Those that are waited for, or only wished for yet."""
        return [place for place in self.places if place.state != Place.State.CONFIRMED]

    @cached_property
    def are_drawn(self) -> bool:
        return places.is_to_be_drawn(self.rules)

    @cached_property
    def lots(self) -> list[str]:
        """How the draw of the workshops went for them, and why, once it is published."""
        is_drawn = self.rules.workshops == BookingRules.Workshops.DRAWN and not self.are_drawn
        return drawing.explain(self.booking) if is_drawn else []

    @cached_property
    def needs(self) -> list[Need]:
        return list(self.booking.needs.all())

    @cached_property
    def answers(self) -> list[OwnAnswer]:
        return list(self.booking.answers.select_related("question").order_by("question__position"))

    @cached_property
    def companions(self) -> list[Companion]:
        """The others of a group, for whoever booked it: how they stand, and nothing private."""
        if self.booking.group is None or self.booking.request_place:
            return []
        others = self.booking.group.bookings.exclude(pk=self.booking.pk).order_by("request_place")
        known = others.only("name", "state", "group", "email", "booked_by_email", "uuid", "nonce")
        return [Companion(one, one.token if self._has_letters_of(one) else "") for one in known]

    def _has_letters_of(self, other: Booking) -> bool:
        """Not any more once either of the two was handed over."""
        own = self.booking.email_folded
        return bool(own and not other.email and fold_email(other.booked_by_email) == own)

    @property
    def waits_apart(self) -> bool:
        """Whether somebody of a group that may be split has no place yet."""
        group = [self.booking, *(one.booking for one in self.companions)]
        return not self.is_whole and any(one.state in {State.WAITING, State.OFFERED} for one in group)

    @property
    def is_whole(self) -> bool:
        return bool(self.booking.group and self.booking.group.is_whole)

    @cached_property
    def never_fits(self) -> bool:
        """Whether a whole group waits for more places than there are: they became fewer since it was booked."""
        if self.booking.state != State.WAITING or not self.is_whole:
            return False
        together = Booking.objects.filter(group=self.booking.group_id, state=State.WAITING)
        return bool(taking.too_many_together(together.count(), self.booking.pool.seats))

    @property
    def is_for_a_colleague(self) -> bool:
        """Whether somebody booked it who does not come with it."""
        by = fold_email(self.booking.booked_by_email)
        return bool(by) and self.booking.group_id is None and by != self.booking.email_folded

    @cached_property
    def moved_to(self) -> Booking | None:
        """The booking on another date that this one was, or will be, given up for; only if it is the same person's."""
        found = self.booking.replaced_by.select_related("seminar_date__venue").order_by("-created_at")
        return next((one for one in found if one.is_live and _same_person(one, self.booking)), None)

    @property
    def moves_from(self) -> Booking | None:
        """The booking that is kept until this one is won."""
        old = self.booking.replaces
        is_kept = old is not None and old.is_live and self.booking.state in OPEN
        return old if is_kept and old is not None and _same_person(old, self.booking) else None

    # -- what can be done ------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.booking.state in OPEN and not self.date.is_past

    @property
    def can_change(self) -> bool:
        return self.is_open and not self.date.is_cancelled

    @cached_property
    def can_choose(self) -> bool:
        runs = self.date.slots.filter(runs__session__kind=Session.Kind.WORKSHOP)
        return self.can_change and runs.exists()

    @cached_property
    def other_pools(self) -> list[Pool]:
        """Other ways to take part in the seminar, now or on another date."""
        if not self.is_open:
            return []
        pools = (
            Pool.objects.held()
            .filter(seminar_date__seminar=self.date.seminar_id, seminar_date__booking_rules__isnull=False)
            .exclude(pk=self.booking.pool_id)
        )
        found = pools.select_related(
            "seminar_date__seminar", "seminar_date__venue", "seminar_date__booking_rules"
        )
        return [
            pool
            for pool in found.order_by("seminar_date__starts_at", "attendance")
            if pool.seminar_date_id == self.date.pk or not taking.why_closed(pool.seminar_date)
        ]

    @property
    def can_move(self) -> bool:
        """To another date that is open, or from in person to online."""
        elsewhere = any(pool.seminar_date_id != self.date.pk for pool in self.other_pools)
        return elsewhere or bool(self.can_change and self.booking.is_confirmed and self.other_pools)

    @property
    def move_words(self) -> str:
        """Of the link to moving: where one can go."""
        elsewhere = any(pool.seminar_date_id != self.date.pk for pool in self.other_pools)
        if not elsewhere:
            return _("Take part in another way")
        online = any(pool.attendance == Pool.Attendance.ONLINE for pool in self.other_pools)
        return _("Move to another date, or online") if online else _("Move to another date")

    @property
    def can_split(self) -> bool:
        waits = self.booking.state == State.WAITING and self.can_change
        return waits and self.is_whole and not self.booking.request_place

    @property
    def can_cancel(self) -> bool:
        return self.is_open and self.booking.state in {State.REQUESTED, State.CONFIRMED}

    @property
    def is_off(self) -> bool:
        """Whether it would count, were its date not cancelled."""
        return self.date.is_cancelled and self.booking.state in OPEN

    @property
    def is_closed(self) -> bool:
        """Whether nobody who waits is offered a place any more."""
        return bool(waiting.why_no_offers(self.date))

    # -- the day ---------------------------------------------------------------------------------------------------

    @property
    def is_delegate(self) -> bool:
        """Confirmed, or found to be there already."""
        return self.booking.state in {State.CONFIRMED, State.ATTENDED} and not self.date.is_cancelled

    @property
    def joining_opens_at(self) -> datetime:
        return self.date.starts_at - timedelta(minutes=self.rules.joining_opens_minutes)

    @property
    def has_joining(self) -> bool:
        """Whether there is, or will be, something on the joining page."""
        date = self.date
        told = date.joining_link or date.joining_instructions_en or date.joining_instructions_cy
        return bool(self.is_delegate and not date.is_past and (told or date.is_online))

    def is_joining_open(self, now: datetime | None = None) -> bool:
        now = now or timezone.now()
        return self.is_delegate and self.joining_opens_at <= now <= self.date.ends_at

    @property
    def has_list(self) -> bool:
        return self.is_delegate and self.rules.has_delegate_list


def _same_person(one: Booking, other: Booking) -> bool:
    return (one.email_folded, one.booked_by_email) == (other.email_folded, other.booked_by_email)
