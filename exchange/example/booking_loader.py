"""The bookings of the example, written as rows, so that nobody is written to; `bookings.toml` says how many of what."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from bookings.following_up import plan_reviews
from bookings.models import (
    Booking,
    BookingRules,
    CheckIn,
    Commitment,
    Feedback,
    FeedbackTheme,
    Need,
    OwnAnswer,
    OwnQuestion,
    Place,
    Pool,
    Question,
)
from bookings.taking import needs_deleted_on
from exchange.example.loader import Row, both, read
from people.models import Member, Organisation
from seminars.models import Run, SeminarDate, Session

State = Booking.State
# Who play a part of their own (exchange/example/signins.py): e-mail address, the state of their booking.
PLAYED = (("officer@example.wales", State.CONFIRMED), ("councillor@example.wales", State.OFFERED))
ASKED = (
    "Who rings when the tenant speaks Welsh and the officer does not?",
    "What did the first call cost, compared with the court?",
    "Faint o denantiaid sy’n gofyn inni beidio â ffonio?",
)


class BookingLoader:
    def __init__(self) -> None:
        self.given = read("bookings.toml")
        self.organisations = {body.slug: body for body in Organisation.objects.all()}
        self.now = timezone.now()

    def load(self) -> int:
        """How many bookings were made: none where there are some."""
        if Booking.objects.exists():
            return 0
        for row in self.given["date"]:
            self.date(row)
        for position, row in enumerate(self.given["question"]):
            question = OwnQuestion.objects.create(
                seminar_date=self.found(row),
                purpose=row["purpose"],
                kind=row["kind"],
                position=position,
                **both(row, "text", "options"),
            )
            given = zip(question.seminar_date.feedback.order_by("pk"), row.get("answers", []), strict=False)
            OwnAnswer.objects.bulk_create(
                OwnAnswer(question=question, feedback=feedback, value=value) for feedback, value in given
            )
        return Booking.objects.count()

    @staticmethod
    def found(row: Row) -> SeminarDate:
        return SeminarDate.objects.select_related("seminar").get(
            seminar__slug=row["seminar"], slug__startswith=f"{row['key']}-"
        )

    def date(self, row: Row) -> None:
        date = self.found(row)
        drawn = row.get("drawn", False)
        date.booking_rules = BookingRules.objects.create(
            seminar_date=date,
            needs_approval=row.get("approval", False),
            workshops="drawn" if drawn else "first come",
            draws_at=date.starts_at - timedelta(days=10) if drawn else None,
        )
        pools = [
            Pool.objects.create(seminar_date=date, attendance=attendance, capacity=row[name])
            for name, attendance in (("capacity", "in person"), ("online", "online"))
            if name in row
        ]
        waiting = row.get("waiting", 0)
        people = row.get("people", row.get("capacity", 0) + waiting)
        bookings = [self.booking(date, pools[number % len(pools)], number, row) for number in range(people)]
        if waiting:
            self.queue(date, pools[0], bookings, waiting)
        if came := row.get("came"):
            self.afterwards(date, bookings, came)
        self.workshops(date, [one for one in bookings if one.holds_seat and one.state != State.OFFERED], row)
        for pool in pools:
            pool.taken = pool.bookings.holding().count()
            pool.save(update_fields=["taken"])

    def booking(
        self, date: SeminarDate, pool: Pool, number: int, row: Row, member: Member | None = None
    ) -> Booking:
        persons = self.given["person"]
        # Another stretch of the list for each date, so that the same people do not come to all of them.
        given = persons[(number + 3 * date.starts_at.month) % len(persons)]
        at = min(self.now, date.starts_at - timedelta(days=2)) - timedelta(days=9, hours=3 * (40 - number))
        state = State.REQUESTED if row.get("approval") else State.CONFIRMED
        booking = Booking.objects.create(
            uuid=uuid5(NAMESPACE_URL, f"{date.uuid}/{number}"),
            seminar_date=date,
            pool=pool,
            state=state,
            name=member.name if member else given["name"],
            email=member.email if member else f"person{number}.{date.slug}@body.example",
            kind=member.kind if member else given["kind"],
            language=member.language if member else given.get("language", "en"),
            organisation=self.organisations.get(given.get("organisation", "")),
            organisation_name=given.get("organisation_name", ""),
            member=member,
            is_on_list=number % 3 != 1,
            created_at=at,
            confirmed_at=at if state == State.CONFIRMED else None,
        )
        if number == 2:
            self.need(booking, Need.Kind.ACCESS, "A place near the front: I lip-read.")
        if number in {4, 7}:
            self.need(booking, Need.Kind.DIETARY, "Vegan" if number == 4 else "Dim cnau, os gwelwch yn dda")
        return booking

    def need(self, booking: Booking, kind: str, text: str) -> None:
        delete_after = needs_deleted_on(booking.seminar_date)
        if delete_after > self.now.date():
            Need.objects.create(booking=booking, kind=kind, text=text, delete_after=delete_after)

    def queue(self, date: SeminarDate, pool: Pool, bookings: list[Booking], waiting: int) -> None:
        """The last of them wait; one of the sign-ins has a place, and another is offered the last one."""
        for booking in bookings[-waiting:]:
            booking.state, booking.confirmed_at, booking.queued_at = State.WAITING, None, booking.created_at
            booking.save()
        for (email, state), booking in zip(PLAYED, (bookings[0], bookings[-waiting - 1]), strict=True):
            member = Member.objects.filter(email=email).first()
            if member is None:
                continue
            booking.name, booking.email, booking.member = member.name, member.email, member
            booking.kind, booking.language, booking.state = member.kind, member.language, state
            membership = member.memberships.select_related("organisation").first()
            booking.organisation = membership.organisation if membership else None
            booking.organisation_name = ""
            if state == State.OFFERED:
                booking.confirmed_at, booking.queued_at = None, booking.created_at
                booking.offer_expires_at = self.now + timedelta(days=2)
            booking.save()
        for text, booking in zip(ASKED, bookings, strict=False):
            Question.objects.create(
                seminar_date=date,
                booking=booking,
                text=text,
                state=Question.State.SHOWN,
                language="cy" if "Faint" in text else "en",
            )

    def workshops(self, date: SeminarDate, bookings: list[Booking], row: Row) -> None:
        """Everybody has a workshop in each slot; the one that is to be full is, with two people in its queue."""
        runs = Run.objects.filter(slot__seminar_date=date, session__kind=Session.Kind.WORKSHOP)
        slots: dict[int, list[Run]] = {}
        for run in runs.select_related("session").order_by("slot__starts_at", "pk"):
            slots.setdefault(run.slot_id, []).append(run)
        drawn = row.get("drawn", False)
        for turn, held in enumerate(slots.values()):
            for number, booking in enumerate(bookings):
                if drawn:
                    for rank in range(min(3, len(held))):
                        self.place(
                            booking, held[(number * number + turn + rank) % len(held)], "wanted", rank + 1
                        )
                else:
                    self.place(booking, held[(number + turn) % len(held)], "confirmed", 1)
            for run in held:
                run.taken = run.places.filter(state=Place.State.CONFIRMED).count()
                if turn == 0 and run.session.title_en == row.get("workshop_full"):
                    run.capacity = run.taken
                    for booking in bookings[1:3]:
                        if not booking.places.filter(session=run.session_id).exists():
                            # They want this one more than the one that they have.
                            booking.places.filter(slot=run.slot_id).update(rank=2)
                            self.place(booking, run, "waiting", 1)
                run.save(update_fields=["taken", "capacity"])

    @staticmethod
    def place(booking: Booking, run: Run, state: str, rank: int) -> None:
        Place.objects.create(
            booking=booking, run=run, slot_id=run.slot_id, session_id=run.session_id, state=state, rank=rank
        )

    def afterwards(self, date: SeminarDate, bookings: list[Booking], came: int) -> None:
        answers = self.given["feedback"] if date.slug.startswith("cardiff") else self.given["feedback"][3:8]
        for number, booking in enumerate(bookings):
            booking.state = State.ATTENDED if number < came else State.NO_SHOW
            booking.ended_at = date.ends_at
            booking.feedback_at = date.ends_at if number < len(answers) else None
            booking.save()
            if number < came:
                at = date.starts_at - timedelta(minutes=20 - number)
                CheckIn.objects.create(booking=booking, way=CheckIn.Way.CODE, at=at, received_at=at)
        for row in answers:
            feedback = Feedback.objects.create(
                seminar_date=date,
                usefulness=row["usefulness"],
                recommend=row["recommend"],
                take_away=row.get("take_away", ""),
                comment=row.get("comment", ""),
                language=row.get("language", "en"),
                given_on=date.local_end.date(),
            )
            if row.get("theme"):
                theme, _new = FeedbackTheme.objects.get_or_create(seminar=date.seminar, name=row["theme"])
                feedback.themes.add(theme)
        if date.slug.startswith("cardiff"):
            self.commitments(date, bookings)

    def commitments(self, date: SeminarDate, bookings: list[Booking]) -> None:
        for row, booking in zip(self.given["commitment"], bookings, strict=False):
            commitment = Commitment.objects.create(
                booking=booking,
                text=row["text"],
                with_whom=row.get("with_whom", ""),
                visibility=row["visibility"],
                language=row.get("language", "en"),
                by_when=date.local_end.date() + timedelta(weeks=row["weeks"]),
                made_at=date.ends_at,
            )
            first = plan_reviews(commitment)[0]
            if outcome := row.get("outcome"):
                first.outcome, first.note, first.answered_at = outcome, row.get("note", ""), self.now
                first.asked_at = self.now
                first.save()
