"""Offers whose time is over."""

from bookings import waiting
from people.chores import chore


@chore("offers ended")
def end_offers() -> int:
    return waiting.expire_all()
