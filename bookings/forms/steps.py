"""Booking a place, a question group a page. Nothing is kept between the pages: each carries the answers of the others
along as hidden fields, and all of them are looked at again on every step."""

import re
import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bookings import places, taking
from bookings.availability import Seats
from bookings.forms import booking
from bookings.forms.booking import GROUP, LEAST_IN_GROUP, ME, MOST_IN_GROUP, WHOLE, HowForm, WhoForm
from bookings.forms.needs import NeedsForm
from bookings.forms.organisations import recognise
from bookings.forms.workshops import WorkshopsForm
from bookings.models import BookingRules, OwnQuestion
from bookings.taking import Person, Request
from people.models import Member
from people.refusal import Refused
from seminars.models import Run, SeminarDate
from ui import dates
from ui.statements import Kept, hole

HOW, WHO, WORKSHOPS, NEEDS, CHECK = "how", "who", "workshops", "needs", "check"
TITLES = {
    HOW: _("How you take part"),
    WHO: _("Who is coming"),
    WORKSHOPS: _("Workshops"),
    NEEDS: _("Needs and questions"),
    CHECK: _("Check your answers"),
}
_OURS = re.compile(
    r"attendance|whom|together"
    r"|(name|email|body|kind|language|access|dietary|is_on_list)_\d"
    r"|question_\d{1,18}_\d|slot_\d{1,18}(_second|_rank_\d)?",
    re.ASCII,
)

QUESTIONS = Kept(
    lambda: OwnQuestion.objects.filter(
        seminar_date=hole(OwnQuestion, "seminar_date"), purpose=OwnQuestion.Purpose.BOOKING
    )
)


