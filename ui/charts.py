"""Charts as inline SVG, drawn here and coloured by classes, so that they follow the scheme, print and need no script.

Each function gives a `Chart`: the picture, and the rows of the table that says the same. `{% chart drawn %}` shows both.
Bars and trend use percentages across, so that their letters keep their size on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ui.tiles import Tile

MOST_LABELS = 7
MOST_LETTERS = 27
PICTURE = SafeString(' role="img"')


@dataclass(frozen=True)
class Chart:
    title: str
    svg: SafeString
    headings: list[str]
    rows: list[tuple[Any, ...]]
    scrolls: bool = False


def _svg(
    uid: str, size: str, title: str, described: str, body: SafeString, is_picture: bool = True
) -> SafeString:
    """`size` is either a viewBox ("0 0 640 300") or a height in pixels of a picture as wide as its place."""
    frame = format_html('viewBox="{}"' if " " in size else 'width="100%" height="{}"', size)
    return format_html(
        '<svg {}{} aria-labelledby="{}-t" aria-describedby="{}-d"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        frame, PICTURE if is_picture else "", uid, uid, uid, title, uid, described, body,
    )  # fmt: skip


def _in_words(rows: Sequence[tuple[Any, ...]]) -> str:
    return "; ".join(f"{row[0]}: {row[-1]}" for row in rows)


def bars(
    uid: str,
    title: str,
    rows: Sequence[tuple[Any, float]],
    headings: Sequence[str] = (),
    addresses: Sequence[str] = (),
    scale: float = 0,
) -> Chart:
    """One bar for each (label, value). `addresses`: where each row of the table leads.

    A bar is full at `scale`, of values that have an end (5 of 5); without one, the longest is.
    """
    top = scale or max((value for _label, value in rows), default=0) or 1
    body = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><text class="value" x="100%" y="{}" text-anchor="end">{}</text>'
        '<rect class="bar-track" x="0" y="{}" width="100%" height="12" rx="2"/><rect class="bar" x="0" y="{}" width="{}%" height="12" rx="2"/>',
        (
            (y + 17, label, y + 17, value, y + 25, y + 25, round(100 * value / top, 1))
            for y, (label, value) in zip(range(0, 52 * len(rows), 52), rows, strict=True)
        ),
    )
    svg = _svg(uid, str(52 * len(rows)), title, _in_words(rows), body)
    told = (
        [
            (format_html('<a href="{}">{}</a>', address, label), value)
            for address, (label, value) in zip(addresses, rows, strict=True)
        ]
        if addresses
        else list(rows)
    )
    return Chart(title, svg, list(headings) or [_("What"), _("How many")], told)


def trend(uid: str, title: str, points: Sequence[tuple[Any, float]], headings: Sequence[str] = ()) -> Chart:
    """A line through (label, value) in order. Of many points only some are labelled; the table has them all."""
    top = max((value for _label, value in points), default=0) or 1
    step = 88 / max(len(points) - 1, 1)
    spots = [
        (round(6 + index * step, 2), round(170 - 130 * value / top, 1))
        for index, (_label, value) in enumerate(points)
    ]
    every = -(-len(points) // MOST_LABELS)
    peak = max(range(len(points)), key=lambda index: points[index][1], default=0)
    lines = format_html_join(
        "",
        '<line class="trend-line" x1="{}%" y1="{}" x2="{}%" y2="{}"/>',
        ((x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(spots)),
    )
    dots = format_html_join("", '<circle class="trend-dot" cx="{}%" cy="{}" r="5"/>', spots)
    labels = format_html_join(
        "",
        '<text x="{}%" y="194" text-anchor="middle">{}</text>',
        (
            (x, label)
            for index, ((x, _y), (label, _value)) in enumerate(zip(spots, points, strict=True))
            if index % every == 0
        ),
    )
    named = range(len(points)) if every == 1 else sorted({0, peak, len(points) - 1})
    values = format_html_join(
        "",
        '<text class="value" x="{}%" y="{}" text-anchor="middle">{}</text>',
        ((spots[index][0], spots[index][1] - 13, points[index][1]) for index in named if points),
    )
    axis = SafeString('<line class="axis" x1="2%" y1="170" x2="98%" y2="170"/>')
    svg = _svg(uid, "204", title, _in_words(points), axis + lines + dots + labels + values)
    return Chart(title, svg, list(headings) or [_("When"), _("How many")], list(points))


def links(uid: str, title: str, flows: Sequence[tuple[str, str, int]], headings: Sequence[str] = ()) -> Chart:
    """Who learns from whom: (giver, taker, times), givers on the left, takers on the right."""
    givers = list(dict.fromkeys(giver for giver, _taker, _times in flows))
    takers = list(dict.fromkeys(taker for _giver, taker, _times in flows))
    height = 34 * max(len(givers), len(takers), 1) + 30
    left, right = _down(givers, height), _down(takers, height)
    top = max((times for _giver, _taker, times in flows), default=1) or 1
    arcs = format_html_join(
        "",
        '<path class="arc" d="M232 {}C320 {} 320 {} 408 {}" stroke-width="{}"><title>{}</title></path>',
        (
            (
                left[giver],
                left[giver],
                right[taker],
                right[taker],
                round(1.5 + 8.5 * times / top, 1),
                _flow(giver, taker, times),
            )
            for giver, taker, times in flows
        ),
    )
    nodes = format_html_join(
        "",
        '<circle class="node" cx="{}" cy="{}" r="6"/><text x="{}" y="{}" text-anchor="{}">{}</text>',
        [(232, y, 218, y + 5, "end", _shortened(name)) for name, y in left.items()]
        + [(408, y, 422, y + 5, "start", _shortened(name)) for name, y in right.items()],
    )
    described = "; ".join(_flow(*flow) for flow in flows)
    svg = _svg(uid, f"0 0 640 {height}", title, described, arcs + nodes)
    return Chart(
        title, svg, list(headings) or [_("Shares"), _("Learns"), _("Times")], list(flows), scrolls=True
    )


def _down(names: Sequence[str], height: int) -> dict[str, float]:
    step = height / (len(names) + 1) if names else 0
    return {name: round(step * (index + 1), 1) for index, name in enumerate(names)}


def _shortened(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def _flow(giver: str, taker: str, times: int) -> str:
    return _("%(taker)s learns from %(giver)s (%(times)s)") % {"taker": taker, "giver": giver, "times": times}


def tile_map(uid: str, title: str, tiles: Sequence[Tile], headings: Sequence[str] = ()) -> Chart:
    """A hexagon for each area, darker for more. One with an `href` is a link."""
    radius, width = 46, 46 * 3**0.5
    top = max((tile.value for tile in tiles), default=0) or 1
    corners = ((0, -1), (0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5))
    drawn = []
    first = min((tile.column for tile in tiles), default=0)
    for tile in sorted(tiles, key=lambda tile: (tile.row, tile.column)):
        x = width * (tile.column - first + 0.5 * (tile.row % 2) + 0.5) + 2
        y = radius * (1.5 * tile.row + 1) + 2
        points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in corners)
        inside = format_html(
            '<title>{}: {}</title><polygon points="{}"/><text x="{}" y="{}">{}</text><text class="value" x="{}" y="{}">{}</text>',
            tile.name, tile.value, points, f"{x:.0f}", f"{y - 3:.0f}", tile.short, f"{x:.0f}", f"{y + 17:.0f}", tile.value,
        )  # fmt: skip
        shade = 0 if not tile.value else min(3, 1 + int(3 * tile.value / (top + 1e-9)))
        if tile.href:
            drawn.append(
                format_html(
                    '<a class="tile tile-{}" href="{}" aria-label="{}: {}">{}</a>',
                    shade,
                    tile.href,
                    tile.name,
                    tile.value,
                    inside,
                )
            )
        else:
            drawn.append(format_html('<g class="tile tile-{}">{}</g>', shade, inside))
    across = max((tile.column - first + 0.5 * (tile.row % 2) for tile in tiles), default=0) + 1
    down = max((tile.row for tile in tiles), default=0)
    rows = [(tile.name, tile.value) for tile in tiles]
    size = f"0 0 {width * across + 4:.0f} {radius * (1.5 * down + 2) + 4:.0f}"
    # What stands inside an "img" is hidden from a screen reader, and links must not be.
    is_picture = not any(tile.href for tile in tiles)
    svg = _svg(
        uid, size, title, _in_words(rows), format_html_join("", "{}", ((one,) for one in drawn)), is_picture
    )
    return Chart(title, svg, list(headings) or [_("Area"), _("How many")], rows)
