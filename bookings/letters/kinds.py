"""Each kind of letter: when it goes, and what its placeholders may be."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bookings.models import Delivery

Kind = Delivery.Kind

# What each placeholder stands for, as organisers read it.
MEANINGS: dict[str, Any] = {
    "name": _("the delegate’s name"),
    "seminar": _("the title of the seminar"),
    "day": _("the day, like 13 September 2016"),
    "when": _("the day and the hours"),
    "where": _("the address of the venue, or “Online”"),
    "organiser": _("the name of the organisation that hosts the seminar"),
    "date_link": _("the public page of the date"),
    "seminar_link": _("the public page of the seminar, with its dates"),
    "manage_link": _("the delegate’s own link, which shows and changes the booking"),
    "code": _("the code that is said at the door; in person only"),
    "workshops": _("the delegate’s workshops, one a line"),
    "check_in_link": _("what the square code at the door leads to; stewards only can open it"),
    "position": _("the delegate’s number in the queue"),
    "offer_until": _("the day and the hour until which the place is kept"),
    "reason": _("what the organisers gave as the reason"),
    "changes": _("what has changed, one a line"),
    "joining_page": _("the delegate’s own page for joining online"),
    "joining_link": _("the address of the meeting itself; online only"),
    "joining_instructions": _("the joining instructions of the date"),
    "feedback_link": _("the delegate’s own link for feedback and commitments"),
    "commitment": _("what the delegate said they would do"),
    "follow_up_link": _("where the delegate tells what came of it"),
}
_ABOUT_THE_DATE = ("name", "seminar", "day", "when", "where", "organiser", "date_link", "seminar_link")
_OF_THE_BOOKING = (*_ABOUT_THE_DATE, "manage_link", "workshops")
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
    def slug(self) -> str:
        return str(self.kind.value).replace(" ", "-")

    @property
    def words(self) -> Any:
        return self.kind.label


SORTS = {
    sort.kind: sort
    for sort in (
        Sort(Kind.CONFIRMATION, _("When a booking is confirmed."), _CONFIRMED),
        Sort(Kind.REQUESTED, _("When somebody asks for a place that you approve."), _OF_THE_BOOKING),
        Sort(Kind.QUEUED, _("When somebody joins the queue."), (*_OF_THE_BOOKING, "position")),
        Sort(Kind.OFFER, _("When a place is free for somebody in the queue."), (*_OF_THE_BOOKING, "offer_until")),
        Sort(
            Kind.OFFER_EXPIRING,
            _("Before an offer ends that was not answered."),
            (*_OF_THE_BOOKING, "offer_until"),
        ),
        Sort(Kind.LAPSED, _("When an offer ended without an answer."), _ABOUT_THE_DATE),
        Sort(Kind.DECLINED, _("When you decline a request."), (*_ABOUT_THE_DATE, "reason")),
        Sort(
            Kind.CHANGE,
            _("When the date is moved or held elsewhere, or a workshop or the joining details change."),
            (*_CONFIRMED, "changes"),
        ),
        Sort(Kind.CANCELLATION, _("When a booking is cancelled, by the delegate or by you."), (*_ABOUT_THE_DATE, "reason")),
        Sort(Kind.DATE_CANCELLED, _("When you cancel the date, to everybody who booked."), (*_ABOUT_THE_DATE, "reason")),
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
