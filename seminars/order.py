"""Things in an order that people choose, by buttons or by dragging."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.http import QueryDict


def arrange(rows: models.QuerySet[Any], wanted: Sequence[int]) -> None:
    """Number `rows` in the order of the keys `wanted`; unknown keys are passed over, those not named follow."""
    place = {pk: index for index, pk in enumerate(wanted)}
    with transaction.atomic():
        ordered = sorted(rows.select_for_update(), key=lambda row: place.get(row.pk, len(place)))
        for position, row in enumerate(ordered):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


def step(rows: models.QuerySet[Any], row: Any, by: int) -> None:
    """Move one row up (-1) or down (+1); at an end it stays."""
    keys = list(rows.values_list("pk", flat=True))
    here = keys.index(row.pk)
    there = min(max(here + by, 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    arrange(rows, keys)


def reorder(rows: models.QuerySet[Any], posted: QueryDict) -> None:
    """As `js/order.js` and the buttons without it say: `move` is `up:<key>` or `down:<key>`, `order` is every key."""
    direction, _colon, key = posted.get("move", "").partition(":")
    moved = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if moved is not None:
        step(rows, moved, -1 if direction == "up" else 1)
    elif wanted := posted.getlist("order"):
        arrange(rows, [int(each) for each in wanted if each.isdecimal()])
