"""What becomes of a member's bookings when they close their account (people/closing.py).

A booking for a date to come stays: it was made with an address, and its link still manages it. Those that have ended
lose the person.
"""

from bookings import retention
from bookings.models import Booking
from people.models import Member


def leave(member: Member, keep_name: bool) -> None:
    retention.anonymise(Booking.objects.filter(retention.ended(), member=member, anonymised_at=None))
    retention.forget_addresses()
