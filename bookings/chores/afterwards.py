"""Who came, thanks, and what came of commitments."""

from bookings import arriving, following_up
from people.chores import chore


@chore("bookings settled after the day")
def settle_days() -> int:
    return arriving.settle_all()


@chore("questions about commitments written")
def ask_about_commitments() -> int:
    return following_up.ask()
