"""A date on which people do over HTTP all that they can do: what each of them types carries the mark, and nothing else does."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bookings import arriving, bounces
from bookings.models import (
    Booking,
    BookingRules,
    CommitmentReview,
    Delivery,
    MassMessage,
    OwnQuestion,
    Question,
)
from people.models import Member
from seminars.models import Run, SeminarDate
from tests.bookings.form import go_on, up_to_check
from tests.bookings.ground import bookable, workshops
from tests.bookings.marked import MARK

OPEN = "open to everybody"


def typed(who: str, row: str = "") -> dict[str, str]:
    """What is typed of a person; `row` is how the form for booking ends its names."""
    told = {
        "name": f"Zorblax {who}", "email": f"{MARK}.{who}@body.example", "kind": "officer", "language": "cy",
        "body": f"Zorblax board of {who}",
    }  # fmt: skip
    return {f"{name}{row}": value for name, value in told.items()}


def tick() -> None:
    call_command("tick", stdout=StringIO())


class Life:
    """Each step is what one person does in a browser; `play` takes them in their order, and moves the time on."""

    def __init__(self, organiser: Member, desk: Client, signed_in: Client) -> None:
        self.organiser, self.desk, self.signed_in = organiser, desk, signed_in
        self.date = self._date(4, online=5)
        self.elsewhere = self._date(1, seminar=self.date.seminar)
        self.runs = workshops(self.date, 1, 9)
        self.question = OwnQuestion.objects.create(seminar_date=self.date, text_en="Your telephone?")
        OwnQuestion.objects.create(seminar_date=self.date, purpose="feedback", text_en="And lunch?")

    def _date(self, capacity: int, **more: Any) -> SeminarDate:
        found = bookable(capacity, keep_bookings_months=13, **more)
        found.seminar.organisation = self.organiser.memberships.get().organisation
        found.seminar.save()
        SeminarDate.objects.filter(pk=found.pk).update(joining_link="https://meet.example/room")
        return SeminarDate.objects.select_related("seminar", "booking_rules").get(pk=found.pk)

    def play(self) -> None:
        for who in ("mair", "cai", "dai"):
            self.book(who, self.runs[0])
        self.book_with_others()
        self.book("waits", self.runs[1])
        self.book("leaves", self.runs[1])
        self.book("signed", self.runs[1], self.signed_in, attendance="online")
        tick()
        self.change_their_minds()
        self.organise()
        tick()
        with time_machine.travel(self.date.starts_at + timedelta(minutes=5)):
            self.come()
        with time_machine.travel(self.date.ends_at + timedelta(days=2)):
            tick()
            self.say_how_it_was()
        with time_machine.travel(self.date.ends_at + timedelta(days=100)):
            tick()
            self.tell_what_came_of_it()

    # -- steps ----------------------------------------------------------------------------------------------------

    def of(self, who: str) -> Booking:
        found = Booking.objects.select_related("seminar_date__seminar").filter(name=f"Zorblax {who}")
        return found.order_by("-pk")[0]

    def needs(self, row: int) -> dict[str, str]:
        return {
            f"access_{row}": f"{MARK} needs a ramp", f"dietary_{row}": f"{MARK} eats no nuts",
            f"question_{self.question.pk}_{row}": f"07700 900 {MARK}", f"is_on_list_{row}": "on",
        }  # fmt: skip

    def book(
        self, who: str, run: Run, client: Client | None = None, attendance: str = "in person"
    ) -> Booking:
        how = {"attendance": attendance, "whom": "me"}
        chosen = {f"slot_{run.slot_id}": run.pk}
        client = client or Client()
        check = up_to_check(client, self.date, how, typed(who, "_0"), chosen, self.needs(0))
        assert go_on(client, check).status_code == 302
        return self.of(who)

    def book_with_others(self) -> None:
        """Two together, of whom one has no address, by somebody who books for a colleague."""
        client = Client()
        who = {**typed("booker", "_0"), **typed("colleague", "_1"), "email_1": ""}
        check = up_to_check(
            client, self.date, {"attendance": "in person", "whom": "colleague"}, who, {}, self.needs(1)
        )
        assert go_on(client, check).status_code == 302
        group = {**typed("anna", "_0"), **typed("beth", "_1"), "together": "whole", "people": "2"}
        how = {"attendance": "in person", "whom": "group"}
        check = up_to_check(client, self.date, how, group, {}, {**self.needs(0), **self.needs(1)})
        assert go_on(client, check).status_code == 302

    def change_their_minds(self) -> None:
        """Handed over, changed, moved, cancelled, left, the link asked for again."""
        self.at_the_desk("organise-priority", {"reason": f"{MARK} is the only one of them"}, self.of("waits"))
        self.behind(
            "hand-over", "cai", {**typed("heir"), "access": f"{MARK} access", "dietary": f"{MARK} diet"}
        )
        self.behind("details", "mair", {**typed("mair"), "name": "Zorblax mair", "access": f"{MARK} loop"})
        move = [self.elsewhere.slug]
        self.behind("move", "dai", {"attendance": "in person"}, *move)
        self.behind("acceptance", "waits", {})
        self.behind("leaving", "leaves", {})
        Client().post(reverse("bookings:lost-link"), {"email": f"{MARK}.mair@body.example"})
        bounces.note([bounces.Bounce(f"{MARK}.heir@body.example", "5.1.1")], trusted=True)

    def organise(self) -> None:
        """Somebody new by hand, first in the queue, put right, cancelled with a reason, read, exported, written to."""
        date, desk = self.date, self.desk
        self.at_the_desk(
            "organise-new",
            {**typed("byhand"), "attendance": "online", "access": f"{MARK} desk", "key": str(uuid4())},
        )
        self.at_the_desk("organise-details", typed("mair") | {"body": f"{MARK} trust"}, self.of("mair"))
        self.at_the_desk("organise-needs", {})
        for kind in ("csv", "xlsx"):
            answer = desk.post(
                reverse("bookings:organise-export", args=[date.seminar.slug, date.slug]),
                {"columns": ["name", "email"], "needs": ["access"], "states": ["confirmed"], "format": kind},
            )
            assert MARK.encode() in b"".join(answer.streaming_content).lower() or kind == "xlsx"  # type: ignore[attr-defined]
        self.at_the_desk(
            "message-new",
            {
                "states": ["confirmed"],
                "about": "booking",
                "subject_en": OPEN,
                "body_en": "Dear {name}",
                "reply": "",
            },
        )
        message = [date.seminar.slug, date.slug, MassMessage.objects.get().pk]
        desk.post(reverse("bookings:message-sending", args=message))
        self.at_the_desk("organise-booking-cancellation", {"reason": f"{MARK} asked"}, self.of("byhand"))
        Delivery.objects.filter(booking=self.of("mair"), state="sent").update(
            state="failed", error="refused: 550"
        )

    def come(self) -> None:
        """A walk-in, arrivals, a question with a name, a vote."""
        steward, date = Client(), self.date
        rules = BookingRules.objects.select_related("seminar_date").get(seminar_date=date)
        steward.get(reverse("bookings:steward", args=[arriving.steward_token(rules)]))
        door = reverse("bookings:walk-in", args=[date.uuid])
        answer = steward.post(door, {**typed("walkin"), "attendance": "in person"})
        assert answer.status_code == 302
        for who in ("mair", "heir", "signed", "colleague"):
            arrival = reverse("bookings:arrival", args=[date.uuid])
            assert steward.post(arrival, {"code": self.of(who).code}).status_code == 302
        self.behind("questions", "mair", {"text": OPEN, "with_name": "on"})
        asked = Question.objects.get(author_name="Zorblax mair")
        Question.objects.filter(pk=asked.pk).update(state="shown")
        self.behind("question-vote", "heir", {}, asked.pk)

    def say_how_it_was(self) -> None:
        mair = self.of("mair")
        answers = {"usefulness": "4", "recommend": "yes", "take_away": OPEN, "comment": OPEN}
        self.afterwards("feedback", mair, answers)
        for visibility in ("private", "public"):
            words = OPEN if visibility == "public" else f"{MARK} will ring Gwynedd"
            step = {"text": words, "with_whom": f"{MARK} of finance", "visibility": visibility}
            self.afterwards("commitments", mair, step)

    def tell_what_came_of_it(self) -> None:
        mair = self.of("mair")
        for review in CommitmentReview.objects.filter(months=3).select_related("commitment"):
            public = review.commitment.visibility == "public"
            told = {"outcome": "stopped", "note": OPEN if public else f"{MARK} was ill"}
            self.afterwards("follow-up", mair, told, review.pk)

    # -- how ------------------------------------------------------------------------------------------------------

    def behind(self, name: str, who: str, data: dict[str, str], *more: Any) -> None:
        answer = Client().post(reverse(f"bookings:{name}", args=[self.of(who).token, *more]), data)
        assert answer.status_code in {200, 302}, name
        assert "There is a problem" not in answer.content.decode(), name

    def afterwards(self, name: str, booking: Booking, data: dict[str, str], *more: Any) -> None:
        answer = Client().post(reverse(f"bookings:{name}", args=[booking.later_token, *more]), data)
        assert answer.status_code == 302

    def at_the_desk(self, name: str, data: dict[str, Any], booking: Booking | None = None) -> None:
        args = [self.date.seminar.slug, self.date.slug, *([booking.pk] if booking else [])]
        answer = self.desk.post(reverse(f"bookings:{name}", args=args), data)
        assert answer.status_code in {200, 302}, name
        assert "There is a problem" not in answer.content.decode(), name
