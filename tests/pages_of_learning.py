"""Writing, review and reading in the table of `tests/pages.py`; the draft is one that officer@ writes and editor@ may edit."""

from typing import Any

from learning.models import Lesson, WriteUp
from tests.pages import ALL_OK, MEMBERS, Page

DRAFT, WAITING = "the-last-two-winters", "eleven-degrees-in-the-bedroom"
ONE, REVIEWED = {"slug": DRAFT}, {"slug": WAITING}
NINE = {"slug": "redesigning-public-services-nine-lessons"}
FIFTH = {**NINE, "number": 5}
WRITERS = "302 404 404 200 200"  # a draft does not exist for others
DONE = "302 404 404 302 302"
STALE = "302 404 404 409 409"  # a form sent without what it was opened at is a conflict, never a save
NOTHING = "302 404 404 404 404"
UUID = "00000000-0000-4000-8000-000000000000"


def lesson() -> dict[str, Any]:
    return {**ONE, "pk": Lesson.objects.filter(write_up__slug=DRAFT)[0].pk}


def author() -> dict[str, Any]:
    return {**ONE, "pk": WriteUp.objects.get(slug=DRAFT).authors.all()[0].pk}


def page(name: str, who: str = WRITERS, kwargs: Any = None, html: bool = True) -> Page:
    return Page(f"learning:{name}", who, ONE if kwargs is None else kwargs, html=html)


def action(name: str, who: str = DONE, kwargs: Any = None) -> Page:
    return Page(f"learning:{name}", who, ONE if kwargs is None else kwargs, method="post", html=False)


WRITING = [
    page("write", MEMBERS, {}),
    page("write-new", MEMBERS, {}),
    action("write-preview", "302 200 200 200 200", {}),
    page("write-invitation", NOTHING, {"token": "unknown"}, html=False),
    *(
        page(f"write-{name}")
        for name in (
            "overview", "about", "story", "results", "filing", "source", "lessons", "lesson-new", "authors",
            "author-new", "images", "revisions", "check", "withdrawal", "deletion",
        )
    ),
    *(action(f"write-{name}", STALE) for name in ("story", "results", "filing")),
    *(
        action(f"write-{name}-preview", WRITERS)
        for name in ("about", "story", "results", "filing", "source", "lesson-new")
    ),
    page("write-lesson", kwargs=lesson),
    action("write-lesson-preview", WRITERS, lesson),
    page("write-lesson-removal", kwargs=lesson),
    action("write-lesson-order"),
    page("write-author", kwargs=author),
    page("write-author-removal", kwargs=author),
    action("write-author-colleague", WRITERS),
    action("write-author-invitation", WRITERS),
    action("write-invitation-removal", DONE, {**ONE, "pk": 0}),
    action("write-author-order"),
    page("write-image", NOTHING, {**ONE, "uuid": UUID}, html=False),
    page("write-image-removal", NOTHING, {**ONE, "uuid": UUID}, html=False),
    page("write-revision", NOTHING, {**ONE, "pk": 0}, html=False),
    page("write-revision-restoration", NOTHING, {**ONE, "pk": 0}, html=False),
    *(action(f"write-{name}") for name in ("submission", "submission-removal", "reinstatement")),
    page("review", "302 403 200 200 200", {}),
    page("review-write-up", kwargs=REVIEWED),
    action("review-publication", DONE, REVIEWED),
    action("review-changes", WRITERS, REVIEWED),
    action("review-schedule", WRITERS, REVIEWED),
    action("review-schedule-removal", DONE, REVIEWED),
]  # fmt: skip
READING = [
    page("write-ups", ALL_OK, {}),
    Page("learning:write-ups", ALL_OK, query="?theme=digital&kind=how-to&page=abc&year=x"),
    Page("learning:feed", ALL_OK, html=False),
    page("write-up", ALL_OK, NINE),
    page("write-up", "404 404 404 200 200", ONE),
    page("write-up", ALL_OK, {"slug": "iaith-y-coridor"}),
    page("write-up", "410 410 410 410 410", {"slug": "the-verge-and-the-phone-call"}),
    page("lesson", ALL_OK, FIFTH),
    page("shelf", MEMBERS, {}),
    action("lesson-keeping", "302 302 302 302 302", FIFTH),
    action("lesson-removal", "302 302 302 302 302", FIFTH),
    page("image", "404 404 404 404 404", {"uuid": UUID, "width": 480}, html=False),
    Page("search:search", ALL_OK),
    Page("search:search", ALL_OK, query="?q=digital"),
    Page("search:search", ALL_OK, query="?q=qqqqqq"),
]
