"""How many people a change of a date will be told to, said to the organiser before it is made (`seminars.news.ask`)."""

from django.db.models import Count, Q
from django.utils.translation import ngettext

from bookings.models import Booking
from seminars.models import SeminarDate

State = Booking.State
# Those who are in the queue, were offered a place, or asked for one.
HOPING = (State.WAITING, State.OFFERED, State.REQUESTED)


def foresee(seminar_date: SeminarDate, what: str) -> list[str]:
    if what not in {"moved", "relocated", "cancelled"} or (what != "cancelled" and seminar_date.is_past):
        return []
    numbers = seminar_date.bookings.aggregate(
        booked=Count("pk", filter=Q(state=State.CONFIRMED)), hoping=Count("pk", filter=Q(state__in=HOPING))
    )
    return [*_booked(what, numbers["booked"]), *_hoping(what, numbers["hoping"])]


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
