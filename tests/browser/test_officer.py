"""The officer's and the editor's main job in a browser: the nine lessons of 2016, written, sent back, changed and published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page

from learning.models import WriteUp
from people.models import Member
from tests import factories
from tests.browser.hands import Keyboard, Touch

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = {
    "en": "Redesigning public services: nine lessons",
    "cy": "Ailgynllunio gwasanaethau cyhoeddus: naw gwers",
}
LESSONS = {
    "en": [
        "Digital is not the problem to solve",
        "There is a gap where leadership should be: step into it",
        "The Act is a chance to reinvent the whole landscape",
        "Nobody agrees yet on what digital means",
        "Design with people, not for them",
        "Look after the people who do the work",
        "Too much thinking ends in doing nothing",
        "We still do not share enough in the open",
        "Digital matters to strategy no more than people, money and data do",
    ],
    "cy": [
        "Nid y digidol yw’r broblem i’w datrys",
        "Mae bwlch lle dylai arweinyddiaeth fod: camwch iddo",
        "Mae’r Ddeddf yn gyfle i ailddyfeisio’r dirwedd gyfan",
        "Nid oes cytundeb eto ar ystyr digidol",
        "Dylunio gyda phobl, nid ar eu rhan",
        "Gofalu am y bobl sy’n gwneud y gwaith",
        "Gorfeddwl sy’n arwain at wneud dim",
        "Nid ydym eto’n rhannu digon yn agored",
        "Nid yw’r digidol yn bwysicach i strategaeth na phobl, arian a data",
    ],
}
CHALLENGE = {
    "en": "Stop waiting for permission, and start small.",
    "cy": "Peidiwch ag aros am ganiatâd, a dechreuwch yn fach.",
}
SOURCE = "Carl’s Notepad"
NewPage = Callable[..., Page]


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hands(
    request: pytest.FixtureRequest, new_page: NewPage, member: Member, editor: Member
) -> tuple[Touch, Touch]:
    """The officer's and the editor's."""
    Member.objects.update(language=request.param[:2])
    if request.param.startswith("en"):
        return Keyboard(new_page(member)), Keyboard(new_page(editor))
    narrow: dict[str, Any] = {"js": False, "width": 320}
    return Touch(new_page(member, **narrow)), Touch(new_page(editor, **narrow))


def test_the_nine_lessons_of_2016(
    hands: tuple[Touch, Touch], member: Member, editor: Member, new_page: NewPage, axe: Any, axe_of: Any
) -> None:
    officer, reviewer = hands

    def sound(hand: Touch) -> bool:
        found = axe_of(hand.page, member if hand is officer else editor, isinstance(hand, Keyboard))
        return bool(found == [])

    language = "en" if isinstance(officer, Keyboard) else "cy"
    theme = factories.ThemeFactory(name_en="Digital", name_cy="Digidol")
    factories.OrganisationFactory(name_en="Audit Wales", name_cy="Archwilio Cymru", slug="audit-wales")
    factories.SeminarFactory(title_en="Redesigning public services", title_cy="Ailgynllunio")
    with translation.override(language):
        start(officer, language, sound)
        write_up = WriteUp.objects.get()
        enrich(officer, language, write_up, theme.pk)
        add_lessons(officer, language, write_up, sound)
        submit(officer, write_up, sound)
        review(reviewer, write_up, sound)
        reviewer.write("note", "How many came?")
        reviewer.send(reverse("learning:review-changes", args=[write_up.slug]))

        answer(officer, language, write_up)
        review(reviewer, write_up, sound)
        assert "120" in reviewer.page.inner_text("main .compared")
        reviewer.send(reverse("learning:review-publication", args=[write_up.slug]))

        for hand in hands:
            assert hand.page.problems == []  # type: ignore[attr-defined]
        read(new_page(width=officer.page.viewport_size["width"]), language, axe)  # type: ignore[index]


def start(hand: Touch, language: str, sound: Any) -> None:
    hand.open(f"/{language}/")
    hand.press(f"header a[href='{reverse('learning:write')}']")
    hand.press(f"main a[href='{reverse('learning:write-new')}']")
    assert sound(hand)
    hand.write("title", TITLE[language])
    hand.tick("kind", "reflection")
    hand.tick("language", language)
    for number, lesson in enumerate(LESSONS[language][:3], 1):
        hand.write(f"lesson_{number}", lesson)
    hand.send()


def to(hand: Touch, write_up: WriteUp, part: str) -> None:
    hand.open(reverse(f"learning:write-{part}", args=[write_up.slug]))


def enrich(hand: Touch, language: str, write_up: WriteUp, theme: int) -> None:
    to(hand, write_up, "about")
    hand.write(f"summary_{language}", "Carl Haggerty")
    hand.write("partners", {"en": "Audit Wales", "cy": "Archwilio Cymru"}[language])
    hand.write("seminars", "Redesigning public services")
    hand.send()
    hand.write(f"body_{language}", "*2016*")
    hand.send()
    to(hand, write_up, "results")
    hand.write(f"challenge_{language}", CHALLENGE[language])
    hand.send()
    to(hand, write_up, "filing")
    hand.tick("themes", str(theme))
    hand.write("tags", "localgov, Wellbeing")
    hand.send()
    hand.write("original_name", SOURCE)
    hand.write("original_url", "https://notepad.example/2016/10/05/lessons/")
    for box, value in enumerate(["5", "10", "2016"]):
        hand.write(f"original_published_at_{box}", value)
    hand.send()


def add_lessons(hand: Touch, language: str, write_up: WriteUp, sound: Any) -> None:
    new = reverse("learning:write-lesson-new", args=[write_up.slug])
    for lesson in LESSONS[language][3:]:
        to(hand, write_up, "lessons")
        hand.press(f"main a[href='{new}']")
        hand.write(f"title_{language}", lesson)
        hand.send(new)
    assert sound(hand)


def submit(hand: Touch, write_up: WriteUp, sound: Any) -> None:
    to(hand, write_up, "check")
    assert sound(hand)
    hand.send(reverse("learning:write-submission", args=[write_up.slug]))
    write_up.refresh_from_db()
    assert write_up.state == WriteUp.State.IN_REVIEW


def review(hand: Touch, write_up: WriteUp, sound: Any) -> None:
    """From the desk, which says that something waits."""
    hand.open(reverse("people:desk"))
    hand.press(f"main a[href='{reverse('learning:review')}']")
    hand.press(f"main a[href='{reverse('learning:review-write-up', args=[write_up.slug])}']")
    text = hand.page.inner_text("main")
    assert SOURCE in text
    assert "localgov" in text
    assert sound(hand)


def answer(hand: Touch, language: str, write_up: WriteUp) -> None:
    """From the desk again: what the editors ask for, the change, and in it goes."""
    hand.open(reverse("people:desk"))
    hand.press(f"main a[href='{reverse('learning:write-overview', args=[write_up.slug])}']")
    assert "How many came?" in hand.page.inner_text("main")
    hand.press(f"main a[href='{reverse('learning:write-about', args=[write_up.slug])}']")
    hand.write(f"summary_{language}", "Carl Haggerty, 120")
    hand.send()
    to(hand, write_up, "check")
    hand.send(reverse("learning:write-submission", args=[write_up.slug]))


def read(page: Page, language: str, axe: Any) -> None:
    write_up = WriteUp.objects.get()
    assert write_up.state == WriteUp.State.PUBLISHED
    page.goto(write_up.get_absolute_url())
    text = page.inner_text("main")
    assert page.inner_text("h1") == TITLE[language]
    positions = [text.index(lesson) for lesson in LESSONS[language]]
    assert positions == sorted(positions)
    assert CHALLENGE[language] in text
    assert {"localgov", "Wellbeing"} <= set(page.locator("main a.tag").all_inner_texts())
    assert page.get_by_role("link", name=SOURCE).first.get_attribute("href") == write_up.original_url
    assert {"Audit Wales", "Archwilio Cymru"} & set(page.locator("#about a").all_inner_texts())
    assert axe(page) == []
