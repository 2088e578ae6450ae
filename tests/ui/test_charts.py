import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from ui import charts
from ui.charts import Chart
from ui.tiles import AREAS, tiles_of_wales

HOSTILE = '<script>"&'
DRAWN: list[Callable[[], Chart]] = [
    lambda: charts.bars("b", "Bars", [("Ie", 3), (HOSTILE, 0)]),
    lambda: charts.trend("t", "Trend", [("2015", 3), (HOSTILE, 7)]),
    lambda: charts.links("l", "Links", [("Môn", HOSTILE, 4), ("Powys", "Môn", 1)]),
    lambda: charts.tile_map("m", "Map", tiles_of_wales({"W06000001": 3}, {"W06000001": f"/en/?q={HOSTILE}"})),
]


@pytest.mark.parametrize("draw", DRAWN)
def test_chart_is_well_formed_named_and_without_styles(draw: Callable[[], Chart]) -> None:
    chart = draw()
    tree = ElementTree.fromstring(chart.svg)

    assert tree.get("role") == (None if "href" in chart.svg else "img")
    assert tree.find("title").text == chart.title
    assert tree.find("desc").text
    assert not re.search(r"\s(style|fill|onclick)=", chart.svg)
    assert "<script" not in chart.svg


def test_bars_of_values_that_have_an_end_are_full_only_there() -> None:
    """4.1 of 5 must not look like all of it."""
    widths = [
        re.findall(
            r'class="bar" x="0" y="\d+" width="([\d.]+)%', charts.bars("b", "Bars", rows, scale=scale).svg
        )
        for rows, scale in (([("Cardiff", 4), ("Llanrwst", 2)], 5), ([("Cardiff", 4), ("Llanrwst", 2)], 0))
    ]

    assert widths == [["80.0", "40.0"], ["100.0", "50.0"]]


@pytest.mark.parametrize("draw", DRAWN)
def test_table_says_the_same(draw: Callable[[], Chart]) -> None:
    chart = draw()
    html = Template("{% chart drawn %}").render(Context({"drawn": chart}))

    assert len(chart.headings) == len(chart.rows[0])
    assert html.count("<tr>") == len(chart.rows) + 1
    assert "Show as a table" in html


@pytest.mark.parametrize("draw", [charts.bars, charts.trend, charts.links, charts.tile_map])
def test_chart_of_nothing_says_so(draw: Callable[..., Chart]) -> None:
    html = Template("{% chart drawn %}").render(Context({"drawn": draw("x", "Nothing", [])}))

    assert "Nothing to show yet" in html
    assert "<svg" not in html


def test_longest_bar_fills_the_width_and_zero_none() -> None:
    svg = charts.bars("b", "Bars", [("a", 4), ("b", 2), ("c", 0)]).svg

    assert re.findall(r'class="bar" [^>]*width="([\d.]+)%"', svg) == ["100.0", "50.0", "0.0"]


def test_one_point_is_a_trend_too() -> None:
    assert charts.trend("t", "Trend", [("2016", 4)]).svg.count("<circle") == 1


def test_map_has_every_area_once_in_a_place_of_its_own() -> None:
    tiles = tiles_of_wales({})

    assert len(tiles) == len(AREAS) == 22
    assert len({(tile.column, tile.row) for tile in tiles}) == 22


def test_map_is_in_the_reader_s_language_and_links_are_open_to_screen_readers() -> None:
    with translation.override("cy"):
        chart = charts.tile_map("m", "Map", tiles_of_wales({"W06000015": 9}, {"W06000015": "/cy/caerdydd/"}))

    assert 'href="/cy/caerdydd/" aria-label="Caerdydd: 9"' in chart.svg
    assert 'role="img"' not in chart.svg
    assert 'class="tile tile-3"' in chart.svg
