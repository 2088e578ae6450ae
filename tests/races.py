"""Several people at the same moment, with real threads, on whichever database the tests run on."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make every call in a thread of its own, all starting together; what each gave, or the exception that it raised."""
    gate, given = Barrier(len(calls)), []

    def run(call: Callable[[], Any]) -> None:
        gate.wait(30)
        try:
            given.append(call())
        except Exception as error:
            given.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(given) == len(calls), "one of them never came back"
    return given
