"""Read the example's TOML files into the database. Whatever exists already, by its slug, is left as it is."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from learning.filing import refile
from learning.models import Author, Lesson, WriteUp
from people.models import Organisation
from seminars.models import (
    Billing,
    Resource,
    Room,
    Run,
    RunSpeaker,
    Seminar,
    SeminarDate,
    Series,
    Session,
    Slot,
    Speaker,
    Venue,
)
from themes.models import Theme

FOLDER = Path(__file__).parent
LONDON = ZoneInfo("Europe/London")
Row = dict[str, Any]


def read(name: str) -> Row:
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def both(row: Row, *names: str) -> Row:
    """The columns of bilingual texts: lists become one item a line."""
    columns = {}
    for name in names:
        for language in ("en", "cy"):
            value = row.get(f"{name}_{language}", "")
            columns[f"{name}_{language}"] = "\n".join(value) if isinstance(value, list) else value.strip()
    return columns


class Loader:
    """Loads everything relative to the week of `today`; `loaded` counts what was new, by kind."""

    def __init__(self, today: date | None = None) -> None:
        today = today or timezone.localdate()
        # The files count in weeks, so that what is relative to a Tuesday falls on a working day.
        self.tuesday = today + timedelta(days=1 - today.weekday())
        self.organisations = {body.slug: body for body in Organisation.objects.all()}
        self.themes = {theme.slug_en: theme for theme in Theme.objects.all()}
        self.speakers: dict[str, Speaker] = {}
        self.venues: dict[str, Venue] = {}
        self.rooms: dict[str, Room] = {}
        self.loaded = {"seminars": 0, "dates": 0, "write-ups": 0}

    def load(self) -> None:
        self.series()
        self.places()
        self.people()
        for file in sorted((FOLDER / "seminars").glob("*.toml")):
            self.seminar(file.stem, read(f"seminars/{file.name}"))
        for file in sorted((FOLDER / "writeups").glob("*.toml")):
            self.write_up(file.stem, read(f"writeups/{file.name}"))

    def series(self) -> None:
        for row in read("series.toml")["series"]:
            Series.objects.get_or_create(
                slug=row["slug"],
                defaults={
                    "organisation": self.organisations[row["organisation"]],
                    **both(row, "title", "description"),
                },
            )

    def places(self) -> None:
        for row in read("venues.toml")["venue"]:
            texts = both(row, "name", "town", "access")
            plain = {name: row.get(name, "") for name in ("address", "postcode", "region")}
            venue, _new = Venue.objects.get_or_create(
                name_en=texts["name_en"],
                town_en=texts["town_en"],
                defaults={
                    **texts,
                    **plain,
                    "latitude": row.get("latitude"),
                    "longitude": row.get("longitude"),
                },
            )
            self.venues[row["key"]] = venue
            for part in row.get("room", []):
                names = both(part, "name")
                self.rooms[part["key"]], _new = Room.objects.get_or_create(
                    venue=venue, name_en=names["name_en"], defaults={**names, "capacity": part["capacity"]}
                )

    def people(self) -> None:
        for row in read("people.toml")["speaker"]:
            self.speakers[row["key"]], _new = Speaker.objects.get_or_create(
                slug=row["key"],
                defaults={
                    "name": row["name"],
                    "kind": row["kind"],
                    "organisation": self.organisations.get(row.get("organisation", "")),
                    "organisation_name": row.get("organisation_name", ""),
                    **both(row, "role", "bio"),
                },
            )

    def day(self, row: Row, name: str = "days", fixed: str = "date") -> date:
        return date.fromisoformat(row[fixed]) if fixed in row else self.tuesday + timedelta(days=row[name])

    @staticmethod
    def at(day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), LONDON)

    def seminar(self, slug: str, row: Row) -> None:
        if Seminar.objects.filter(slug=slug).exists():
            return
        first = min(self.day(part) for part in row["date"])
        announced = min(self.at(first - timedelta(days=70), "09:00"), timezone.now())
        seminar = Seminar.objects.create(
            slug=slug,
            series=Series.objects.get(slug=row["series"]) if row.get("series") else None,
            organisation=self.organisations[row["organisation"]],
            state=row["state"],
            created_at=announced,
            published_at=None if row["state"] == "draft" else announced,
            **both(row, "title", "summary", "focus", "outcomes", "audience"),
        )
        seminar.themes.set(self.themes[key] for key in row["themes"])
        seminar.tags.add(*row["tags"])
        slots = {part["key"]: self.date(seminar, part) for part in row["date"]}
        for position, part in enumerate(row["session"]):
            self.session(seminar, position, part, slots)
        for position, part in enumerate(row.get("resource", [])):
            Resource.objects.create(
                seminar=seminar,
                link=part["link"],
                language=part["language"],
                position=position,
                **both(part, "title"),
            )
        self.loaded["seminars"] += 1

    def date(self, seminar: Seminar, row: Row) -> list[Slot]:
        day = self.day(row)
        moved = row.get("moved_from_days")
        cancelled = both(row, "cancelled")
        seminar_date = SeminarDate.objects.create(
            seminar=seminar,
            slug=f"{row['key']}-{day.isoformat()}",
            starts_at=self.at(day, row["starts"]),
            ends_at=self.at(day, row["ends"]),
            venue=self.venues.get(row.get("venue", "")),
            attendance=row["attendance"],
            state="cancelled" if any(cancelled.values()) else "scheduled",
            state_reason_en=cancelled["cancelled_en"],
            state_reason_cy=cancelled["cancelled_cy"],
            moved_from=self.at(self.tuesday + timedelta(days=moved), row["starts"])
            if moved is not None
            else None,
            ical_sequence=1 if moved is not None or any(cancelled.values()) else 0,
        )
        self.loaded["dates"] += 1
        return [
            Slot.objects.create(
                seminar_date=seminar_date,
                starts_at=self.at(day, part["starts"]),
                ends_at=self.at(day, part["ends"]),
            )
            for part in row.get("slot", [])
        ]

    def session(self, seminar: Seminar, position: int, row: Row, slots: dict[str, list[Slot]]) -> None:
        session = Session.objects.create(
            seminar=seminar, kind=row["kind"], position=position + 1, **both(row, "title", "abstract")
        )
        speakers = [self.speakers[key] for key in row.get("speakers", [])]
        for order, speaker in enumerate(speakers):
            Billing.objects.create(
                session=session,
                speaker=speaker,
                position=order,
                state=Billing.State.ACCEPTED,
                answered_at=seminar.created_at,
            )
        for part in row.get("runs", []):
            room = self.rooms.get(part.get("room", ""))
            run = Run.objects.create(
                session=session,
                slot=slots[part["date"]][part["slot"] - 1],
                room=room,
                capacity=part.get("capacity") or (room.capacity if room else None),
            )
            for speaker in speakers:
                RunSpeaker.objects.create(run=run, slot=run.slot, speaker=speaker)

    def write_up(self, slug: str, row: Row) -> None:
        if WriteUp.objects.filter(slug=slug).exists():
            return
        published = self.at(self.day(row, fixed="published"), "09:00")
        state = row.get("state", "published")
        withdrawn = both(row, "withdrawn")
        public = state in {"published", "withdrawn"}
        write_up = WriteUp.objects.create(
            slug=slug,
            kind=row["kind"],
            organisation=self.organisations[row["organisation"]],
            licence=row.get("licence", WriteUp.Licence.OGL),
            original_name=row.get("original_name", ""),
            original_url=row.get("original_url", ""),
            original_published_at=row.get("original_date") or None,
            state=state,
            created_at=published - timedelta(days=10),
            submitted_at=published - timedelta(days=2) if state != "draft" else None,
            published_at=published if public else None,
            withdrawn_at=published + timedelta(days=30) if state == "withdrawn" else None,
            withdrawn_reason_en=withdrawn["withdrawn_en"],
            withdrawn_reason_cy=withdrawn["withdrawn_cy"],
            review_on=published.date() + timedelta(days=row["review_days"])
            if row.get("review_days")
            else None,
            **both(row, "title", "summary", "body", "what_worked", "what_did_not", "challenge"),
        )
        write_up.partners.set(self.organisations[key] for key in row.get("partners", []))
        write_up.seminars.set(Seminar.objects.filter(slug__in=row.get("seminars", [])))
        write_up.themes.set(self.themes[key] for key in row["themes"])
        write_up.tags.add(*row.get("tags", []))
        for position, part in enumerate(row["author"]):
            Author.objects.create(
                write_up=write_up,
                name=part["name"],
                role=part["role"],
                organisation=self.organisations.get(part.get("organisation", "")),
                organisation_name=part.get("organisation_name", ""),
                position=position,
            )
        for number, part in enumerate(row["lesson"], start=1):
            lesson = Lesson.objects.create(write_up=write_up, position=number, **both(part, "title", "body"))
            lesson.themes.set(self.themes[key] for key in part.get("themes", []))
        refile(write_up)
        self.loaded["write-ups"] += 1


def is_example() -> bool:
    """Whether this database was made by the loader: it alone files the seminar of 2016 under this slug."""
    return Seminar.objects.filter(slug="redesigning-public-services").exists()


def is_someone_elses() -> bool:
    return not is_example() and (Seminar.objects.exists() or WriteUp.objects.exists())


def may_have_sign_ins() -> bool:
    return bool(settings.DEVELOPMENT) and is_example()
