"""Several people at the same moment, with real threads or processes, on whichever database the tests run on."""

import multiprocessing
import os
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import django
from django.db import connection
from django.utils.module_loading import import_string


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


def in_processes(function: str, number: int, *given: Any) -> list[str]:
    """Call `function(number, *given)` in so many processes, all starting together; what each gave, in their order.

    `function` is a dotted name: the processes begin anew, with connections of their own to the tests' database.
    """
    context = multiprocessing.get_context("spawn")
    gate, said = context.Barrier(number), context.Queue()
    settings = connection.settings_dict
    workers = [
        context.Process(target=_in_process, args=[gate, said, settings["NAME"], function, each, given])
        for each in range(number)
    ]
    for worker in workers:
        worker.start()
    answers = dict(said.get(timeout=120) for _worker in workers)
    for worker in workers:
        worker.join(60)
    return [answers[each] for each in range(number)]


def _in_process(gate: Any, said: Any, name: Any, function: str, number: int, given: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")
    django.setup()
    connection.settings_dict["NAME"] = name
    call = import_string(function)
    gate.wait(60)
    try:
        answer = call(number, *given)
    except Exception as error:
        answer = f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    said.put((number, answer))
