"""What `bench/bookings.py` measures: a date with thousands of bookings, and one with a long queue, made by bulk rows."""

import time
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone

from bookings import capacity, tokens
from bookings.models import Booking, BookingRules, Place, Pool
from people.models import Member, Membership, Organisation
from seminars.models import Run, Seminar, SeminarDate, Session, Slot, Venue

SHARDS = 1000


def date_of(title: str, places: int) -> SeminarDate:
    """A published seminar of the organiser's organisation, held once, with two workshops."""
    body = Organisation.objects.get(slug="audit-wales")
    seminar = Seminar.objects.create(
        title_en=title, organisation=body, state=Seminar.State.PUBLISHED, published_at=timezone.now()
    )
    starts = timezone.now() + timedelta(days=40)
    date = SeminarDate.objects.create(
        seminar=seminar, starts_at=starts, ends_at=starts + timedelta(hours=4), venue=Venue.objects.all()[0]
    )
    BookingRules.objects.create(seminar_date=date)
    Pool.objects.create(seminar_date=date, attendance=Pool.Attendance.IN_PERSON, capacity=places)
    slot = Slot.objects.create(seminar_date=date, starts_at=starts, ends_at=starts + timedelta(hours=1))
    for position in (1, 2):
        session = Session.objects.create(
            seminar=seminar,
            title_en=f"Workshop {position}",
            kind=Session.Kind.WORKSHOP,
            position=position,
        )
        Run.objects.create(session=session, slot=slot)
    return date


def bookings(date: SeminarDate, number: int, state: str) -> list[Booking]:
    pool, now = date.pools.get(), timezone.now()
    bodies, kinds = cycle(Organisation.objects.all()), cycle(["officer", "officer", "councillor"])
    rows = [
        Booking(
            seminar_date=date,
            pool=pool,
            state=state,
            code=_code(one),
            name=f"Siân Delegate {one}",
            email=f"delegate{one}@body.example",
            organisation=next(bodies),
            kind=next(kinds),
            language="cy" if one % 8 == 0 else "en",
            queued_at=now + timedelta(seconds=one) if state == Booking.State.WAITING else None,
            confirmed_at=now if state == Booking.State.CONFIRMED else None,
        ).prepare()
        for one in range(number)
    ]
    return Booking.objects.bulk_create(rows, batch_size=SHARDS)


def _code(number: int) -> str:
    """Each its own: of 20,000 drawn at random, two may well be the same."""
    letters = ""
    for _place in range(tokens.CODE_LENGTH):
        number, letter = divmod(number, len(tokens.ALPHABET))
        letters += tokens.ALPHABET[letter]
    return letters


def full_date(number: int) -> SeminarDate:
    """So many confirmed bookings, each with a workshop; the counters say the same as the rows."""
    date = date_of("A very large date", number + 100)
    rows = bookings(date, number, Booking.State.CONFIRMED)
    runs = list(Run.objects.filter(slot__seminar_date=date))
    Place.objects.bulk_create(
        [
            Place(booking=row, run=run, slot_id=run.slot_id, session_id=run.session_id, state="confirmed")
            for row, run in zip(rows, cycle(runs), strict=False)
        ],
        batch_size=SHARDS,
    )
    Pool.objects.filter(seminar_date=date).update(taken=number)
    for run in runs:
        Run.objects.filter(pk=run.pk).update(taken=run.places.count())
    return date


def session(body: Organisation) -> str:
    """An organiser of the organisation, signed in."""
    organiser, store = Member.objects.create_user("bench@example.wales", name="Organiser"), SessionStore()
    Membership.objects.create(
        member=organiser, organisation=body, role="organiser", confirmed_at=timezone.now()
    )
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(organiser.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = organiser.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def make(number: int) -> dict[str, Any]:
    """The session of an organiser, and the pages to measure by name."""
    date = full_date(number)
    where = [date.seminar.slug, date.slug]
    pages = {
        "booking page": reverse("bookings:book", args=where),
        "its page": date.get_absolute_url(),
        "overview": reverse("bookings:organise-bookings", args=where),
        "list": reverse("bookings:organise-list", args=where),
        "list, by name": reverse("bookings:organise-list", args=where) + "?q=sian+delegate+777",
        "list, last page": reverse("bookings:organise-list", args=where) + "?page=99999",
        "one booking": reverse("bookings:organise-booking", args=[*where, date.bookings.all()[0].pk]),
    }
    return {"session": session(date.seminar.organisation), "pages": pages}


def promote(number: int) -> float:
    """Seconds to offer so many places to a queue of as many people, letters written."""
    date = date_of("A date with a queue", 0)
    bookings(date, number, Booking.State.WAITING)
    began = time.perf_counter()
    capacity.change(date.pools.get(), number, by=None)
    took = time.perf_counter() - began
    offered = date.bookings.filter(state=Booking.State.OFFERED).count()
    if offered != number:
        raise RuntimeError(f"{offered} of {number} were offered a place")
    return took
