"""The councillor's main job in a browser: from a theme to the lesson that matters, kept, followed and found again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from learning import filing
from learning.models import WriteUp
from people.models import Member
from tests import factories
from tests.browser.hands import Keyboard, Touch
from themes.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["en by keyboard", "cy by touch, no script, 320 px"])
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page], councillor: Member) -> Touch:
    councillor.language = request.param[:2]
    councillor.save()
    if request.param.startswith("en"):
        return Keyboard(new_page(councillor))
    return Touch(new_page(councillor, js=False, width=320))


@pytest.fixture
def theme() -> Theme:
    return factories.ThemeFactory(name_en="Digital", name_cy="Digidol")


@pytest.fixture
def write_up(theme: Theme) -> WriteUp:
    made = factories.WriteUpFactory(
        state="published",
        published_at=timezone.now(),
        title_en="Nine lessons",
        title_cy="Naw gwers",
        summary_en="Short",
        summary_cy="Byr",
    )
    made.themes.add(theme)
    for number in range(1, 4):
        factories.LessonFactory(
            write_up=made,
            position=number,
            title_en=f"Start small {number}",
            title_cy=f"Dechrau’n fach {number}",
        )
    filing.refile(made)
    return made


def test_from_a_theme_to_a_lesson_and_back(
    hand: Touch, councillor: Member, theme: Theme, write_up: WriteUp, axe_of: Any
) -> None:
    with translation.override(councillor.language):
        lesson = write_up.lessons.get(position=2)
        hand.open(f"/{councillor.language}/")
        hand.press(f"header a[href='{reverse('themes:themes')}']")
        hand.press(f"main a[href='{theme.get_absolute_url()}']")
        assert axe_of(hand.page, councillor, isinstance(hand, Keyboard)) == []
        hand.send(reverse("themes:follow", args=["theme", theme.pk]))
        hand.press(f"main a[href='{write_up.get_absolute_url()}']")
        hand.press(f"main h3 a[href='{lesson.get_absolute_url()}']")
        assert lesson.tr("title") in hand.page.inner_text("h1")
        assert axe_of(hand.page, councillor, isinstance(hand, Keyboard)) == []
        hand.send(reverse("learning:lesson-keeping", args=[write_up.slug, 2]))

        hand.open(reverse("people:desk"))
        assert hand.page.locator(".figures strong").all_inner_texts() == ["1", "1"]
        assert axe_of(hand.page, councillor, isinstance(hand, Keyboard)) == []
        hand.press(f"main a[href='{reverse('themes:followed')}']")
        hand.press(f"main a[href='{theme.get_absolute_url()}']")
        hand.open(reverse("people:desk"))
        hand.press(f"main a[href='{reverse('learning:shelf')}']")
        assert axe_of(hand.page, councillor, isinstance(hand, Keyboard)) == []
        hand.press(f"main a[href='{lesson.get_absolute_url()}']")
        assert lesson.tr("title") in hand.page.inner_text("h1")
        assert hand.page.problems == []  # type: ignore[attr-defined]
