"""A delegate's workshops in words, for letters and calendars."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from bookings.models import Booking, Place
from seminars.wording import one_line
from ui import dates

READ_AHEAD = "places_in_order"


def workshops_in_words(booking: Booking) -> tuple[str, ...]:
    """One line each, in the order of the day: `11:15, Ten calls a week (Seminar room 2)`."""
    return tuple(in_words(place) for place in places_of(booking))


def places_of(booking: Booking) -> list[Place]:
    if booking.pk is None:
        return []
    known: list[Place] | None = getattr(booking, READ_AHEAD, None)
    return list(in_order().filter(booking=booking)) if known is None else known


def in_order() -> QuerySet[Place]:
    found = Place.objects.select_related("run__room", "session", "slot__seminar_date")
    return found.order_by("slot__starts_at", "rank", "pk")


def for_many(path: str = "") -> Prefetch[str]:
    """What reads the places of many bookings at once: `prefetch_related(for_many("booking__"))`."""
    return Prefetch(f"{path}places", in_order(), to_attr=READ_AHEAD)


def in_words(place: Place) -> str:
    line = f"{_start(place)}, {one_line(place.session.tr('title'))}"
    if place.state == Place.State.WAITING:
        return _("%(workshop)s: full, you are in its queue") % {"workshop": line}
    if place.state == Place.State.WANTED:
        return _("%(workshop)s: your choice number %(rank)s") % {"workshop": line, "rank": place.rank}
    return f"{line} ({one_line(place.run.room.tr('name'))})" if place.run.room else line


def _start(place: Place) -> str:
    slot = place.slot
    start = dates.local(slot.starts_at, slot.seminar_date.timezone)
    if start.date() == slot.seminar_date.local_start.date():
        return slot.clock
    return f"{dates.weekday(start)}, {slot.clock}"
