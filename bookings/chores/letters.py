"""Letters that are due, letters for which the time has come, letters that came back."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bookings import bounces, outbox, sending, working_time
from bookings.models import Booking, Delivery, Pool
from people.chores import chore
from seminars.models import Seminar, SeminarDate

Kind = Delivery.Kind
State = Booking.State
JOINING_BEFORE = timedelta(hours=24)
# Of the time to answer, what is left when the letter that warns of its end leaves; four working hours at most.
WARNING_SHARE, WARNING_HOURS = 0.25, 4
THANKS_AFTER = timedelta(hours=2)
THANKS_BETWEEN = (time(8), time(19))
MORNING = time(9)
# Who sets this up later does not thank for dates of years ago.
THANKS_WITHIN = timedelta(days=7)
# A wake-up that runs for so long was left by a worker that died; running one twice does no harm.
WAKE_UP_LASTS = timedelta(minutes=10)
MOST_WAKE_UPS = 3


@chore("letters sent")
def send() -> int:
    return sending.send_due()


@chore("reminders written")
def remind() -> int:
    now = timezone.now()
    return sum(_remind(date, now) for date in _coming(now))


def _coming(now: datetime) -> QuerySet[SeminarDate]:
    dates = SeminarDate.objects.scheduled().filter(starts_at__gt=now, booking_rules__isnull=False)
    return dates.filter(seminar__state=Seminar.State.PUBLISHED).select_related("booking_rules")


def _remind(date: SeminarDate, now: datetime) -> int:
    """Only the latest reminder whose time has come: who missed one is not sent two at once."""
    due = [before for before in date.booking_rules.reminder_times if date.starts_at - before <= now]
    if not due:
        return 0
    before = min(due)
    since = date.starts_at - before
    told = Delivery.objects.filter(booking=OuterRef("pk"), kind=Kind.CHANGE, written_at__gte=since)
    # Who booked after that, or was told of a change after that, needs no reminder.
    found = date.bookings.confirmed().filter(confirmed_at__lt=since).exclude(Exists(told))
    if before == JOINING_BEFORE and _has_joining_details(date):
        # The joining details leave at the same time, and remind as well.
        found = found.exclude(pool__attendance=Pool.Attendance.ONLINE)
    hours = int(before / timedelta(hours=1))
    return _write_once(Kind.REMINDER, found, f"reminder {hours}h {date.starts_at:%Y-%m-%dT%H:%M%z}")


@chore("joining details written")
def send_joining_details() -> int:
    now = timezone.now()
    soon = _coming(now).filter(starts_at__lte=now + JOINING_BEFORE)
    return sum(_tell_how_to_join(date) for date in soon if _has_joining_details(date))


def _tell_how_to_join(date: SeminarDate) -> int:
    found = date.bookings.confirmed().filter(pool__attendance=Pool.Attendance.ONLINE)
    return _write_once(Kind.JOINING, found, f"joining {date.starts_at:%Y-%m-%dT%H:%M%z}")


def _has_joining_details(date: SeminarDate) -> bool:
    details = (date.joining_link, date.joining_instructions_en, date.joining_instructions_cy)
    return date.is_online and any(details)


@chore("warnings of ending offers written")
def warn_of_ending_offers() -> int:
    now = timezone.now()
    offered = Booking.objects.filter(
        state=State.OFFERED, offer_expires_at__gt=now, seminar_date__state=SeminarDate.State.SCHEDULED
    ).select_related("seminar_date__booking_rules")
    warned = Delivery.objects.filter(kind=Kind.OFFER_EXPIRING, booking__in=offered)
    known, written = set(warned.values_list("booking", "once")), 0
    for booking in offered:
        # An offer that was given another end is warned of again.
        once = f"offer ends {booking.offer_expires_at:%Y-%m-%dT%H:%M%z}"
        if (booking.pk, once) in known:
            continue
        hours = min(booking.seminar_date.booking_rules.hours_to_answer * WARNING_SHARE, WARNING_HOURS)
        if _ends_soon(booking, hours, now):
            written += len(outbox.write(Kind.OFFER_EXPIRING, [booking], once=once))
    return written


def _ends_soon(booking: Booking, hours: float, now: datetime) -> bool:
    """Few working hours are left, and the offer itself is no news any more."""
    if booking.offer_expires_at is None or working_time.after(now, hours) < booking.offer_expires_at:
        return False
    news = Delivery.objects.filter(
        booking=booking, kind=Kind.OFFER, written_at__gt=now - timedelta(hours=hours)
    )
    return not news.exists()


@chore("thanks written")
def thank() -> int:
    """After the end, at an hour at which people read letters; not to who did not come."""
    now = timezone.now()
    over = SeminarDate.objects.scheduled().filter(
        ends_at__lte=now - THANKS_AFTER, ends_at__gt=now - THANKS_WITHIN, booking_rules__isnull=False
    )
    written = 0
    for date in over:
        if thanks_at(date) <= now:
            came = date.bookings.filter(state__in=[State.CONFIRMED, State.ATTENDED])
            written += _write_once(Kind.THANKS, came, "thanks")
    return written


def thanks_at(date: SeminarDate) -> datetime:
    at = date.local_end + THANKS_AFTER
    first, last = THANKS_BETWEEN
    if first <= at.time() < last:
        return at
    day = at.date() if at.time() < first else at.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, date.tz)


def _has(kind: str, **more: str) -> Exists:
    return Exists(Delivery.objects.filter(booking=OuterRef("pk"), kind=kind, **more))


def _write_once(kind: str, bookings: QuerySet[Booking], once: str) -> int:
    rest = bookings.filter(~Q(email="") | ~Q(booked_by_email=""))
    return len(outbox.write(kind, rest.exclude(_has(kind, once=once)), once=once))


@chore("letters that came back read")
def read_bounces() -> int:
    path = Path(settings.BOUNCE_MAILBOX) if settings.BOUNCE_MAILBOX else None
    return bounces.read_mailbox(path) if path and path.exists() else 0


@chore("addresses forgotten that letters came back from")
def forget_bounces() -> int:
    return bounces.forget_old()


@chore("wake-ups of dead workers repeated")
def repeat_wake_ups() -> int:
    now = timezone.now()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    repeated = 0
    for left in running.filter(started_at__lt=now - WAKE_UP_LASTS):
        again = len(left.worker_ids) < MOST_WAKE_UPS
        repeated += running.filter(pk=left.pk, started_at=left.started_at).update(
            status=TaskResultStatus.READY if again else TaskResultStatus.FAILED,
            finished_at=None if again else now,
        )
    return repeated


@chore("past wake-ups cleared")
def clear_wake_ups() -> int:
    past = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=1))
    count, _rows = past.delete()
    return count
