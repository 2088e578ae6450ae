"""What races of bookings have in common."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from bookings.models import Booking
from people.refusal import Refused
from tests.bookings.ground import check_invariants
from tests.races import at_once


def race(*verbs: Callable[[], Any]) -> list[Any]:
    """What each came to. Whatever is no refusal in words is a fault; and then all that must be true is true."""
    answers = at_once(*verbs)
    faults = [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert faults == []
    check_invariants()
    return answers


def everybody() -> Counter[str]:
    return Counter(Booking.objects.values_list("state", flat=True))
