"""How many people a change of a date will be told to, said to the organiser before it is made (`seminars.news.ask`)."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import waiting
from bookings.models import Booking
from seminars.models import SeminarDate

State = Booking.State
# Those who are in the queue, were offered a place, or asked for one.
HOPING = (State.WAITING, State.OFFERED, State.REQUESTED)


def foresee(seminar_date: SeminarDate, what: str) -> list[str]:
    if what not in {"moved", "relocated", "cancelled", "reinstated"} or (
        what != "cancelled" and seminar_date.is_past
    ):
        return []
    numbers = seminar_date.bookings.aggregate(
        booked=Count("pk", filter=Q(state=State.CONFIRMED)),
        hoping=Count("pk", filter=Q(state__in=HOPING)),
        offered=Count("pk", filter=Q(state=State.OFFERED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    told = [*_booked(what, numbers["booked"]), *_hoping(what, numbers["hoping"])]
    return [*told, *_queue(seminar_date, numbers)] if what == "reinstated" else told


def _booked(what: str, number: int) -> list[str]:
    if not number:
        return []
    words = {
        "cancelled": ngettext(
            "%(number)s person has booked: they are told by a letter, and it is taken out of their calendar.",
            "%(number)s people have booked: they are told by a letter, and it is taken out of their calendars.",
            number,
        ),
        "moved": ngettext(
            "%(number)s person has booked: they are told by a letter, and it moves in their calendar.",
            "%(number)s people have booked: they are told by a letter, and it moves in their calendars.",
            number,
        ),
        "relocated": ngettext(
            "%(number)s person has booked: if you change the place or how it is held, they are told by a letter.",
            "%(number)s people have booked: if you change the place or how it is held, they are told by a letter.",
            number,
        ),
        "reinstated": ngettext(
            "%(number)s person has kept the booking: they are told by a letter, and it goes back into their calendar.",
            "%(number)s people have kept their bookings: they are told by a letter, and it goes back into their calendars.",
            number,
        ),
    }
    return [words[what] % {"number": number}]


def _hoping(what: str, number: int) -> list[str]:
    if not number:
        return []
    words = ngettext(
        "%(number)s more waits for a place or for an answer, and is told as well.",
        "%(number)s more wait for a place or for an answer, and are told as well.",
        number,
    )
    return [words % {"number": number}]


def _queue(seminar_date: SeminarDate, numbers: dict[str, int]) -> list[str]:
    """What becomes of the offers and of the queue of a date that is held after all."""
    if waiting.closes_at(seminar_date) <= timezone.now():
        closed = _("Booking has closed, so that nobody in the queue is offered a place.")
        return [closed] if numbers["offered"] or numbers["waiting"] else []
    said = []
    if number := numbers["offered"]:
        words = ngettext(
            "%(number)s person who was offered a place has new time to answer.",
            "%(number)s people who were offered a place have new time to answer.",
            number,
        )
        said.append(words % {"number": number})
    if numbers["waiting"] and any(pool.free for pool in seminar_date.pools.all()):
        said.append(_("Places that have become free are offered to the queue at once."))
    return said
