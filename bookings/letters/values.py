"""What the placeholders of one letter stand for, looked up only where the text names them."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from bookings import waiting
from bookings.letters.filling import Lines, Link, Prose, Value
from bookings.letters.kinds import SORTS, placeholder
from bookings.models import Booking, CommitmentReview, Delivery, Place, Pool
from bookings.workshop_words import places_of, workshops_in_words
from seminars import calendar, wording
from ui import dates


def link(name: str, *args: object) -> str:
    """The full address of a page of bookings; nothing where there is no such page."""
    try:
        return f"{settings.SITE_ADDRESS}{reverse(f'bookings:{name}', args=args)}"
    except NoReverseMatch:
        return ""


class Values:
    """Of one letter, in the reader's language. What its kind may not tell has nothing to say, whatever the text asks."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.booking = delivery.booking
        self.date = delivery.booking.seminar_date
        self.allowed = SORTS[Delivery.Kind(delivery.kind)].placeholders
        self._known: dict[str, Value] = {}

    def get(self, called: str) -> Value | None:
        """By its name in either language."""
        name = placeholder(called)
        if name is None:
            return None
        if name not in self.allowed:
            return ""
        if name not in self._known:
            said: Callable[[], Value] = getattr(self, name)
            self._known[name] = said()
        return self._known[name]

    # -- the date -----------------------------------------------------------------------------------------------

    def seminar(self) -> Value:
        return str(self.date.seminar.tr("title"))

    def day(self) -> Value:
        return dates.day(self.date.local_start)

    def when(self) -> Value:
        start, end = self.date.local_start, self.date.local_end
        hours = wording.span(start, end)
        zone = wording.zone(self.date) if self.is_online or not self.date.is_online else ""
        return ", ".join(filter(None, [wording.weekday_and_day(start.date()), hours, zone]))

    def where(self) -> Value:
        venue = self.date.venue
        return wording.full_address(venue) if venue and not self.is_online else _("Online")

    @property
    def answers_to(self) -> str:
        rules = getattr(self.date, "booking_rules", None)
        return rules.answers_to if rules else ""

    def organiser(self) -> Value:
        return str(self.date.seminar.organisation.tr("name"))

    def date_link(self) -> Value:
        return Link(calendar.absolute(self.date.get_absolute_url()))

    def seminar_link(self) -> Value:
        return Link(calendar.absolute(self.date.seminar.get_absolute_url()))

    # -- the booking --------------------------------------------------------------------------------------------

    @cached_property
    def is_online(self) -> bool:
        return self.booking.pool.attendance == Pool.Attendance.ONLINE

    @property
    def is_coming(self) -> bool:
        return self.booking.state in {Booking.State.CONFIRMED, Booking.State.ATTENDED}

    def name(self) -> Value:
        return self.booking.name

    def manage_link(self) -> Value:
        return Link(link("manage", self.booking.token))

    def code(self) -> Value:
        return self.booking.code if self.is_coming and not self.is_online else ""

    def check_in_link(self) -> Value:
        return Link(link("check-in", self.date.uuid, self.booking.code) if self.code() else "")

    def workshops(self) -> Value:
        return Lines(workshops_in_words(self.booking))

    def draw_at(self) -> Value:
        wants = any(place.state == Place.State.WANTED for place in places_of(self.booking))
        at = self.date.booking_rules.draws_at if wants else None
        return moment(at.astimezone(self.date.tz)) if at else ""

    def place_before(self) -> Value:
        """Once this place is sure, the other is given back; while it is not, and after it was refused, the other stays."""
        old = self.booking.replaces
        if old is None:
            return ""
        tells = not old.is_live if self.is_coming else old.is_confirmed and not old.seminar_date.is_cancelled
        return dates.day(old.seminar_date.local_start) if tells else ""

    def position(self) -> Value:
        number = waiting.position(self.booking)
        return str(number) if number else ""

    def offer_until(self) -> Value:
        until = self.booking.offer_expires_at
        return moment(until.astimezone(self.date.tz)) if until else ""

    def reason(self) -> Value:
        if self.delivery.kind == Delivery.Kind.DATE_CANCELLED:
            return str(wording.reason(self.date))
        return self.booking.reason

    def changes(self) -> Value:
        what = self.delivery.detail.get("what") or [""]
        return Lines(tuple(self._change(str(one)) for one in what))

    def _change(self, what: str) -> str:
        before = parse_datetime(str(self.delivery.detail.get("before", "")))
        said = {
            "moved": _("It is held at another time."),
            "relocated": _("It is held at another place, or in another way."),
            "reinstated": _("It was cancelled, and is held after all."),
            "joining": _("The joining details are new."),
            "programme": _("The times or the rooms of your workshops are new."),
            "drawn": _("The workshops are drawn. Your booking’s page tells what you got, and why."),
            "workshops": _("The workshops are not drawn after all, but given in the order of booking."),
            "chosen": _("Your workshops."),
            "won": _("You have a place in a workshop that you waited for."),
            "way": _("How you take part."),
        }
        if what == "moved" and before:
            then = moment(before.astimezone(self.date.tz))
            return _("It is held at another time. It was to begin on %(then)s.") % {"then": then}
        return said.get(what) or _("Your workshops, or how you take part.")

    # -- joining ------------------------------------------------------------------------------------------------

    def joining_page(self) -> Value:
        """Also where the organisers have not given an address yet: the page says so, and has it once there is one."""
        return Link(link("join", self.booking.token) if self.is_coming and self.is_online else "")

    def joining_link(self) -> Value:
        return Link(self.date.joining_link if self._may_join() else "")

    def joining_instructions(self) -> Value:
        # Where people take part in either way, these are about the meeting and not about the hall.
        if not self.is_coming or (self.date.is_online and not self.is_online):
            return ""
        return Prose(wording.either_of(self.date.joining_instructions_en, self.date.joining_instructions_cy))

    def _may_join(self) -> bool:
        return self.is_coming and self.is_online and bool(self.date.joining_link)

    # -- afterwards ---------------------------------------------------------------------------------------------

    def feedback_link(self) -> Value:
        return Link(link("feedback", self.booking.later_token))

    @cached_property
    def review(self) -> CommitmentReview | None:
        return review_of(self.delivery)

    def commitment(self) -> Value:
        return self.review.commitment.text if self.review else ""

    def follow_up_link(self) -> Value:
        return Link(link("follow-up", self.booking.later_token, self.review.pk) if self.review else "")


def review_of(delivery: Delivery) -> CommitmentReview | None:
    """The review that a follow-up asks about; only one of the same booking."""
    found = CommitmentReview.objects.filter(
        pk=delivery.detail.get("review"), commitment__booking=delivery.booking_id
    )
    return found.select_related("commitment").first()


def moment(local: datetime) -> str:
    return f"{dates.weekday(local)}, {dates.clock(local)}"
