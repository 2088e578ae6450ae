"""A process that sends what is due and is killed at one step: `python -m tests.bookings.killed_sender STEP NUMBER`.

It does not end: the kernel takes it away, so that nothing of ours can tidy up. NUMBER says at which letter.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django

STEPS = ("claimed", "written", "handed over")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arrange(step: str, number: int) -> None:
    from bookings import sending

    times = count(1)

    def at(original: Callable[..., Any], before: bool) -> Callable[..., Any]:
        def step_of_sending(*args: Any) -> Any:
            last = next(times) == number
            if last and before:
                die()
            result = original(*args)
            if last:
                die()
            return result

        return step_of_sending

    if step == "claimed":
        sending.claim = at(sending.claim, before=False)
    else:
        sending.hand_over = at(sending.hand_over, before=step == "written")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")
    django.setup()
    arrange(sys.argv[1], int(sys.argv[2]))
    from bookings import sending

    sending.send_due()
