"""How a date is booked: places, rules, own questions, the draw."""

from typing import Any

from bookings import drawing
from bookings.models import Draw, OwnQuestion, Pool
from tests.pages import Page
from tests.pages_of_bookings import world

OPEN = "302 403 200 403 200"
DONE = "302 403 302 403 302"
DATE, DRAWN = world.of_date(), world.of_date(world.DRAWN)
DRAFT = ("artificial-intelligence-with-care", "swansea")


def page(name: str, kwargs: Any, who: str = OPEN, query: str = "") -> Page:
    return Page(f"bookings:{name}", who, kwargs, query=query)


def action(name: str, kwargs: Any, who: str = DONE) -> Page:
    return Page(f"bookings:{name}", who, kwargs, method="post", html=False)


def pool(where: tuple[str, str] = world.FULL) -> world.Given:
    return lambda: {**world.of_date(where)(), "pk": Pool.objects.get(seminar_date=world.date(*where)).pk}


def question() -> dict[str, Any]:
    return {**DATE(), "pk": OwnQuestion.objects.filter(seminar_date=world.date(*world.FULL))[0].pk}


def order() -> dict[str, Any]:
    return {**DATE(), "purpose": "booking"}


def a_draw() -> Draw:
    """A preview, or what was drawn already by a row before this one."""
    found = Draw.objects.filter(seminar_date=world.date(*world.DRAWN)).first()
    return found or drawing.preview(world.date(*world.DRAWN), by=None)


def preview() -> dict[str, Any]:
    return {**DRAWN(), "pk": a_draw().pk}


def previewed() -> dict[str, Any]:
    preview()
    return DRAWN()


def published() -> dict[str, Any]:
    if not (draw := a_draw()).published_at:
        drawing.publish(draw, by=None)
    return DRAWN()


PAGES: list[Page] = [
    page("arrange", DATE),
    page("arrange", DRAWN),
    page("arrange", world.of_date(DRAFT), "302 404 200 404 200"),
    page("pool-new", world.of_date(DRAFT), "302 404 200 404 200"),
    page("pool", pool()),
    page("pool-lowering", pool(), query="?capacity=10"),
    page("pool-extra", pool()),
    page("pool-removal", pool()),
    page("rules", DATE),
    page("rules", DRAWN),
    page("arrangement-copy", DATE),
    page("own-questions", DATE),
    page("own-question-new", DATE),
    page("own-question", question),
    page("own-question-removal", question),
    action("own-question-order", order),
    page("draw", DRAWN),
    page("draw", previewed),
    page("draw", published),
    page("draw", DATE),
    action("draw-preview", DRAWN),
    page("draw-publication", preview),
]
