"""The organisers' workspace in the table of `tests/pages.py`; the seminar is the one of 2016, which all may see."""

from collections.abc import Callable
from typing import Any

from seminars import invitations
from seminars.models import Billing, Resource, Run, Seminar, SeminarDate, Session, Slot
from tests.pages import ALL_OK, MEMBERS, Page

SLUG = "redesigning-public-services"
ONE, DATE = {"slug": SLUG}, {"slug": SLUG, "date_slug": "cardiff-2016-09-13"}
DRAFT = "artificial-intelligence-with-care"
OPEN = "302 403 200 403 200"  # a page for its organisers
DONE = "302 403 302 403 302"  # an action, which leads back to a page
Given = Callable[[], dict[str, Any]]


def of_date(model: Any, path: str) -> Given:
    found = {f"{path}__slug": DATE["date_slug"], f"{path}__seminar__slug": SLUG}
    return lambda: {**DATE, "pk": model.objects.filter(**found).order_by("pk")[0].pk}


def of_seminar(model: Any, path: str = "seminar") -> Given:
    return lambda: {**ONE, "pk": model.objects.filter(**{f"{path}__slug": SLUG}).order_by("pk")[0].pk}


def speaker() -> dict[str, Any]:
    return {**ONE, "pk": Billing.objects.filter(session__seminar__slug=SLUG).order_by("pk")[0].speaker_id}


def venue() -> dict[str, Any]:
    date = SeminarDate.objects.get(seminar__slug=SLUG, slug=DATE["date_slug"])
    return {**ONE, "pk": date.venue_id}


def draft_date() -> dict[str, Any]:
    date = Seminar.objects.get(slug=DRAFT).dates.all()[0]
    return {"slug": DRAFT, "date_slug": date.slug}


def cancelled_date() -> dict[str, Any]:
    found = draft_date()
    SeminarDate.objects.filter(slug=found["date_slug"]).update(state=SeminarDate.State.CANCELLED)
    return found


def token() -> dict[str, str]:
    return {"token": invitations.issue(Billing.objects.live().filter(session__seminar__slug=DRAFT)[0])}


def page(name: str, kwargs: Any, who: str = OPEN) -> Page:
    return Page(f"seminars:{name}", who, kwargs)


def action(name: str, kwargs: Any, who: str = DONE) -> Page:
    return Page(f"seminars:{name}", who, kwargs, method="post", html=False)


SLOT, RUN = of_date(Slot, "seminar_date"), of_date(Run, "slot__seminar_date")
SESSION, BILLING = of_seminar(Session), of_seminar(Billing, "session__seminar")
WORKSPACE = [
    page("organise", {}, MEMBERS),
    page("organise-new", {}),
    page("organise-seminar", ONE),
    page("organise-seminar", {"slug": DRAFT}, "302 404 200 404 200"),
    page("organise-edit", ONE),
    page("organise-copy", ONE),
    page("organise-publication", ONE),
    action("organise-draft", ONE),
    action("organise-archive", ONE),
    page("organise-dates", ONE),
    page("organise-date-new", ONE),
    page("organise-date", DATE),
    page("organise-move", DATE),
    page("organise-cancellation", DATE),
    page("organise-reinstatement", cancelled_date, "302 404 200 404 200"),
    page("organise-date-removal", draft_date, "302 404 200 404 200"),
    page("organise-venue-new", ONE),
    page("organise-venue", venue),
    Page("seminars:organise-programme-first", DONE, ONE, html=False),
    page("organise-programme", DATE),
    action("organise-slots", DATE, OPEN),
    page("organise-slot", SLOT),
    page("organise-slot-removal", SLOT),
    page("organise-runs", DATE),
    page("organise-run", RUN),
    # What the organiser has taken out is not there any more for staff.
    action("organise-run-removal", RUN, "302 403 302 403 404"),
    action("organise-programme-copy", DATE, "302 403 404 403 404"),
    page("organise-sessions", ONE),
    page("organise-session-new", ONE),
    action("organise-session-order", ONE),
    page("organise-session", SESSION),
    page("organise-session-removal", SESSION),
    page("organise-speakers", ONE),
    page("organise-speaker", speaker),
    page("organise-speaker-add", SESSION),
    action("organise-billings", SESSION, "302 403 404 403 404"),
    action("organise-billing-order", SESSION),
    action("organise-invitation", BILLING, OPEN),
    action("organise-answer", BILLING),
    action("organise-billing-again", BILLING),
    action("organise-billing-removal", BILLING, "302 403 302 403 404"),
    page("organise-resources", ONE),
    page("organise-resource-new", ONE),
    page("organise-resource-removal", of_seminar(Resource)),
    page("invitation", token, ALL_OK),
    page("invitation", {"token": "unknown"}, "404 404 404 404 404"),
    page("invitation-details", token, ALL_OK),
    action("invitation-acceptance", token, "302 302 302 302 302"),
    action("invitation-refusal", token, "302 302 302 302 302"),
]
