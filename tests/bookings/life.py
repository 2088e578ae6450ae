"""The whole life of bookings as hypothesis plays it: every verb in every order, on dates that change under them.

Objects are kept as they were when they were booked, and are old for every verb that follows: verbs must not rely on them.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bookings import arriving, capacity, changing, moving, taking, waiting
from bookings.models import Booking, BookingRules, Pool
from bookings.places import Wish
from people.refusal import Refused
from seminars import news
from seminars.locks import changing as changing_seminar
from seminars.models import Run, SeminarDate
from seminars.programme import add_run, change_run, remove_run
from tests import factories
from tests.bookings.ground import bookable, check_invariants, person, workshops
from tests.bookings.watching import Watcher

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANY = st.integers(0, 10**6)
WAYS = st.sampled_from(["in person", "in person", "online"])
# Few, so that they meet; one is another in other letters.
ADDRESSES = [
    "",
    "mair@body.example",
    "MAIR@body.example",
    *(f"d{number}@body.example" for number in range(8)),
]
WHO = st.sampled_from(ADDRESSES)
# Which runs are wished for, and in which order: by number, as there are.
WISHES = st.lists(st.integers(0, 5), max_size=4, unique=True)
SOME = st.sampled_from([0, 0, 1, 1, 2, 3, 5])


class Life(RuleBasedStateMachine):
    """One example is one savepoint, which is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint: Any = transaction.atomic()
        # As the test case's own does: it is no transaction that a verb would be caught in.
        self.savepoint._from_testcase = True
        self.savepoint.__enter__()
        self.clock = time_machine.travel(MONDAY, tick=False)
        self.traveller = self.clock.start()
        self.known: list[Booking] = []
        self.forms: list[tuple[SeminarDate, taking.Request]] = []
        self.steps = 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        STEPS.append(self.steps)

    @initialize(
        seats=st.tuples(SOME, SOME, SOME),
        needs_approval=st.booleans(),
        places=st.lists(st.sampled_from([1, 1, 2, None]), min_size=6, max_size=6),
    )
    def a_seminar_with_three_dates(self, seats: Any, needs_approval: bool, places: list[int | None]) -> None:
        self.organiser = factories.MemberFactory()
        first = bookable(seats[0], online=1, hours_to_answer=8)
        self.seminar = first.seminar
        second = bookable(seats[1], seminar=self.seminar)
        third = bookable(seats[2], seminar=self.seminar, needs_approval=needs_approval)
        self.dates = [first, second, third]
        # Two workshops on the first date, each at two times, and one that is held once at each.
        morning = workshops(first, *places[:3])
        sessions = [morning[0].session, morning[1].session, factories.SessionFactory(seminar=self.seminar)]
        workshops(first, *places[3:], sessions=sessions)
        self.watcher = Watcher()

    # -- what they are asked for: rows by number, objects as old as they come ----------------------------------------

    def booking(self, number: int) -> Booking:
        return self.known[number % len(self.known)]

    def date(self, number: int) -> SeminarDate:
        """As some page read it long ago, or just now."""
        date = self.dates[number % len(self.dates)]
        return SeminarDate.objects.get(pk=date.pk) if number % 2 else date

    def pool(self, number: int) -> Pool:
        pools = list(Pool.objects.order_by("pk"))
        return pools[number % len(pools)]

    def wishes(self, date: SeminarDate, numbers: list[int]) -> list[Wish]:
        """In the order of the numbers the ranks in each slot."""
        runs = list(
            Run.objects.filter(slot__seminar_date=date).select_related("session", "slot").order_by("pk")
        )
        ranks: dict[int, int] = {}
        found = []
        for run in (runs[number] for number in numbers if number < len(runs)):
            ranks[run.slot_id] = ranks.get(run.slot_id, 0) + 1
            found.append(Wish(run, ranks[run.slot_id]))
        return found

    def attempt(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """A refusal in words is an answer; anything else is a fault."""
        try:
            answer = verb(*args, **kwargs)
        except Refused:
            event(f"{verb.__name__} refused")
            return None
        event(f"{verb.__name__} done")
        return answer

    def came(self, bookings: list[Booking] | None) -> None:
        known = {booking.pk for booking in self.known}
        self.known += [booking for booking in bookings or () if booking.pk not in known]

    # -- delegates ---------------------------------------------------------------------------------------------------

    @rule(date=ANY, way=WAYS, who=st.lists(WHO, min_size=1, max_size=4), whole=st.booleans(), wishes=WISHES)
    def books(self, date: int, way: str, who: list[str], whole: bool, wishes: list[int]) -> None:
        there = self.date(date)
        people = [person(email=address, access="A ramp") for address in who]
        request = taking.Request(
            there, way, people, whole, self.wishes(there, wishes), key=self.watcher.a_key(),
            booked_by_name="Cai", booked_by_email="cai@body.example",
        )  # fmt: skip
        self.forms.append((there, request))
        self.watcher.expect_no_overtaking(there, way)
        self.came(self.attempt(taking.book, request))

    @precondition(lambda self: self.forms)
    @rule(number=ANY)
    def sends_the_same_form_again(self, number: int) -> None:
        before = Booking.objects.count()
        if made := self.attempt(taking.book, self.forms[number % len(self.forms)][1]):
            self.came(made)
            assert Booking.objects.count() in {before, before + len(made)}

    @precondition(lambda self: self.known)
    @rule(
        verb=st.sampled_from(
            ["accept", "accept", "accept", "decline_offer", "leave_queue", "cancel", "cancel", "split_group"]
        ),
        number=ANY,
        again=st.booleans(),
    )
    def answers(self, verb: str, number: int, again: bool) -> None:
        for _click in range(1 + again):
            self.attempt(getattr(changing, verb), self.booking(number))

    @precondition(lambda self: self.known)
    @rule(number=ANY, to=ANY, way=WAYS, wishes=WISHES)
    def moves(self, number: int, to: int, way: str, wishes: list[int]) -> None:
        there = self.date(to)
        new = self.attempt(moving.move, self.booking(number), there, way, self.wishes(there, wishes))
        self.came([new] if new else None)

    @precondition(lambda self: self.known)
    @rule(number=ANY, who=WHO)
    def hands_over(self, number: int, who: str) -> None:
        self.attempt(moving.hand_over, self.booking(number), person(email=who))

    @precondition(lambda self: self.known)
    @rule(number=ANY, wishes=WISHES)
    def chooses_workshops(self, number: int, wishes: list[int]) -> None:
        booking = self.booking(number)
        self.attempt(changing.choose_workshops, booking, self.wishes(booking.seminar_date, wishes))

    # -- organisers --------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.known)
    @rule(number=ANY, yes=st.sampled_from([True, True, False]))
    def decides(self, number: int, yes: bool) -> None:
        booking = self.booking(number)
        if yes:
            self.attempt(changing.approve, booking, by=self.organiser)
        else:
            self.attempt(changing.decline_request, booking, "It is full.", by=self.organiser)

    @precondition(lambda self: self.known)
    @rule(number=ANY, priority=st.integers(0, 2))
    def prefers(self, number: int, priority: int) -> None:
        self.attempt(waiting.prefer, self.booking(number), priority, "They speak.", by=self.organiser)

    @rule(number=ANY, seats=SOME, then=st.sampled_from(["", "keep", "cancel"]))
    def changes_a_capacity(self, number: int, seats: int, then: str) -> None:
        self.attempt(capacity.change, self.pool(number), seats, by=self.organiser, then=then)

    @rule(number=ANY, seats=SOME)
    def gives_extra(self, number: int, seats: int) -> None:
        self.attempt(capacity.give_extra, self.pool(number), seats, "A speaker more", by=self.organiser)

    @rule(number=ANY, held=st.booleans())
    def cancels_or_reinstates_a_date(self, number: int, held: bool) -> None:
        date = self.date(number)
        self.attempt(date.reinstate, by=self.organiser) if held else self.attempt(
            date.cancel, "Snow", by=self.organiser
        )

    @rule(number=ANY, days=st.sampled_from([-20, -3, 1, 14]))
    def moves_a_date(self, number: int, days: int) -> None:
        date = SeminarDate.objects.get(pk=self.date(number).pk)
        shift = timedelta(days=days)
        self.attempt(date.move, date.starts_at + shift, date.ends_at + shift, by=self.organiser)

    @rule(number=ANY, attendance=st.sampled_from(["in person", "online", "both"]))
    def relocates_a_date(self, number: int, attendance: str) -> None:
        self.attempt(self.date(number).relocate, factories.VenueFactory(), attendance, by=self.organiser)

    @rule(number=ANY, days=st.sampled_from([None, -1, 0, 1, 10]))
    def closes_booking(self, number: int, days: int | None) -> None:
        """As the form of the date does it."""
        date = SeminarDate.objects.get(pk=self.date(number).pk)
        with changing_seminar(date.seminar):
            date.booking_closes_at = None if days is None else timezone.now() + timedelta(days=days, hours=1)
            date.save()
            news.tell(date, "booking times", self.organiser)

    @rule(number=ANY, needs_approval=st.booleans())
    def changes_the_rules(self, number: int, needs_approval: bool) -> None:
        BookingRules.objects.filter(seminar_date=self.date(number)).update(needs_approval=needs_approval)

    @rule(number=ANY, seats=st.sampled_from([None, 1, 2, 3]), slot=st.booleans(), what=st.integers(0, 6))
    def changes_the_programme(self, number: int, seats: int | None, slot: bool, what: int) -> None:
        run = Run.objects.order_by("pk")[number % Run.objects.count()] if Run.objects.exists() else None
        slots = list(self.dates[0].slots.order_by("pk"))
        if run is None or what == 0:
            session = self.seminar.sessions.order_by("pk")[number % 4]
            self.attempt(add_run, session, slots[slot], None, seats)
        elif what == 1:
            self.attempt(remove_run, run)
        else:
            self.attempt(change_run, run, slots[slot] if what == 2 else run.slot, None, seats)

    # -- the day -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.known)
    @rule(number=ANY)
    def comes(self, number: int) -> None:
        booking = Booking.objects.select_related("seminar_date").get(pk=self.booking(number).pk)
        if arriving.is_open(booking.seminar_date):
            self.attempt(arriving.check_in, booking, "code", by=self.organiser)

    @rule(number=ANY, way=WAYS, who=WHO)
    def comes_without_a_booking(self, number: int, way: str, who: str) -> None:
        there = self.attempt(arriving.walk_in, self.date(number), person(email=who), way, by=self.organiser)
        self.came([there] if there else None)

    @rule(number=ANY)
    def the_day_is_closed(self, number: int) -> None:
        self.attempt(arriving.settle, SeminarDate.objects.get(pk=self.date(number).pk), by=self.organiser)

    # -- time --------------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 8, 24, 72, 240]))
    def time_passes(self, hours: int) -> None:
        self.traveller.shift(timedelta(hours=hours))
        self.watcher.time_has_passed()

    @rule()
    def the_clock_ticks(self) -> None:
        waiting.expire_all()

    @invariant()
    def everything_is_right(self) -> None:
        self.steps += 1
        check_invariants()
        if hasattr(self, "watcher"):
            self.watcher.look()


# How many steps each example took: for whoever runs many and wants to say how many.
STEPS: list[int] = []
