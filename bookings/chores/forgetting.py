"""What is kept no longer."""

from bookings import retention
from people.chores import chore


@chore("needs deleted")
def forget_needs() -> int:
    return sum(one.number for one in retention.forget_needs())


@chore("bookings made anonymous")
def forget_people() -> int:
    gone = sum(one.number for one in retention.forget_people() if one.what == "bookings")
    if gone:
        retention.forget_addresses()
    return gone
