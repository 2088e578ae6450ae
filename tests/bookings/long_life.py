"""What else happens to bookings: draws, letters that go in between, programmes that are rearranged, details put right.

Beside what must always be true, it is looked at after the post what everybody's calendar shows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone, translation
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from icalendar import Calendar

from bookings import (
    arranging,
    arriving,
    calendar_entries,
    capacity,
    changing,
    correcting,
    details,
    drawing,
    places,
)
from bookings.chores import afterwards, letters, lots, offers
from bookings.models import Booking, BookingRules, CheckIn, Delivery, Place, Pool
from seminars import programme
from seminars.models import Run, Session, Slot
from tests.bookings.calendar_program import Post
from tests.bookings.ground import person
from tests.bookings.life import ANY, WHO, WISHES, Life

CHORES = (
    offers.end_offers,
    letters.warn_of_ending_offers,
    letters.remind,
    lots.draw_lots,
    letters.thank,
    afterwards.settle_days,
)


class LongLife(Life):
    def __init__(self) -> None:
        super().__init__()
        self.post = Post()
        # Calendar entries that lie at an address which an organiser has put right since.
        self.put_right: set[str] = set()

    def one_of(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    # -- delegates ---------------------------------------------------------------------------------------------------

    @rule(
        number=ANY,
        name=st.sampled_from(["Mair", "Cai"]),
        is_on_list=st.booleans(),
        dietary=st.sampled_from(["", "Vegan"]),
    )
    def changes_details(self, number: int, name: str, is_on_list: bool, dietary: str) -> None:
        booking = self.booking(number, *Booking.LIVE)
        who = person(name, is_on_list=is_on_list, dietary=dietary)
        self.attempt(details.change, booking, who)

    # -- organisers --------------------------------------------------------------------------------------------------

    @rule(number=ANY, who=WHO, again=st.booleans())
    def puts_right(self, number: int, who: str, again: bool) -> None:
        booking = self.booking(number, *Booking.LIVE)
        self.watcher.may_repeat = True
        if again:
            self.attempt(correcting.write_again, booking, by=self.organiser)
        else:
            now = Booking.objects.get(pk=booking.pk)
            self.attempt(correcting.correct, booking, person("Mair", email=who), by=self.organiser)
            if now.address != Booking.objects.get(pk=booking.pk).address:
                self.put_right.add(str(now.calendar_uid))

    @rule(
        date=st.integers(0, 2), drawn=st.booleans(), hours=st.sampled_from([1, 100]), approval=st.booleans()
    )
    def changes_the_rules(self, date: int, drawn: bool, hours: int, approval: bool) -> None:
        rules = BookingRules.objects.get(seminar_date=self.dates[date])
        rules.workshops = "drawn" if drawn else "first come"
        rules.draws_at = timezone.now() + timedelta(hours=hours) if drawn else None
        rules.needs_approval = approval and date != 0
        self.attempt(arranging.save_rules, rules, by=self.organiser)

    @rule(publishes=st.booleans())
    def draws(self, publishes: bool) -> None:
        draw = self.attempt(drawing.preview, self.dates[0], by=self.organiser)
        if draw and publishes:
            self.attempt(drawing.publish, draw, by=self.organiser)

    @rule(number=ANY, shift=st.sampled_from([0, 5, 10]), what=st.integers(0, 5))
    def changes_slots(self, number: int, shift: int, what: int) -> None:
        date = self.date(0)
        date.refresh_from_db()
        slot = self.one_of(Slot.objects.filter(seminar_date=date), number)
        if slot is None or what == 0:
            starts = date.starts_at + timedelta(hours=2, minutes=shift)
            self.attempt(programme.add_slot, date, starts, starts + timedelta(minutes=30))
        elif what == 1 and date.slots.count() > 2:
            self.attempt(programme.remove_slot, slot)
        else:
            starts = slot.starts_at + timedelta(minutes=shift)
            self.attempt(programme.change_slot, slot, starts, slot.ends_at)

    @rule(number=ANY, what=st.sampled_from(["talk", "workshop", "workshop", "gone", "no places"]))
    def changes_sessions(self, number: int, what: str) -> None:
        session = self.one_of(Session.objects.filter(seminar=self.seminar), number)
        run = self.one_of(Run.objects.filter(slot__seminar_date=self.dates[0]), number)
        if what == "no places" and run:
            self.attempt(programme.change_run, run, self.one_of(self.dates[0].slots, number // 2), None, 0)
        elif what == "gone" and session and Session.objects.count() > 4:
            self.attempt(programme.remove_session, session)
        elif what in Session.Kind.values and session:
            session.kind = what
            self.attempt(programme.keep_session, session)

    @rule(date=st.integers(0, 2), opens=st.booleans())
    def opens_and_closes_ways(self, date: int, opens: bool) -> None:
        if opens:
            self.attempt(capacity.open_pool, self.dates[date], "online", 2, by=self.organiser)
        elif pool := Pool.objects.filter(seminar_date=self.dates[date], attendance="online").first():
            self.attempt(capacity.close_pool, pool, by=self.organiser)

    @rule(number=ANY)
    def takes_a_check_in_back(self, number: int) -> None:
        if found := self.one_of(CheckIn.objects.select_related("booking"), number):
            self.attempt(arriving.undo, found, by=self.organiser)

    @rule(number=ANY, wishes=WISHES)
    def organiser_chooses_workshops(self, number: int, wishes: list[int]) -> None:
        booking = self.booking(number, "confirmed", "waiting", "offered", "requested")
        self.attempt(
            changing.choose_workshops, booking, self.wishes(booking.seminar_date, wishes), by=self.organiser
        )

    # -- what happens by itself --------------------------------------------------------------------------------------

    @rule(chore=st.sampled_from(CHORES))
    def ticks(self, chore: Callable[[], int]) -> None:
        chore()

    @rule()
    def post_goes(self) -> None:
        self.post.deliver()
        self.watcher.last_letter = max(
            [self.watcher.last_letter, *Delivery.objects.values_list("pk", flat=True)]
        )
        self.check_calendars()

    def check_calendars(self) -> None:
        """Everybody who comes to a date to come sees it as it now is; nobody sees one that they do not come to."""
        comes: dict[str, set[str]] = {}
        for booking in Booking.objects.filter(state__in=["confirmed", "attended", "no show"]).select_related(
            "seminar_date", "pool"
        ):
            date, uid = booking.seminar_date, str(booking.calendar_uid)
            if date.is_cancelled:
                continue
            comes.setdefault(uid, set()).add(booking.address.lower())
            if booking.is_confirmed and date.ends_at > timezone.now() and not booking.came_without_booking:
                self.check_entry(booking, self.entries_of(booking.address).get(uid))
        for address in {address.lower() for address in self.post.programs}:
            for uid, entry in self.entries_of(address).items():
                if not entry.is_cancelled and entry.end > timezone.now() and uid not in self.put_right:
                    assert address in comes.get(uid, set()), f"{address} sees {entry.summary}, {entry.start}"

    def entries_of(self, address: str) -> dict[str, Any]:
        """By UID, what the calendar of a mailbox holds, however its address was written."""
        found: dict[str, Any] = {}
        for to, program in self.post.programs.items():
            if to.lower() == address.lower():
                for uid, entry in program.entries.items():
                    if uid not in found or (found[uid].sequence, found[uid].stamp) <= (
                        entry.sequence,
                        entry.stamp,
                    ):
                        found[uid] = entry
        return found

    def check_entry(self, booking: Booking, entry: Any) -> None:
        assert entry, f"{booking.pk} is in nobody's calendar"
        assert not entry.is_cancelled, f"{booking.pk} is cancelled in a calendar"
        with translation.override("en"):
            now = Calendar.from_ical(calendar_entries.entry(booking, "REQUEST")).walk("VEVENT")[0]
        assert (entry.start, entry.end) == (now.decoded("DTSTART"), now.decoded("DTEND"))
        assert entry.where == str(now["LOCATION"])
        told, true = entry.description.splitlines(), str(now["DESCRIPTION"]).splitlines()
        assert told == true, f"{told} is told, and {true} is so"

    # -- what must be true besides ---------------------------------------------------------------------------------

    @invariant()
    def nobody_waits_for_a_draw_that_does_not_come(self) -> None:
        for rules in BookingRules.objects.all():
            if not places.is_to_be_drawn(rules):
                wanted = Place.objects.filter(booking__seminar_date=rules.seminar_date_id, state="wanted")
                assert not wanted.filter(booking__state__in=["confirmed"]).exists()

    @invariant()
    def places_are_in_workshops(self) -> None:
        assert not Place.objects.exclude(session__kind="workshop").exists()
