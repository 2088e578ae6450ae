"""The organiser's main job in a browser: the seminar of 2016 with its two dates, its programme and its double act, published."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from people.models import Member, Organisation
from seminars.models import Billing, Seminar, Session, Slot
from tests import factories
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = [("09:30", "10:15"), ("10:30", "11:15"), ("11:30", "12:15"), ("12:15", "13:00")]
WORKSHOPS = ["What is this service for?", "Designing with people", "Starting small"]


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page], organiser: Member) -> Any:
    organiser.language = request.param[:2]
    organiser.save()
    with time_machine.travel("2016-07-01T09:00:00Z", tick=True):
        if request.param.startswith("en"):
            yield Keyboard(new_page(organiser))
        else:
            yield Touch(new_page(organiser, js=False, width=320))


def test_the_seminar_of_2016(
    hand: Touch, organiser: Member, organisation: Organisation, new_page: Any, axe: Any
) -> None:
    factories.OrganisationFactory(name_en="Devon County Council", name_cy="", slug="devon", nation="England")
    theme = factories.ThemeFactory(name_en="Digital", name_cy="Digidol")
    with translation.override(organiser.language):
        start(hand, theme.pk)
        slug = Seminar.objects.get().slug
        add_date(hand, slug, 13, "Cardiff", "Caerdydd", "South East Wales")
        add_date(hand, slug, 29, "Llanrwst", "Llanrwst", "North Wales")
        add_sessions(hand, slug)
        add_speakers(hand, slug)
        assert [billing.speaker.name for billing in Billing.objects.all()] == [
            "Carl Haggerty",
            "Barry Parsons",
        ]
        for billing in Billing.objects.all():
            invite(hand, slug, billing.pk, new_page())
        build_programme(hand, slug)
        publish(hand, slug)
        assert hand.page.problems == []  # type: ignore[attr-defined]

        stranger = new_page(width=hand.page.viewport_size["width"])  # type: ignore[index]
        stranger.goto(Seminar.objects.get().get_absolute_url())
        assert "Carl Haggerty" in stranger.inner_text("main")
        assert "Barry Parsons" in stranger.inner_text("main")
        for date in Seminar.objects.get().dates.all():
            stranger.goto(date.get_absolute_url())
            text = stranger.inner_text("main")
            assert all(text.count(workshop) >= 2 for workshop in WORKSHOPS), text
            assert axe(stranger) == []


def start(hand: Touch, theme: int) -> None:
    hand.open(f"/{translation.get_language()}/")
    hand.press("header a[href$='/organise/'], header a[href$='/trefnu/']")
    hand.press("main a[href$='/new/'], main a[href$='/newydd/']")
    hand.write("title_en", "Redesigning public services: the strategic importance of digital")
    hand.write("title_cy", "Ailgynllunio gwasanaethau cyhoeddus: pwysigrwydd strategol y digidol")
    hand.write("focus_en", "Culture has to shift before services are transformed.")
    hand.write("focus_cy", "Rhaid i ddiwylliant newid cyn trawsnewid gwasanaethau.")
    hand.write("outcomes_en", "Get the right talent and authority around the table")
    hand.write("outcomes_cy", "Cael y ddawn a'r awdurdod iawn o gwmpas y bwrdd")
    hand.choose("organisation", "Gwynedd Council" if translation.get_language() == "en" else "Cyngor Gwynedd")
    hand.write("new_series_en", "Digital service delivery")
    hand.write("new_series_cy", "Darparu gwasanaethau digidol")
    hand.tick("themes", str(theme))
    hand.send()


def to(hand: Touch, slug: str, part: str, **kwargs: Any) -> None:
    hand.open(reverse(f"seminars:organise-{part}", kwargs={"slug": slug, **kwargs}))


def add_date(hand: Touch, slug: str, day: int, town_en: str, town_cy: str, region: str) -> None:
    to(hand, slug, "venue-new")
    hand.write("venue-name_en", f"{town_en} Hall")
    hand.write("venue-name_cy", f"Neuadd {town_cy}")
    hand.write("venue-town_en", town_en)
    hand.write("venue-town_cy", town_cy)
    labels = {"cy": {"South East Wales": "De-ddwyrain Cymru", "North Wales": "Gogledd Cymru"}}
    hand.choose("venue-region", labels.get(str(translation.get_language()), {}).get(region, region))
    for number, room in enumerate(["Taf", "Elwy", "Rhymni"]):
        hand.write(f"rooms-{number}-name_en", room)
        hand.write(f"rooms-{number}-capacity", "40")
    hand.send()
    hand.write("day_0", str(day))
    hand.write("day_1", "9")
    hand.write("day_2", "2016")
    hand.write("starts", "09:30")
    hand.write("ends", "13:00")
    hand.send()


def add_sessions(hand: Touch, slug: str) -> None:
    for kind, title in [("plenary", "One story, told by two"), *(("workshop", title) for title in WORKSHOPS)]:
        to(hand, slug, "session-new")
        hand.tick("kind", kind)
        hand.write("title_en", title)
        hand.send()


def add_speakers(hand: Touch, slug: str) -> None:
    plenary = Session.objects.get(kind="plenary")
    for name, kind in [("Carl Haggerty", "officer"), ("Barry Parsons", "councillor")]:
        to(hand, slug, "speaker-add", pk=plenary.pk)
        hand.write("name", name)
        hand.write("body", "Devon County Council")
        hand.tick("kind", kind)
        hand.send()


def invite(hand: Touch, slug: str, pk: int, speakers_page: Page) -> None:
    """The organiser copies the link; the speaker opens it with no account, and accepts."""
    to(hand, slug, "speakers")
    address = reverse("seminars:organise-invitation", kwargs={"slug": slug, "pk": pk})
    hand.press(f"main button[formaction='{address}']")
    speaker = Touch(speakers_page)
    speaker.open(hand.page.input_value("#link"))
    speaker.press("main form[action$='/acceptance/'] button, main form[action$='/derbyn/'] button")
    assert Billing.objects.get(pk=pk).state == Billing.State.ACCEPTED


def build_programme(hand: Touch, slug: str) -> None:
    cardiff, llanrwst = Seminar.objects.get().dates.all()
    for begins, ends in CLOCK:
        to(hand, slug, "programme", date_slug=cardiff.slug)
        hand.write("starts", begins)
        hand.write("ends", ends)
        hand.send(reverse("seminars:organise-slots", kwargs={"slug": slug, "date_slug": cardiff.slug}))
    slots = list(Slot.objects.filter(seminar_date=cardiff))
    rooms = {room.name_en: room.pk for room in cardiff.venue.rooms.all()}  # type: ignore[union-attr]
    plenary, *workshops = Session.objects.order_by("position")
    plan = [(plenary, slots[0], "Taf")]
    plan += [(one, slot, room) for slot in slots[1:3] for one, room in zip(workshops, rooms, strict=True)]
    for session, slot, room in plan:
        to(hand, slug, "programme", date_slug=cardiff.slug)
        hand.press(f"main a[href*='slot={slot.pk}'][href*='room={rooms[room]}']")
        hand.choose("session", session.title_en)
        hand.send()
    to(hand, slug, "programme", date_slug=llanrwst.slug)
    hand.send(reverse("seminars:organise-programme-copy", kwargs={"slug": slug, "date_slug": llanrwst.slug}))


def publish(hand: Touch, slug: str) -> None:
    to(hand, slug, "publication")
    hand.send()
    assert Seminar.objects.get().state == Seminar.State.PUBLISHED
