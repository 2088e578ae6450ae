"""How many seats a pool has, raised and lowered by organisers; what is free goes to the queue at once."""

from collections.abc import Collection, Sequence

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import changing, seats, waiting
from bookings.models import Booking, BookingRules, Pool
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate

KEEP, CANCEL = "keep", "cancel"


class TakenAlready(Refused):
    """The capacity would be below what is taken: the organiser says what happens to `number` people."""

    def __init__(self, number: int, *sentences: object) -> None:
        super().__init__(*sentences)
        self.number = number


def open_pool(seminar_date: SeminarDate, attendance: str, capacity: int, *, by: Member | None) -> Pool:
    """Let a date be booked in this way."""
    BookingRules.objects.get_or_create(seminar_date=seminar_date)
    pool, new = Pool.objects.get_or_create(
        seminar_date=seminar_date, attendance=attendance, defaults={"capacity": capacity}
    )
    if new:
        AuditEvent.record(by, "pool-opened", pool, capacity=capacity)
    return pool


def change(
    pool: Pool, capacity: int, *, by: Member | None, then: str = "", whom: Collection[int] | None = None
) -> None:
    """Set the capacity. Below what is taken, `then` says what to do: KEEP everybody and give no seat until enough are
    given back, or CANCEL those who came last. Without it, `TakenAlready` asks; so it does where those who would lose
    their seats are not those that the organiser was shown, `whom`."""
    with seats.holding(pool.seminar_date):
        pool.refresh_from_db()
        over = pool.taken - (capacity + (0 if pool.sheds_extra else pool.extra))
        if over > 0 and then not in {KEEP, CANCEL}:
            raise TakenAlready(
                over,
                _("%(taken)s places are taken. Say what happens to the %(over)s people too many.")
                % {"taken": pool.taken, "over": over},
            )
        losers = list(last_in(pool, over)) if over > 0 and then == CANCEL else []
        if losers and whom is not None and {booking.pk for booking in losers} != set(whom):
            raise TakenAlready(
                over, _("Those who came last are not the same any more. Look at the list again.")
            )
        before = pool.capacity
        if over > 0:
            pool.extra, pool.sheds_extra = pool.taken - capacity, True
        elif pool.sheds_extra:
            pool.extra = max(0, pool.taken - capacity)
        pool.capacity = capacity
        pool.save(update_fields=["capacity", "extra", "sheds_extra"])
        AuditEvent.record(by, "capacity-changed", pool, before=before, after=capacity, then=then)
        waiting.promote(pool.seminar_date)
        for booking in losers:
            with translation.override(booking.language):
                reason = _("Fewer people can come than was planned.")
            changing.cancel_held(booking, by=by, reason=reason)


def last_in(pool: Pool, number: int) -> Sequence[Booking]:
    """Those who won their seats last, the first to lose them: who has not answered an offer yet, then the newest."""
    found = Booking.objects.filter(pool=pool, state__in=[Booking.State.OFFERED, Booking.State.CONFIRMED])
    return list(
        found.order_by(F("confirmed_at").desc(nulls_first=True), "-pk").select_related(
            *changing.ALL_OF_IT, "organisation"
        )[:number]
    )


def give_extra(pool: Pool, number: int, reason: str, *, by: Member | None) -> None:
    """Seats above the capacity, for a reason that is audited; they go to the queue like any others."""
    if not reason.strip():
        raise Refused(_("Give a reason."))
    with seats.holding(pool.seminar_date):
        pool.refresh_from_db()
        if pool.taken > pool.capacity + number:
            raise Refused(_("%(taken)s places are taken already.") % {"taken": pool.taken})
        before = pool.extra
        pool.extra, pool.sheds_extra = number, False
        pool.save(update_fields=["extra", "sheds_extra"])
        AuditEvent.record(by, "extra-changed", pool, before=before, after=number, reason=reason.strip())
        waiting.promote(pool.seminar_date)


def close_pool(pool: Pool, *, by: Member | None) -> None:
    """Take away a way of taking part that nobody has booked."""
    with seats.holding(pool.seminar_date):
        if pool.bookings.exists():
            raise Refused(
                _("There are bookings for it, so it cannot be taken away. Set its capacity to 0 instead.")
            )
        AuditEvent.record(by, "pool-closed", pool)
        pool.delete()
