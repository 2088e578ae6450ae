import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation

from ui.templatetags.ui import window

MORNING = datetime.datetime(2016, 9, 13, 8, 30, tzinfo=datetime.UTC)
NOON = datetime.datetime(2016, 9, 13, 12, 0, tzinfo=datetime.UTC)


def drawn(source: str, path: str = "", **context: Any) -> str:
    request = RequestFactory().get(path or f"/{translation.get_language()}/")
    request.user = AnonymousUser()
    request.resolver_match = resolve(request.path)
    return Template(source).render(Context({"request": request, **context}))


def test_tr_escapes_and_marks_only_what_stands_in() -> None:
    seminar = SimpleNamespace(title_en="Keys & locks", title_cy="", place_en="Cardiff", place_cy="Caerdydd")

    with translation.override("cy"):
        assert drawn('{% tr s "title" %}', s=seminar) == '<span lang="en">Keys &amp; locks</span>'
        assert drawn('{% tr s "place" %}', s=seminar) == "Caerdydd"
    assert drawn('{% tr s "title" %}', s=seminar) == "Keys &amp; locks"


def test_tr_html_prints_the_rendered_column() -> None:
    text = SimpleNamespace(
        body_en="", body_cy="*Bore da*", body_en_html="", body_cy_html="<p><em>Bore da</em></p>"
    )

    assert (
        drawn('{% tr_html t "body" %}', t=text)
        == '<div class="prose" lang="cy"><p><em>Bore da</em></p></div>'
    )
    with translation.override("cy"):
        assert drawn('{% tr_html t "body" %}', t=text) == '<div class="prose"><p><em>Bore da</em></p></div>'


def test_tr_html_of_nothing_is_nothing() -> None:
    text = SimpleNamespace(body_en="", body_cy="", body_en_html="", body_cy_html="")

    assert drawn('{% tr_html t "body" %}', t=text) == ""


@pytest.mark.parametrize(
    ("language", "items", "line"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "<b>", "c"], "a, &lt;b&gt; and c"),
        ("cy", ["Mair", "Huw"], "Mair a Huw"),
        ("cy", ["Mair", "Huw", "Elen"], "Mair, Huw ac Elen"),
        ("cy", ["Mair", "Ŵyn"], "Mair ac Ŵyn"),
    ],
)
def test_inline_list_joins_in_the_reader_s_language(language: str, items: list[str], line: str) -> None:
    with translation.override(language):
        assert drawn("{% inline_list items %}", items=items) == line


@pytest.mark.parametrize(
    ("language", "tag", "words"),
    [
        ("en", "day", "13 September 2016"),
        ("cy", "day", "13 Medi 2016"),
        ("en", "weekday", "Tuesday 13 September 2016"),
        ("cy", "weekday", "dydd Mawrth 13 Medi 2016"),
        ("en", "short_day", "13 Sep 2016"),
        ("en", "clock", "09:30"),
        ("cy", "moment", "13 Medi 2016, 09:30"),
    ],
)
def test_dates_in_words_on_the_clocks_of_the_place(language: str, tag: str, words: str) -> None:
    with translation.override(language):
        html = drawn(f'{{% {tag} at "Europe/London" %}}', at=MORNING)

    assert html == f'<time datetime="2016-09-13T09:30+01:00">{words}</time>'


def test_plain_date_and_missing_date() -> None:
    assert (
        drawn("{% day at %}", at=datetime.date(2016, 9, 1))
        == '<time datetime="2016-09-01">1 September 2016</time>'
    )
    assert drawn("{% day at %}", at=None) == ""


def test_hours_and_when() -> None:
    html = drawn('{% when a b "Europe/London" %}', a=MORNING, b=NOON)

    assert "Tuesday 13 September 2016" in html
    assert "09:30</time>–<time" in html
    assert "13:00" in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "13–14 September 2016"),
        (20, "13 September – 3 October 2016"),
        (120, "13 September 2016 – 11 January 2017"),
    ],
)
def test_when_over_several_days(days: int, words: str) -> None:
    zone = ZoneInfo("Europe/London")
    start = datetime.datetime(2016, 9, 13, 9, 30, tzinfo=zone)

    assert words in drawn("{% when a b %}", a=start, b=start + datetime.timedelta(days=days))


def test_icon_is_for_the_eye_only_and_needs_no_style() -> None:
    html = drawn('{% icon "calendar" %}')

    assert 'aria-hidden="true"' in html
    assert 'class="icon"' in html
    assert "style=" not in html


def test_address_is_empty_for_a_page_that_does_not_exist() -> None:
    assert drawn('{% address "nowhere:at-all" %}') == ""
    assert drawn('{% address "home" %}') == "/en/"
    with translation.override("cy"):
        assert drawn('{% address "home" %}') == "/cy/"


def test_query_with_changes_and_leaves_out() -> None:
    assert drawn("{% query_with page=2 %}", "/en/?q=tŷ&page=1") == "?q=t%C5%B7&amp;page=2"
    assert drawn("{% query_with page=None theme='a' %}", "/en/?page=3") == "?theme=a"


def test_switch_leads_to_the_same_page_with_its_filters() -> None:
    assert drawn("{% switch_language %}", "/en/?q=a&page=2") == "/cy/?q=a&amp;page=2"
    assert drawn("{% switch_language %}", other_language_address="/cy/themau/tai/") == "/cy/themau/tai/"


@pytest.mark.parametrize(
    ("number", "shown"), [(1, [1, 2, 0, 12]), (4, [1, 2, 3, 4, 5, 0, 12]), (12, [1, 2, 0, 11, 12])]
)
def test_window_shows_ends_and_neighbours(number: int, shown: list[int]) -> None:
    assert window(Paginator(range(240), 20), number) == shown


@pytest.mark.django_db
def test_page_that_is_not_there_says_so_in_both_languages(client: Client) -> None:
    answer = client.get("/en/nothing-is-here/")

    assert answer.status_code == 404
    assert b"Page not found" in answer.content
    assert b'href="/cy/"' in answer.content


@pytest.mark.django_db
def test_anonymous_page_holds_no_token(client: Client) -> None:
    answer = client.get("/en/nothing-is-here/")

    assert b"csrfmiddlewaretoken" not in answer.content
    assert answer.cookies == {}
