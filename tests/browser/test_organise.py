"""The workspace in a real browser: dragging, doing without a script, and a speaker's link."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from people.models import Member, Organisation
from seminars import invitations
from seminars.models import Billing, Run, SeminarDate
from seminars.programme import add_run
from tests import factories
from tests.seminars.ground import Morning, at, morning

NewPage = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(organisation: Organisation) -> Morning:
    day = morning(seminar=factories.SeminarFactory(organisation=organisation, slug="digital"), slug="cardiff")
    add_run(day.session("Talent", factories.SpeakerFactory()), day.slots[0], day.rooms[0])
    day.session("Data", position=5)
    return day


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_programme_is_accessible(
    day: Morning,
    organiser: Member,
    new_page: NewPage,
    axe: Callable[[Page], list[Any]],
    language: str,
    width: int,
) -> None:
    page = new_page(organiser, width=width)
    address = {
        "en": "/en/organise/digital/dates/cardiff/programme/",
        "cy": "/cy/trefnu/digital/dyddiadau/cardiff/rhaglen/",
    }

    page.goto(address[language])

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.problems == []  # type: ignore[attr-defined]


def test_a_run_is_dragged_to_a_free_place_and_a_session_from_the_tray(
    day: Morning, organiser: Member, new_page: NewPage
) -> None:
    page = new_page(organiser)
    page.goto("/en/organise/digital/dates/cardiff/programme/")
    free = f'.free[data-slot="{day.slots[1].pk}"][data-room="{day.rooms[1].pk}"]'

    page.drag_and_drop("[data-run]", free)
    page.wait_for_selector(f'[data-run][data-slot="{day.slots[1].pk}"]')
    page.drag_and_drop(
        "[data-session]", f'.free[data-slot="{day.slots[0].pk}"][data-room="{day.rooms[0].pk}"]'
    )
    page.wait_for_selector(f'[data-run][data-slot="{day.slots[0].pk}"]')

    assert [(run.session.title_en, run.slot, run.room) for run in Run.objects.order_by("pk")] == [
        ("Talent", day.slots[1], day.rooms[1]), ("Data", day.slots[0], day.rooms[0]),
    ]  # fmt: skip


def test_a_session_is_put_in_by_keyboard_without_script(
    day: Morning, organiser: Member, new_page: NewPage
) -> None:
    page = new_page(organiser, js=False)
    page.goto("/en/organise/digital/dates/cardiff/programme/")

    page.locator("[data-session]").press("Enter")
    page.get_by_label("Slot").select_option(str(day.slots[2].pk))
    page.get_by_label("Room").select_option(str(day.rooms[2].pk))
    page.get_by_role("button", name="Put it in").press("Enter")

    assert "is in at 11:30" in page.locator(".messages").inner_text()
    assert Run.objects.get(session__title_en="Data").room == day.rooms[2]


def test_a_speaker_answers_by_the_link_alone(day: Morning, new_page: NewPage) -> None:
    SeminarDate.objects.update(ends_at=at("12:00").replace(year=2099))
    billing = Billing.objects.get()
    billing.state = Billing.State.INVITED
    billing.save()
    page = new_page()
    page.goto(f"/cy/siaradwyr/gwahoddiad/{invitations.issue(billing)}/")

    # The page sends no referrer, so that the browser says "Origin: null": the answer must arrive all the same.
    page.get_by_role("button", name="Iawn, byddaf yn siarad").click()
    page.wait_for_selector("text=Rydych wedi derbyn")

    assert Billing.objects.get().state == Billing.State.ACCEPTED
