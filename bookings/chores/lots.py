"""Draws whose time has come."""

from bookings import drawing
from people.chores import chore


@chore("workshops drawn")
def draw_lots() -> int:
    return drawing.draw_all_due()
