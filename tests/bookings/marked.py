"""Bookings of which every private part carries a word that stands nowhere else, and where that word can be found."""

import binascii
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

from django.db import connection

from bookings import arriving, bounces, changing, following_up, moving, waiting
from bookings.letters.unsubscribing import Subscriber
from bookings.models import Booking, BookingRules, Commitment, Delivery, OwnQuestion, Question
from people.models import Member
from seminars.models import SeminarDate
from tests.bookings.ground import book, book_one, bookable, person

MARK = "zorblax"
LINK = "https://meet.example/xyzzy"


def marked(part: str, **more: Any) -> Any:
    """Somebody all of whose words carry the mark."""
    return person(
        f"Zorblax {part}",
        email=f"zorblax.{part}@body.example",
        organisation_name=f"Zorblax council of {part}",
        access=f"zorblax access of {part}",
        dietary=f"zorblax diet of {part}",
        **more,
    )


def a_marked_date(organiser: Member, **rules: Any) -> SeminarDate:
    """A date on which everything has happened that leaves private words behind."""
    date = bookable(2, online=2, date={"joining_link": LINK}, **rules)
    question = OwnQuestion.objects.create(seminar_date=date, text_en="What do you bring?")
    answers = {question.pk: "a zorblax answer"}
    sure, other = (book_one(date, marked(part, answers=answers, is_on_list=True)) for part in ("mair", "cai"))
    waits = book_one(
        date, marked("waits"), booked_by_name="Zorblax by", booked_by_email="zorblax.by@body.example"
    )
    group = book(date, marked("anna"), marked("beth"), is_whole=True)
    waiting.prefer(waits, 2, "zorblax reason", by=organiser)
    changing.cancel(other, by=organiser, reason="a zorblax reason")
    changing.accept(waits)
    moving.hand_over(waits, marked("colleague"))
    elsewhere = bookable(1, seminar=date.seminar, **rules)
    moving.move(group[1], elsewhere, "in person")
    leave_traces(sure)
    return date


def leave_traces(booking: Booking) -> None:
    """What comes after a booking: a question, commitments, letters that came back."""
    Question.objects.create(
        booking=booking, seminar_date=booking.seminar_date, author_name=booking.name, text="How long?"
    )
    for visibility, words in (("private", MARK), ("organisation", MARK), ("public", "We will talk.")):
        commitment = following_up.commit(
            Commitment(booking=booking, text=words, with_whom="Zorblax friend", visibility=visibility)
        )
        if words == MARK:
            following_up.answer(commitment.reviews.earliest("months"), "done", "zorblax outcome")
    letters = Delivery.objects.filter(booking=booking)
    letters.update(state="failed", error=f"<{booking.email}> is unknown")
    bounces.note([bounces.Bounce(booking.email, "5.1.1")], trusted=True)
    Subscriber(booking.email_folded, booking.seminar_date.seminar.organisation).unsubscribe()


def tables_with(word: str = MARK) -> dict[str, int]:
    """By table, in how many rows the word stands in any column, also where sessions and the cache write it their own way."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sum(any(word in said.casefold() for said in _readings(row)) for row in cursor.fetchall())
            if rows:
                found[table] = rows
    return found


def _readings(row: tuple[Any, ...]) -> Iterator[str]:
    """The row as it stands, and what its cells say if they are base64, packed or not, with or without a signature."""
    yield str(row)
    for cell in row:
        for part in str(cell).split(":") if isinstance(cell, str) and len(cell) > 20 else ():
            part = part.lstrip(".").replace("+", "-").replace("/", "_")
            try:
                raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
            except (binascii.Error, ValueError):
                continue
            yield raw.decode(errors="replace")
            try:
                yield zlib.decompress(raw).decode(errors="replace")
            except zlib.error:
                continue


def secret_tokens() -> set[str]:
    """What opens bookings, and the door."""
    found = {token for booking in Booking.objects.all() for token in (booking.token, booking.later_token)}
    found |= {arriving.steward_token(rules) for rules in BookingRules.objects.select_related("seminar_date")}
    return found
