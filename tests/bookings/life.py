"""The whole life of bookings as hypothesis plays it: every verb in every order, on dates that change under them.

Objects are kept as they were when they were booked, and are old for every verb that follows: verbs must not rely on them.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bookings import arriving, capacity, changing, moving, taking, waiting
from bookings.models import Booking, BookingRules, Pool
from bookings.places import Wish
from people.refusal import Refused
from seminars import news
from seminars.locks import changing as changing_seminar
from seminars.models import Run, SeminarDate
from seminars.programme import add_run, change_run, remove_run
from tests import factories
from tests.bookings.ground import bookable, check_invariants, person, undone, workshops
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
SOME = st.sampled_from([1, 2, 0, 3, 5])


# How many steps each life took, which verbs were not refused, and which ways from state to state bookings went.
STEPS: list[int] = []
DONE: Counter[str] = Counter()
WAYS_TAKEN: Counter[tuple[str, str]] = Counter()


def in_days(days: int) -> dict[str, Any]:
    return {"starts_at": MONDAY + timedelta(days=days)}


class Life(RuleBasedStateMachine):
    """One example is one savepoint, which is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.all_of_it = ExitStack()
        self.all_of_it.enter_context(undone())
        self.clock = time_machine.travel(MONDAY, tick=False)
        self.traveller = self.clock.start()
        self.known: list[Booking] = []
        self.forms: list[taking.Request] = []
        self.steps = 0
        self.watcher = Watcher()

    def teardown(self) -> None:
        self.clock.stop()
        self.all_of_it.close()
        STEPS.append(self.steps)
        WAYS_TAKEN.update(self.watcher.taken)

    @initialize(
        seats=st.tuples(SOME, SOME, SOME),
        places=st.lists(st.sampled_from([1, 1, 2, None]), min_size=6, max_size=6),
    )
    def a_seminar_with_three_dates(self, seats: Any, places: list[int | None]) -> None:
        """The last one with approval; and on each some who have booked, so that there is a bit of everything."""
        self.organiser = factories.MemberFactory()
        first = bookable(seats[0], online=1, hours_to_answer=8)
        self.seminar = first.seminar
        second = bookable(seats[1], seminar=self.seminar, date=in_days(37))
        third = bookable(seats[2], seminar=self.seminar, date=in_days(44), needs_approval=True)
        self.dates = [first, second, third]
        # Two workshops on the first date, each at two times, and one that is held once at each.
        morning = workshops(first, *places[:3])
        sessions = [morning[0].session, morning[1].session, factories.SessionFactory(seminar=self.seminar)]
        workshops(first, *places[3:], sessions=sessions)
        for date in self.dates:
            for address in ADDRESSES[3:7]:
                self.book(date, "in person", [address], False, [0, 1, 4] if date is first else [])
        self.watcher.look()
        for date in (first, second):
            changing.cancel(date.bookings.earliest("pk"))
        self.watcher.overtaken = None

    # -- what they are asked for: rows by number, objects as old as they come ----------------------------------------

    def booking(self, number: int, *states: str) -> Booking:
        """As it was when it was booked; mostly one that is in one of these states now, if there is any."""
        now = Booking.objects.filter(state__in=states).values_list("pk", flat=True) if number % 5 != 4 else ()
        fit = [booking for booking in self.known if booking.pk in set(now)] or self.known
        return fit[number % len(fit)]

    def date(self, number: int) -> SeminarDate:
        """As some page read it long ago, or just now."""
        date = self.dates[number % len(self.dates)]
        return SeminarDate.objects.get(pk=date.pk) if number % 2 else date

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
            return None
        DONE[verb.__name__] += 1
        return answer

    def came(self, bookings: list[Booking] | None) -> None:
        known = {booking.pk for booking in self.known}
        self.known += [booking for booking in bookings or () if booking.pk not in known]

    # -- delegates ---------------------------------------------------------------------------------------------------

    @rule(date=ANY, way=WAYS, who=WHO, wishes=WISHES)
    def books(self, date: int, way: str, who: str, wishes: list[int]) -> None:
        self.book(self.date(date), way, [who], False, wishes)

    @rule(date=ANY, way=WAYS, who=st.lists(WHO, min_size=2, max_size=4), whole=st.booleans(), wishes=WISHES)
    def books_for_a_group(self, date: int, way: str, who: list[str], whole: bool, wishes: list[int]) -> None:
        self.book(self.date(date), way, who, whole, wishes)

    def book(self, there: SeminarDate, way: str, who: list[str], whole: bool, wishes: list[int]) -> None:
        request = taking.Request(
            there,
            way,
            [person(email=address, access="A ramp") for address in who],
            whole,
            self.wishes(there, wishes),
            key=self.watcher.a_key(),
            booked_by_name="Cai",
            booked_by_email="cai@body.example",
        )
        self.forms.append(request)
        self.watcher.expect_no_overtaking(there, way)
        self.came(self.attempt(taking.book, request))

    @rule(number=ANY)
    def sends_the_same_form_again(self, number: int) -> None:
        before = Booking.objects.count()
        if made := self.attempt(taking.book, self.forms[number % len(self.forms)]):
            self.came(made)
            assert Booking.objects.count() in {before, before + len(made)}

    @rule(number=ANY, again=st.booleans())
    def accepts(self, number: int, again: bool) -> None:
        booking = self.booking(number, "offered")
        for _click in range(1 + again):
            self.attempt(changing.accept, booking)

    @rule(
        verb=st.sampled_from(["cancel", "decline_offer", "leave_queue", "cancel", "split_group"]),
        number=ANY,
        again=st.booleans(),
    )
    def answers(self, verb: str, number: int, again: bool) -> None:
        fit = {"decline_offer": "offered", "cancel": "confirmed"}
        booking = self.booking(number, fit.get(verb, "waiting"))
        for _click in range(1 + again):
            self.attempt(getattr(changing, verb), booking)

    @rule(number=ANY, to=ANY, way=WAYS, wishes=WISHES)
    def moves(self, number: int, to: int, way: str, wishes: list[int]) -> None:
        there = self.date(to)
        new = self.attempt(
            moving.move, self.booking(number, "confirmed", "waiting"), there, way, self.wishes(there, wishes)
        )
        self.came([new] if new else None)

    @rule(number=ANY, who=WHO)
    def hands_over(self, number: int, who: str) -> None:
        self.attempt(moving.hand_over, self.booking(number, *Booking.LIVE), person(email=who))

    @rule(number=ANY, wishes=WISHES)
    def chooses_workshops(self, number: int, wishes: list[int]) -> None:
        booking = self.booking(number, "confirmed")
        self.attempt(changing.choose_workshops, booking, self.wishes(booking.seminar_date, wishes))

    # -- organisers --------------------------------------------------------------------------------------------------

    @rule(number=ANY, priority=st.integers(0, 2), answer=st.sampled_from(["yes", "no", "first"]))
    def decides(self, number: int, priority: int, answer: str) -> None:
        booking, by = self.booking(number, "waiting" if answer == "first" else "requested"), self.organiser
        if answer == "yes":
            self.attempt(changing.approve, booking, by=by)
        elif answer == "no":
            self.attempt(changing.decline_request, booking, "It is full.", by=by)
        else:
            self.attempt(waiting.prefer, booking, priority, "They speak.", by=by)

    @rule(number=ANY, seats=SOME, then=st.sampled_from(["", "keep", "cancel", "extra"]))
    def changes_a_capacity(self, number: int, seats: int, then: str) -> None:
        pools = list(Pool.objects.order_by("pk"))
        pool = pools[number % len(pools)]
        if then == "extra":
            self.attempt(capacity.give_extra, pool, seats, "A speaker more", by=self.organiser)
        else:
            self.attempt(capacity.change, pool, seats, by=self.organiser, then=then)

    @rule(number=ANY, what=st.integers(0, 9), days=st.sampled_from([-3, 1, 14]))
    def changes_a_date(self, number: int, what: int, days: int) -> None:
        """Mostly, it is held."""
        date, by, shift = self.date(number), self.organiser, timedelta(days=days)
        if what == 0:
            self.attempt(date.cancel, "Snow", by=by)
        elif what == 1:
            now = SeminarDate.objects.get(pk=date.pk)
            self.attempt(date.move, now.starts_at + shift, now.ends_at + shift, by=by)
        elif what == 2:
            self.close_booking(SeminarDate.objects.get(pk=date.pk), timezone.now() + shift)
        elif what == 3:
            ways = {-3: "in person", 1: "online", 14: "both"}
            self.attempt(date.relocate, factories.VenueFactory(), ways[days], by=by)
        elif what == 4:
            BookingRules.objects.filter(seminar_date=date).update(needs_approval=days == 1)
        else:
            self.attempt(date.reinstate, by=by)
            self.close_booking(SeminarDate.objects.get(pk=date.pk), None)

    def close_booking(self, date: SeminarDate, closes_at: datetime | None) -> None:
        """As the form of the date does it."""
        with changing_seminar(date.seminar):
            date.booking_closes_at = closes_at
            date.save()
            news.tell(date, "booking times", self.organiser)

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

    @rule(number=ANY, way=WAYS, who=WHO, closes=st.booleans())
    def the_day_comes(self, number: int, way: str, who: str, closes: bool) -> None:
        date = SeminarDate.objects.get(pk=self.date(number).pk)
        if date.starts_at - timedelta(days=12) < timezone.now() < date.starts_at:
            self.traveller.move_to(date.starts_at)
        if not arriving.is_open(date):
            return
        for booking in date.bookings.confirmed()[: number % 4]:
            self.attempt(arriving.check_in, booking, "code", by=self.organiser)
        there = self.attempt(arriving.walk_in, date, person(email=who), way, by=self.organiser)
        self.came([there] if there else None)
        if closes:
            self.traveller.move_to(date.ends_at + timedelta(minutes=1))
            self.attempt(arriving.settle, date, by=self.organiser)

    # -- time --------------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 24, 240]), ticks=st.sampled_from([True, True, False]))
    def time_passes(self, hours: int, ticks: bool) -> None:
        self.traveller.shift(timedelta(hours=hours))
        if ticks:
            waiting.expire_all()

    @invariant()
    def everything_is_right(self) -> None:
        self.steps += 1
        check_invariants()
        self.watcher.look()
