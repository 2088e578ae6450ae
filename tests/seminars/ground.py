"""A seminar on a September morning of 2026, with rooms, for the tests of its programme."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from seminars.models import Billing, Room, Seminar, SeminarDate, Session, Slot, Speaker
from seminars.programme import add_slot
from tests import factories


def at(clock: str, day: int = 15) -> datetime:
    """A moment of September 2026 in UTC; clocks in Wales show an hour more."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 9, day, hour, minute, tzinfo=UTC)


@dataclass
class Morning:
    date: SeminarDate
    rooms: list[Room]
    slots: list[Slot] = field(default_factory=list)

    @property
    def seminar(self) -> Seminar:
        return self.date.seminar

    def session(self, title: str, *speakers: Speaker, **fields: object) -> Session:
        session = factories.SessionFactory(seminar=self.seminar, title_en=title, **fields)
        for position, speaker in enumerate(speakers):
            Billing.objects.create(session=session, speaker=speaker, position=position)
        return session


def morning(**fields: object) -> Morning:
    """09:30 to 13:00 on the clock (08:30 to 12:00 UTC), with slots at 09:30, 10:30 and 11:30 of 45 minutes."""
    venue = factories.VenueFactory()
    date = factories.SeminarDateFactory(starts_at=at("8:30"), ends_at=at("12:00"), venue=venue, **fields)
    rooms = [
        factories.RoomFactory(venue=venue, name_en=name, name_cy=name) for name in ("Taf", "Elwy", "Teifi")
    ]
    slots = [add_slot(date, at(f"{hour}:30"), at(f"{hour + 1}:15")) for hour in (8, 9, 10)]
    return Morning(date, rooms, slots)
