"""Who came, thanks, and what came of commitments."""

from bookings import arriving
from people.chores import chore


@chore("bookings settled after the day")
def settle_days() -> int:
    return arriving.settle_all()
