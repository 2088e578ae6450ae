"""Afterwards: feedback, commitments, certificates behind a delegate's later link; the organisers' figures; the impact."""

from typing import Any

from bookings.models import Booking, Commitment, CommitmentReview, FeedbackTheme
from tests.pages import ALL_OK, MEMBERS, Page
from tests.pages_of_bookings.world import FULL, PAST, booking, date, later_token, of_date

OPEN, DONE = "302 403 200 403 200", "302 403 302 403 302"
LED_ON, NEVER = "302 302 302 302 302", "404 404 404 404 404"
NOT_THERE = "403 403 403 403 403"


def page(name: str, who: str, kwargs: Any, **more: Any) -> Page:
    return Page(f"bookings:{name}", who, kwargs, **more)


def answering() -> dict[str, Any]:
    """Somebody who came and has given no feedback."""
    found = booking("attended", PAST)
    Booking.objects.filter(pk=found.pk).update(feedback_at=None)
    return {"token": found.later_token}


def missed() -> dict[str, Any]:
    return {"token": booking("no show", PAST).later_token}


def to_come() -> dict[str, Any]:
    return {"token": booking("confirmed", FULL).later_token}


def a_commitment() -> Commitment:
    found = Commitment.objects.filter(booking__seminar_date=date(*PAST), visibility="public")
    return found.select_related("booking").order_by("pk")[0]


def of_commitment() -> dict[str, Any]:
    found = a_commitment()
    return {"token": found.booking.later_token, "pk": found.pk}


def follow_up() -> dict[str, Any]:
    found = a_commitment()
    review = CommitmentReview.objects.filter(commitment=found).order_by("months")[0]
    return {"token": found.booking.later_token, "pk": review.pk}


def of_others() -> dict[str, Any]:
    """Somebody else's commitment, by one's own link."""
    found = a_commitment()
    other = Booking.objects.exclude(pk=found.booking_id).filter(state="attended")[0]
    return {"token": other.later_token, "pk": found.pk}


def hiding() -> dict[str, Any]:
    return {**of_date(PAST)(), "pk": a_commitment().pk}


def heading() -> dict[str, Any]:
    found = FeedbackTheme.objects.filter(seminar=date(*PAST).seminar)[0]
    return {**of_date(PAST)(), "pk": found.pk}


CAME = later_token()
PAGES: list[Page] = [
    page("feedback", ALL_OK, answering),
    page("feedback", ALL_OK, CAME),
    page("feedback", NOT_THERE, to_come),
    page("feedback", NEVER, {"token": "unknown"}),
    page("commitments", ALL_OK, CAME),
    page("commitments", NOT_THERE, missed),
    page("commitment", ALL_OK, of_commitment),
    page("commitment", NEVER, of_others),
    page("commitment-removal", ALL_OK, of_commitment),
    page("follow-up", ALL_OK, follow_up),
    page("certificate", ALL_OK, CAME),
    page("certificate", NOT_THERE, missed),
    page("certificate-pdf", ALL_OK, CAME, html=False),
    page("organise-feedback", OPEN, of_date(PAST)),
    page("organise-feedback", OPEN, of_date(FULL)),
    page("feedback-export", OPEN, of_date(PAST), html=False),
    page("feedback-comments", OPEN, of_date(PAST)),
    page("feedback-comments", OPEN, of_date(PAST), query="?heading=none"),
    page("commitment-hiding", DONE, hiding, method="post", html=False),
    page("feedback-headings", OPEN, of_date(PAST)),
    page("feedback-heading", OPEN, heading),
    page("feedback-heading-removal", OPEN, heading),
    page("shared-commitments", MEMBERS, {}),
    page("impact", ALL_OK, lambda: {"slug": PAST[0]}),
    page("impact", ALL_OK, lambda: {"slug": FULL[0]}),
    page("impact", NEVER, {"slug": "unknown"}),
    page("impact-overall", ALL_OK, {}),
    page("impact-overall", ALL_OK, {}, query="?year=2000&page=9"),
]
