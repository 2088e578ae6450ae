"""Who is here: check-in at the door, people without a booking, and the end of the day.

A check-in is a row of its own, so that one made by mistake can be undone; a booking becomes "attended" or "did not
come" only when the day is closed, after devices that had no connection have told what they noted.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import seats, taking, tokens
from bookings.beginning import a_code, begin
from bookings.models import Booking, BookingRules, CheckIn, Pool
from people.models import AuditEvent, Member
from people.refusal import Refused
from seminars.models import SeminarDate

State = Booking.State
# A link for stewards works from the day before to the day after; what devices noted is taken until the day is closed.
BEFORE, AFTER = timedelta(days=1), timedelta(days=1)
SETTLES_AFTER = timedelta(hours=24)
MOST_EXTRA = 500


def steward_token(rules: BookingRules) -> str:
    return tokens.make("steward", rules.seminar_date.uuid, rules.steward_nonce)


def is_open(seminar_date: SeminarDate, now: datetime | None = None) -> bool:
    """Whether people can be checked in now."""
    now = now or timezone.now()
    return (
        not seminar_date.is_cancelled
        and seminar_date.starts_at - BEFORE <= now <= seminar_date.ends_at + AFTER
    )


def dates_open(now: datetime | None = None) -> Any:
    """The dates on which people can be checked in now."""
    now = now or timezone.now()
    return (
        SeminarDate.objects.public()
        .scheduled()
        .filter(starts_at__lte=now + BEFORE, ends_at__gte=now - AFTER, booking_rules__isnull=False)
        .select_related("seminar__organisation", "booking_rules")
    )


def check_in(
    booking: Booking,
    way: str,
    *,
    client_uuid: uuid.UUID | None = None,
    at: datetime | None = None,
    by: Any = None,
) -> CheckIn:
    """Note that a delegate is here; the same note again, or another one of the same delegate, gives the one there is.

    `client_uuid` and `at` are the device's own. Raises `Refused` in words for who has no place.
    """
    now = timezone.now()
    client_uuid = client_uuid or uuid.uuid4()
    try:
        with transaction.atomic():
            booking.state = _state_now(booking.pk)
            if known := CheckIn.objects.filter(client_uuid=client_uuid).first():
                return known
            if live := booking.check_ins.filter(undone_at=None).first():
                return live
            _check_has_place(booking)
            return CheckIn.objects.create(
                booking=booking,
                client_uuid=client_uuid,
                way=way,
                at=_believed(booking.seminar_date, at, now),
                received_at=now,
                by=by if isinstance(by, Member) else None,
            )
    except IntegrityError:
        # Another steward was faster, with the same note of another delegate.
        return CheckIn.objects.get(client_uuid=client_uuid)


def _state_now(booking: int) -> str:
    """Under a lock of its row: whoever closes the day or cancels the booking waits, or has done so before."""
    row = Booking.objects.select_for_update().order_by().filter(pk=booking).values_list("state", flat=True)
    return row.get()


def _check_has_place(booking: Booking) -> None:
    if booking.state == State.NO_SHOW:
        raise Refused(_("The day is closed, so this stays as it is."))
    if booking.state not in {State.CONFIRMED, State.ATTENDED}:
        raise Refused(
            _("%(name)s has no place. State of the booking: %(state)s.")
            % {"name": booking.name, "state": booking.get_state_display()}
        )


def _believed(seminar_date: SeminarDate, at: datetime | None, now: datetime) -> datetime:
    """A device's clock may be wrong by hours, or by years: never later than now, nor before anybody could be here."""
    return at if at and seminar_date.starts_at - BEFORE <= at <= now else now


@transaction.atomic
def undo(check_in: CheckIn, *, by: Any = None) -> None:
    """Take a check-in back that was a mistake; once the day is closed it stays."""
    if _state_now(check_in.booking_id) != State.CONFIRMED:
        raise Refused(_("The day is closed, so this stays as it is."))
    if CheckIn.objects.filter(pk=check_in.pk, undone_at=None).update(undone_at=timezone.now()):
        AuditEvent.record(by if isinstance(by, Member) else None, "check-in-undone", check_in.booking)


