"""Whatever becomes of a booking, calendars show what is booked at the end."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings import changing, moving, taking
from bookings.models import Booking
from bookings.places import Wish
from tests.bookings import ground
from tests.bookings.calendar_program import Post, assert_only_rises, fresh, move_by_organiser

STEPS = st.lists(
    st.sampled_from(
        ["workshop", "shift", "there", "back", "cancel date", "reinstate", "hand over", "cancel"]
    ),
    min_size=1,
    max_size=8,
)


class AnyLife(TestCase):
    @given(steps=STEPS, often=st.booleans())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_calendars_show_what_is_booked_at_the_end_of_any_life(
        self, steps: list[str], often: bool
    ) -> None:
        """Whatever is done, and whether letters leave at once or all at the end."""
        life = Life()
        for step in steps:
            life.take(step)
            if often:
                life.post.deliver()
        life.post.deliver()
        life.check()


class Life:
    def __init__(self) -> None:
        self.here = ground.bookable(9)
        self.there = ground.bookable(9, seminar=self.here.seminar)
        self.runs = [*ground.workshops(self.here, 9, 9), *ground.workshops(self.there, 9, 9)]
        self.post = Post()
        self.booking = ground.book_one(self.here, runs=self.runs[:1])
        self.post.deliver()

    def take(self, step: str) -> None:
        booking = self.booking = fresh(self.booking)
        date = booking.seminar_date
        try:
            if step == "workshop":
                mine = set(booking.places.values_list("run", flat=True))
                others = [
                    run for run in self.runs if run.slot.seminar_date_id == date.pk and run.pk not in mine
                ]
                changing.choose_workshops(booking, [Wish(others[0])])
            elif step == "shift":
                move_by_organiser(date)
            elif step in {"there", "back"}:
                to = self.there if step == "there" else self.here
                self.booking = moving.move(booking, to, "in person")
            elif step == "cancel date":
                date.cancel("Snow.", by=None)
            elif step == "reinstate":
                date.reinstate(by=None)
            elif step == "hand over":
                moving.hand_over(booking, ground.person())
            else:
                changing.cancel(booking)
        except taking.Refused:
            pass

    def check(self) -> None:
        confirmed = {
            booking.email: booking
            for booking in Booking.objects.confirmed().select_related("seminar_date")
            if not booking.seminar_date.is_cancelled
        }
        for address, program in self.post.programs.items():
            assert_only_rises(program)
            wanted = [confirmed[address].seminar_date.starts_at] if address in confirmed else []
            assert [entry.start for entry in program.shown] == wanted
        assert set(confirmed) <= set(self.post.programs)
