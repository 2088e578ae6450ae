from seminars.models.date import SeminarDate, Slot
from seminars.models.programme import Billing, Run, RunSpeaker, Session, Speaker
from seminars.models.resource import Resource
from seminars.models.seminar import Seminar, Series
from seminars.models.venue import Room, Venue

__all__ = [
    "Billing",
    "Resource",
    "Room",
    "Run",
    "RunSpeaker",
    "Seminar",
    "SeminarDate",
    "Series",
    "Session",
    "Slot",
    "Speaker",
    "Venue",
]
