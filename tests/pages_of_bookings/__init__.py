"""Bookings in the table of `tests/pages.py`, a module for each module of addresses."""

from tests.pages_of_bookings import afterwards, arranging, asking, booking, day, managing, organising, writing

BOOKINGS = [
    *booking.PAGES,
    *managing.PAGES,
    *organising.PAGES,
    *arranging.PAGES,
    *writing.PAGES,
    *day.PAGES,
    *asking.PAGES,
    *afterwards.PAGES,
]
