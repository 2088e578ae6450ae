"""What becomes of a member's bookings when they close their account (people/closing.py).

A booking for a date to come stays: it was made with an address, and its link still manages it. Those that have ended
lose the person.
"""

from bookings import mine, retention
from people.models import Member


def leave(member: Member, keep_name: bool) -> None:
    # Also those made without an account, before there was one: with an address that is proved to be theirs.
    retention.anonymise(mine.of(member).filter(retention.ended()))
    retention.forget_addresses()
