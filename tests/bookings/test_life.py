"""The whole life of bookings, as hypothesis plays it; `HYPOTHESIS_PROFILE=thorough` plays it for many minutes."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bookings import life, watching
from tests.bookings.long_life import LongLife

pytestmark = pytest.mark.django_db

IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def play(machine: type[life.Life], lives: int, capsys: pytest.CaptureFixture[str]) -> None:
    life.STEPS.clear()
    life.WAYS_TAKEN.clear()
    life.DONE.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "1000" if IS_THOROUGH else lives)),
            stateful_step_count=60 if IS_THOROUGH else 30,
            deadline=None,
            # The same in every run, unless somebody wants to look for more.
            derandomize=not IS_THOROUGH,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    if IS_THOROUGH:
        with capsys.disabled():
            print(f"{len(life.STEPS)} lives, {sum(life.STEPS)} steps", life.DONE, life.WAYS_TAKEN, sep="\n")


# That nothing went wrong means little unless everything happened.


def test_every_step_of_a_booking_keeps_what_must_always_be_true(capsys: pytest.CaptureFixture[str]) -> None:
    play(life.Life, 30, capsys)

    never = watching.STEPS_ALLOWED - set(life.WAYS_TAKEN)
    assert len(never) <= 3, never


def test_so_does_every_step_of_what_is_around_it_and_calendars_are_true(
    capsys: pytest.CaptureFixture[str],
) -> None:
    play(LongLife, 15, capsys)

    assert {*life.DONE} >= {"change", "correct", "save_rules", "open_pool"}, life.DONE
