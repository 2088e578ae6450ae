"""Each kind of letter: when it goes, and what its placeholders may be."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bookings.models import Delivery

Kind = Delivery.Kind

# Each placeholder: its name in Welsh, and what it stands for, as organisers read it. Both names work in both languages.
_PLACEHOLDERS: dict[str, tuple[str, Any]] = {
    "name": ("enw", _("the delegate’s name")),
    "seminar": ("seminar", _("the title of the seminar")),
    "day": ("dyddiad", _("the day, like 13 September 2016")),
    "when": ("pryd", _("the day and the hours")),
    "where": ("ble", _("the address of the venue, or “Online”")),
    "organiser": ("trefnydd", _("the name of the organisation that hosts the seminar")),
    "date_link": ("dolen_dyddiad", _("the public page of the date")),
    "seminar_link": ("dolen_seminar", _("the public page of the seminar, with its dates")),
    "manage_link": ("dolen_archeb", _("the delegate’s own link, which shows and changes the booking")),
    "code": ("cod", _("the code that is said at the door; in person only")),
    "workshops": ("gweithdai", _("the delegate’s workshops, one a line")),
    "draw_at": ("adeg_coelbren", _("when the delegate’s workshops are drawn, while that lies ahead")),
    "place_before": (
        "lle_blaenorol",
        _("the day of the place on another date that is given back, or kept until this one is sure"),
    ),
    "check_in_link": (
        "dolen_drws",
        _("what the square code at the door leads to; stewards only can open it"),
    ),
    "position": ("safle", _("the delegate’s number in the queue")),
    "offer_until": ("cynnig_tan", _("the day and the hour until which the place is kept")),
    "reason": ("rheswm", _("what the organisers gave as the reason")),
    "changes": ("newidiadau", _("what has changed, one a line")),
    "joining_page": ("tudalen_ymuno", _("the delegate’s own page for joining online")),
    "joining_link": ("dolen_ymuno", _("the address of the meeting itself; online only")),
    "joining_instructions": ("cyfarwyddiadau_ymuno", _("the joining instructions of the date")),
    "feedback_link": ("dolen_adborth", _("the delegate’s own link for feedback and commitments")),
    "commitment": ("ymrwymiad", _("what the delegate said they would do")),
    "follow_up_link": ("dolen_dilyniant", _("where the delegate tells what came of it")),
}
MEANINGS = {name: meaning for name, (_welsh, meaning) in _PLACEHOLDERS.items()}
IN_WELSH = {name: welsh for name, (welsh, _meaning) in _PLACEHOLDERS.items()}
_OF_EITHER = {**{name: name for name in IN_WELSH}, **{welsh: name for name, welsh in IN_WELSH.items()}}


def placeholder(name: str) -> str | None:
    """What is called so, in Welsh or in English: `manage_link` for `dolen_archeb`; None where nothing is."""
    return _OF_EITHER.get(name)


_ABOUT_THE_DATE = ("name", "seminar", "day", "when", "where", "organiser", "date_link", "seminar_link")
_OF_THE_BOOKING = (*_ABOUT_THE_DATE, "manage_link", "workshops")
_NOT_YET = (*_OF_THE_BOOKING, "place_before")
_CONFIRMED = (
    *_OF_THE_BOOKING,
    "code",
    "check_in_link",
    "joining_page",
    "joining_link",
    "joining_instructions",
)


@dataclass(frozen=True)
class Sort:
    """`goes`: when a letter of the kind goes, as a sentence."""

    kind: Any
    goes: Any
    placeholders: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """What may stand in braces: the names of both languages."""
        return (*self.placeholders, *(IN_WELSH[name] for name in self.placeholders))

    @property
    def slug(self) -> str:
        return str(self.kind.value).replace(" ", "-")

    @property
    def words(self) -> Any:
        return self.kind.label


SORTS = {
    sort.kind: sort
    for sort in (
        Sort(Kind.CONFIRMATION, _("When a booking is confirmed."), (*_CONFIRMED, "draw_at", "place_before")),
        Sort(Kind.REQUESTED, _("When somebody asks for a place that you approve."), _NOT_YET),
        Sort(Kind.QUEUED, _("When somebody joins the queue."), (*_NOT_YET, "position")),
        Sort(Kind.OFFER, _("When a place is free for somebody in the queue."), (*_NOT_YET, "offer_until")),
        Sort(
            Kind.OFFER_EXPIRING,
            _("Before an offer ends that was not answered."),
            (*_NOT_YET, "offer_until"),
        ),
        Sort(Kind.LAPSED, _("When an offer ended without an answer."), (*_ABOUT_THE_DATE, "place_before")),
        Sort(Kind.DECLINED, _("When you decline a request."), (*_ABOUT_THE_DATE, "reason", "place_before")),
        Sort(
            Kind.CHANGE,
            _("When the date is moved or held elsewhere, or a workshop or the joining details change."),
            (*_CONFIRMED, "changes"),
        ),
        Sort(Kind.CANCELLATION, _("When a booking is cancelled, by the delegate or by you."), (*_ABOUT_THE_DATE, "reason", "place_before")),
        Sort(Kind.DATE_CANCELLED, _("When you cancel the date, to everybody who booked."), (*_ABOUT_THE_DATE, "reason", "manage_link")),
        # It goes to somebody to whom the booking belongs no more.
        Sort(
            Kind.HANDED_OVER,
            _("When a booking is handed over, to the person who had it."),
            tuple(name for name in _ABOUT_THE_DATE if name != "name"),
        ),
        Sort(Kind.REMINDER, _("Before the date, at the times that you set."), _CONFIRMED),
        Sort(Kind.JOINING, _("Before the start, to those who take part online."), _CONFIRMED),
        Sort(Kind.THANKS, _("After the date, to those who came."), (*_ABOUT_THE_DATE, "feedback_link")),
        Sort(
            Kind.FOLLOW_UP,
            _("Three, six and twelve months after a commitment was made."),
            (*_ABOUT_THE_DATE, "commitment", "follow_up_link", "feedback_link"),
        ),
        Sort(Kind.LINK, _("When somebody asks for the link to their booking again."), _OF_THE_BOOKING),
        Sort(Kind.MESSAGE, _("When you write to delegates."), (*_OF_THE_BOOKING, "code", "feedback_link")),
    )
}  # fmt: skip
# Those whose wording organisers may change: a message is their own from the start.
WORDED = {kind: sort for kind, sort in SORTS.items() if kind != Kind.MESSAGE}


def by_slug(slug: str) -> Sort | None:
    return next((sort for sort in WORDED.values() if sort.slug == slug), None)
