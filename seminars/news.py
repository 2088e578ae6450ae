"""What the apps above must know of a change of a date. They register a function in AppConfig.ready:

    news.on_news(lambda seminar_date, what, by, **detail: ...)

It runs in the transaction of the change, under the seminar's lock, and may raise `Refused`: then nothing has changed.

Before that, a page asks what a change will bring; the apps above answer in sentences for the organiser:

    news.on_asking(lambda seminar_date, what: [...])
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seminars.models.date import SeminarDate

Listener = Callable[..., None]
Foreseer = Callable[["SeminarDate", str], list[str]]
_listeners: list[Listener] = []
_foreseers: list[Foreseer] = []


def on_news(function: Listener) -> None:
    """`function(seminar_date, what, by, **detail)`; `what` is "moved", "relocated", "cancelled" and so on."""
    if function not in _listeners:
        _listeners.append(function)


def tell(seminar_date: "SeminarDate", what: str, by: Any, **detail: Any) -> None:
    for function in _listeners:
        function(seminar_date, what, by, **detail)


def on_asking(function: Foreseer) -> None:
    """`function(seminar_date, what)` says what will follow if the organiser goes on."""
    if function not in _foreseers:
        _foreseers.append(function)


def ask(seminar_date: "SeminarDate", what: str) -> list[str]:
    return [sentence for function in _foreseers for sentence in function(seminar_date, what)]