def walk_in(
    seminar_date: SeminarDate,
    person: taking.Person,
    attendance: str,
    *,
    key: uuid.UUID | None = None,
    by: Any = None,
) -> Booking:
    """Somebody who came without a booking: they are here, so that there is a seat for them, above the capacity if need be.

    `key` is the form's own: the same form sent twice lets in one person.
    """
    organiser = by if isinstance(by, Member) else None
    with seats.holding(seminar_date) as pools:
        if key and (made := Booking.objects.filter(seminar_date=seminar_date, request_key=key).first()):
            return made
        pool = next((one for one in pools if one.attendance == attendance), None)
        if pool is None:
            raise Refused(_("This date cannot be booked in this way."))
        if not is_open(seminar_date):
            raise Refused(_("People can be checked in from the day before the date until the day after it."))
        if person.email and (known := _known(seminar_date, person.email)):
            raise Refused(
                _("%(name)s has a booking already: look for it in the list.") % {"name": known.name}
            )
        if not seats.take(pool):
            _one_more(pool, organiser)
        now = timezone.now()
        code = a_code(seminar_date)
        booking = begin(
            seminar_date,
            pool,
            State.CONFIRMED,
            person,
            now,
            code=code,
            came_without_booking=True,
            request_key=key,
        )
        booking.save()
        CheckIn.objects.create(
            booking=booking, way=CheckIn.Way.WALK_IN, at=now, received_at=now, by=organiser
        )
        return booking


def _known(seminar_date: SeminarDate, email: str) -> Booking | None:
    folded = Booking(email=email).prepare().email_folded
    return Booking.objects.live().filter(seminar_date=seminar_date, email_folded=folded).first()


def _one_more(pool: Pool, by: Member | None) -> None:
    """One seat above the capacity, for somebody who stands in the room."""
    before = pool.extra
    Pool.objects.filter(pk=pool.pk).update(extra=before + 1)
    pool.extra = before + 1
    AuditEvent.record(
        by, "extra-changed", pool, before=before, after=before + 1, reason="came without a booking"
    )
    if not seats.take(pool):
        raise Refused(_("Every place is taken."))


def settle(seminar_date: SeminarDate, *, by: Member | None = None, now: datetime | None = None) -> int:
    """Close the day: who was checked in attended, the others did not come. Returns how many bookings that settles.

    Only where anybody was checked in: without a single check-in nobody knows who was there.
    """
    now = now or timezone.now()
    if seminar_date.is_cancelled:
        return 0
    if seminar_date.ends_at > now:
        raise Refused(_("The date is not over yet."))
    settled = 0
    with seats.holding(seminar_date) as pools:
        for pool in pools:
            here = CheckIn.objects.filter(booking__pool=pool, undone_at=None)
            if not here.exists():
                continue
            confirmed = Booking.objects.confirmed().filter(pool=pool)
            # Who is being checked in just now is waited for, and whoever would be after this finds the day closed.
            list(confirmed.order_by("pk").select_for_update().values_list("pk", flat=True))
            came = set(here.values_list("booking", flat=True))
            settled += confirmed.filter(pk__in=came).update(state=State.ATTENDED, ended_at=now)
            settled += confirmed.exclude(pk__in=came).update(state=State.NO_SHOW, ended_at=now)
        if settled:
            AuditEvent.record(by, "day-closed", seminar_date, bookings=settled)
    return settled


def settle_all(now: datetime | None = None) -> int:
    now = now or timezone.now()
    dates = SeminarDate.objects.scheduled().filter(
        ends_at__lt=now - SETTLES_AFTER, bookings__state=State.CONFIRMED, bookings__check_ins__undone_at=None,
        bookings__check_ins__isnull=False,
    )  # fmt: skip
    return sum(settle(date, now=now) for date in dates.distinct())


def counts(seminar_date: SeminarDate) -> list[tuple[Pool, int, int]]:
    """(pool, here, expected) of a date: two queries."""
    pools = {pool.pk: pool for pool in seminar_date.pools.order_by("attendance")}
    here: dict[int, int] = dict.fromkeys(pools, 0)
    expected: dict[int, int] = dict.fromkeys(pools, 0)
    rows = Booking.objects.filter(
        seminar_date=seminar_date, state__in=[State.CONFIRMED, State.ATTENDED, State.NO_SHOW]
    )
    live = CheckIn.objects.filter(undone_at=None).values("booking")
    found = rows.values_list("pool").annotate(all=Count("pk"), came=Count("pk", filter=Q(pk__in=live)))
    for pool_id, all_of_them, came in found:
        expected[pool_id], here[pool_id] = all_of_them, came
    return [(pool, here[pk], expected[pk]) for pk, pool in pools.items()]
