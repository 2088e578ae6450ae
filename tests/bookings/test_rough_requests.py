"""What no page of ours sends: signs that no database takes, numbers that are too large, nonsense. Nothing breaks."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import arriving
from bookings.models import Booking
from people.models import Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.form import ME
from tests.bookings.ground import book_one, bookable, workshops

pytestmark = pytest.mark.django_db

HUGE = 10**30
# A sign that PostgreSQL takes in no text, a number that fits into no column, and words that go on.
ROUGH = ["a\x00b", str(HUGE), "９９ '\"<>&%_\U0010ffff" + "x" * 5_000]


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    """It has begun to be open at the door."""
    found = bookable(5, online=3, seminar=factories.SeminarFactory(organisation=organisation))
    workshops(found, 1, 2)
    book_one(found)
    now = timezone.now()
    SeminarDate.objects.filter(pk=found.pk).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=4)
    )
    return SeminarDate.objects.select_related("seminar", "booking_rules").get(pk=found.pk)


def fine(answer: Any) -> bool:
    return 200 <= answer.status_code < 500


@pytest.mark.parametrize("rough", ROUGH)
def test_rough_words_in_addresses_of_delegates(date: SeminarDate, rough: str) -> None:
    client, booking = Client(), Booking.objects.get()
    for name in ("delegates", "manage", "moves", "questions", "commitments"):
        token = booking.later_token if name == "commitments" else booking.token
        given = {"q": rough, "page": rough, "said": rough}
        assert fine(client.get(reverse(f"bookings:{name}", args=[token]), given))


@pytest.mark.parametrize("rough", ROUGH)
def test_rough_words_in_forms_of_delegates(date: SeminarDate, rough: str) -> None:
    client, booking = Client(), Booking.objects.get()
    names = ("workshops", "hand-over", "details", "questions", "acceptance", "split", "join", "lost-link")
    fields = ("name", "email", "body", "kind", "language", "access", "text", "session", "attendance")
    slots = {f"slot_{slot.pk}": rough for slot in date.slots.all()}
    for name in names:
        args = [] if name == "lost-link" else [booking.token]
        given = {**dict.fromkeys(fields, rough), **slots}
        assert fine(client.post(reverse(f"bookings:{name}", args=args), given))
    booking.refresh_from_db()
    assert booking.state == "confirmed"


@pytest.mark.parametrize("rough", ROUGH)
@pytest.mark.parametrize("step", ["book", "book-needs", "book-check"])
def test_rough_words_in_the_form(organisation: Organisation, rough: str, step: str) -> None:
    date = bookable(5, seminar=factories.SeminarFactory(organisation=organisation))
    workshops(date, 1, 2)
    good = {"attendance": "in person", "whom": "me", **ME}
    address = reverse(f"bookings:{step}", args=[date.seminar.slug, date.slug])
    for names in (
        ["name_0", "email_0", "body_0"],
        ["key", "people", "whom"],
        ["access_0", "question_7_0", "together"],
    ):
        assert fine(Client().post(address, {**good, **dict.fromkeys(names, rough)}))


@pytest.mark.parametrize("rough", ROUGH)
def test_rough_words_at_the_door(date: SeminarDate, rough: str) -> None:
    client = Client()
    client.get(reverse("bookings:steward", args=[arriving.steward_token(date.booking_rules)]))
    at = [date.uuid]

    assert fine(client.get(reverse("bookings:check-in-desk", args=at), {"q": rough}))
    for name in ("arrival", "walk-in"):
        given = dict.fromkeys(
            ("code", "name", "email", "body", "kind", "language", "attendance", "way"), rough
        )
        assert fine(client.post(reverse(f"bookings:{name}", args=at), given))
    if "/" not in rough and len(rough) < 100:
        assert fine(client.get(reverse("bookings:check-in", args=[date.uuid, rough])))
        assert fine(client.post(reverse("bookings:check-in", args=[date.uuid, rough])))
    note = {"uuid": str(uuid.uuid4()), "code": rough, "at": rough}
    for body in ([note], [note] * 300, [{**note, "uuid": rough}], note, rough, [rough], [[[]]], None):
        address = reverse("bookings:replay", args=at)
        assert fine(client.post(address, json.dumps(body), content_type="application/json"))
    for body in ("[" * 100_000, b"\xff\xfe", "", '[{"uuid": NaN}]'):
        assert fine(client.post(reverse("bookings:replay", args=at), body, content_type="application/json"))


@pytest.mark.parametrize("key", [0, 2**63, HUGE])
def test_keys_that_fit_into_no_column(date: SeminarDate, key: int, client_of: Any, organiser: Member) -> None:
    booking, desk = Booking.objects.get(), client_of(organiser)
    anybody = Client()
    anybody.get(reverse("bookings:steward", args=[arriving.steward_token(date.booking_rules)]))
    for name in ("question-vote", "question-vote-withdrawal"):
        assert fine(anybody.post(reverse(f"bookings:{name}", args=[booking.token, key])))
    for name in ("commitment", "commitment-removal", "follow-up"):
        assert fine(anybody.post(reverse(f"bookings:{name}", args=[booking.later_token, key])))
    assert fine(anybody.post(reverse("bookings:arrival-removal", args=[date.uuid, key])))
    of_date = [date.seminar.slug, date.slug, key]
    for name in (
        "organise-booking", "organise-approval", "pool", "pool-extra", "pool-lowering", "own-question", "draw-publication",
        "message", "message-edit", "organise-letter-repetition", "question-showing", "feedback-heading", "commitment-hiding",
    ):  # fmt: skip
        address = reverse(f"bookings:{name}", args=of_date)
        assert desk.get(address).status_code in {404, 405, 302}
        assert fine(desk.post(address, {"capacity": str(HUGE), "whom": f"{HUGE} 0 x", "then": "cancel"}))


@pytest.mark.parametrize("rough", ROUGH)
def test_rough_words_at_the_organisers_desk(
    date: SeminarDate, rough: str, client_of: Any, organiser: Member
) -> None:
    desk, of_date = client_of(organiser), [date.seminar.slug, date.slug]
    asked = (
        "q",
        "state",
        "attendance",
        "run",
        "organisation",
        "kind",
        "language",
        "group",
        "page",
        "capacity",
        "way",
    )
    for name in (
        "organise-list",
        "organise-letters",
        "feedback-comments",
        "messages",
        "organise-requests",
        "pool-new",
    ):
        assert fine(desk.get(reverse(f"bookings:{name}", args=of_date), dict.fromkeys(asked, rough)))
    typed = (
        "name", "email", "body", "kind", "language", "key", "attendance", "do", "sure", "booking", "reason", "states", "columns",
        "format", "page", "capacity", "subject_en", "body_en", "run", "reply", "about", "order", "move", "workshops", "reminders",
        "draws_day", "draws_time", "seen", "source", "hours_to_answer",
    )  # fmt: skip
    for name in (
        "organise-new", "organise-requests", "organise-export", "organise-needs", "pool-new", "rules", "arrangement-copy",
        "own-question-new", "message-new", "feedback-comments", "feedback-headings", "draw-preview",
    ):  # fmt: skip
        assert fine(desk.post(reverse(f"bookings:{name}", args=of_date), dict.fromkeys(typed, rough)))
    assert fine(
        desk.post(
            reverse("bookings:own-question-order", args=[*of_date, "booking"]), dict.fromkeys(typed, rough)
        )
    )