class Steps:
    def __init__(
        self, date: SeminarDate, ways: Sequence[Seats], member: Member | None, data: QueryDict | None = None
    ) -> None:
        self.date, self.ways, self.member = date, ways, member
        self.rules: BookingRules = date.booking_rules
        self.data = data if data is not None else QueryDict()
        self.key = _key(self.data.get("key", ""))
        self.more_rows = 0
        self._bound: dict[str, Any] = {}

    @cached_property
    def runs(self) -> list[Run]:
        return places.to_choose_from(self.date)

    @cached_property
    def is_drawn(self) -> bool:
        return places.is_to_be_drawn(self.rules)

    @cached_property
    def questions(self) -> list[OwnQuestion]:
        return QUESTIONS.rows(seminar_date=self.date.pk)

    @property
    def names(self) -> list[str]:
        return [HOW, WHO, *([WORKSHOPS] if self.runs else []), NEEDS, CHECK]

    def neighbours(self, name: str) -> tuple[str, str]:
        """The steps before and after; nothing before the first and after the last."""
        around = ["", *self.names, ""]
        at = around.index(name)
        return around[at - 1], around[at + 1]

    # -- what was typed --------------------------------------------------------------------------------------------

    @property
    def whom(self) -> str:
        given = self.data.get("whom", ME)
        known = [value for value, _label in booking.choices_of_whom(self.rules.most_in_group)]
        return given if given in known else ME

    @property
    def rows(self) -> int:
        """How many people the page has room for."""
        return self._asked_rows if self.whom == GROUP else 1

    @property
    def _asked_rows(self) -> int:
        given = self.data.get("people", "")
        number = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else LEAST_IN_GROUP
        # The organisers may have made groups smaller since: who was typed is shown, and said to be too many.
        typed = [row for row in range(MOST_IN_GROUP) if self.data.get(f"name_{row}", "").strip()]
        most = max([self.rules.most_in_group, *(row + 1 for row in typed)])
        return min(max(LEAST_IN_GROUP, number + self.more_rows), most)

    @property
    def may_add(self) -> bool:
        return self.whom == GROUP and self.rows < self.rules.most_in_group

    def form(self, name: str) -> Any:
        """As it was left, or filled in with what is known; nothing is complained of."""
        made = self._make(name, None)
        typed: dict[str, Any] = {field: self.data[field] for field in made.fields if field in self.data}
        made.initial.update(booking.prefilled(self.member) if name == WHO and not typed else typed)
        return made

    def bound(self, name: str) -> Any:
        """With what is wrong with it."""
        if name not in self._bound:
            made = self._make(name, self.data)
            if name == WORKSHOPS and made.is_valid():
                try:
                    places.check(self.date, made.wishes)
                except Refused as refused:
                    made.say(refused)
            if name == WHO and made.is_valid() and self._is_whole(made) and self.way:
                made.refuse_together(taking.too_many_together(made.number, self.way.seats))
            self._bound[name] = made
        return self._bound[name]

    def _make(self, name: str, data: QueryDict | None) -> Any:
        if name == HOW:
            return HowForm(data, ways=self.ways, most=self.rules.most_in_group)
        if name == WHO:
            return WhoForm(data, whom=self.whom, rows=self.rows, most=self.rules.most_in_group)
        if name == WORKSHOPS:
            return WorkshopsForm(data, runs=self.runs, is_drawn=self.is_drawn)
        who = self.bound(WHO)
        return NeedsForm(
            data,
            people={row: who.cleaned_data[f"name_{row}"] for row in who.filled_rows()},
            eats=self.data.get("attendance") != "online",
            has_list=self.rules.has_delegate_list,
            deleted_on=dates.day(taking.needs_deleted_on(self.date)),
            questions=self.questions,
        )

    def first_wrong(self, before: str) -> str:
        """The first step before this one whose answers do not hold, or this one."""
        for name in self.names:
            if name in {before, CHECK}:
                break
            if not self.bound(name).is_valid():
                return name
        return before

    def carried(self, shown: Any) -> list[tuple[str, str]]:
        """The answers of the pages that are not shown."""
        fields = shown.fields if shown is not None else {}
        names = [name for name in self.data if _OURS.fullmatch(name) and name not in fields]
        own = [("key", str(self.key)), ("people", str(self._asked_rows))]
        return own + [(name, str(self.data[name])) for name in names]

    def begin_anew(self) -> None:
        """The same answers, as a form that was not sent before."""
        self.key = uuid.uuid4()

    # -- what it comes to ------------------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Of forms that all hold."""
        who, needs = self.bound(WHO), self.bound(NEEDS)
        told = {row: who.told(row) for row in who.filled_rows()}
        known = recognise(given["body"] for given in told.values())
        found = []
        for row, given in told.items():
            body = given.pop("body")
            organisation = known.get(body)
            person = Person(
                **given,
                **needs.told(row),
                organisation=organisation,
                organisation_name="" if organisation else body,
            )
            person.member = self.member if row == 0 else None
            found.append(person)
        return found

    def wishes(self) -> list[places.Wish]:
        return self.bound(WORKSHOPS).wishes if WORKSHOPS in self.names else []

    def request(self) -> Request:
        who = self.bound(WHO).cleaned_data
        people = self.people()
        is_alone = self.whom == ME
        return Request(
            self.date,
            self.bound(HOW).cleaned_data["attendance"],
            people,
            is_whole=self.is_whole,
            wishes=self.wishes(),
            key=self.key,
            booked_by_name="" if is_alone else who["name_0"],
            booked_by_email="" if is_alone else who["email_0"],
        )

    @property
    def way(self) -> Seats | None:
        return next((way for way in self.ways if way.attendance == self.data.get("attendance")), None)

    @property
    def number(self) -> int:
        return self.bound(WHO).number

    @property
    def is_whole(self) -> bool:
        return self._is_whole(self.bound(WHO))

    @staticmethod
    def _is_whole(who: WhoForm) -> bool:
        return who.number > 1 and who.cleaned_data.get("together") == WHOLE

    @property
    def outlook(self) -> str:
        """What booking will lead to, as far as can be known: "asked", "queue", "some" or "place"."""
        free = self.way.free if self.way else 0
        if self.rules.needs_approval:
            return "asked"
        if free >= self.number:
            return "place"
        return "some" if free and not self.is_whole else "queue"


def _key(given: str) -> uuid.UUID:
    """That of the form when it was opened, or a new one."""
    try:
        return uuid.UUID(given)
    except ValueError:
        return uuid.uuid4()
