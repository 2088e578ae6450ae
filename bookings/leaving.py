"""What becomes of a member's bookings when they close their account (people/closing.py).

A booking for a date to come stays: it was made with an address, and its link still manages it. Those that have ended
lose the person.
"""

from bookings import mine, retention
from bookings.models import Booking, Delivery
from people.models import Member


def leave(member: Member, keep_name: bool) -> None:
    # Also those made without an account, before there was one: with an address that is proved to be theirs.
    retention.anonymise(mine.of(member).filter(retention.ended()))
    _leave_colleagues(member)
    retention.forget_addresses()


def _leave_colleagues(member: Member) -> None:
    """Whom they booked for keep their bookings, without who booked: but where letters have no other way to go."""
    for address in member.confirmed_emails():
        others = Booking.objects.filter(retention.ended(), booked_by_email__iexact=address).exclude(email="")
        Delivery.objects.filter(booking__in=others, to__iexact=address).delete()
        others.update(booked_by_name="", booked_by_email="")
