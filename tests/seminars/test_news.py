"""What a change of a date tells the apps above, and that they can refuse it."""

from datetime import timedelta
from typing import Any

import pytest

from people.models import Member
from people.refusal import Refused
from seminars import news
from seminars.models import Run, SeminarDate
from seminars.programme import add_run, change_run, change_slot
from tests import factories
from tests.seminars.ground import morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(news, "_listeners", [lambda date, what, by, **detail: heard.append(what)])
    return heard


def test_verbs_of_a_date_tell(told: list[str], organiser: Member) -> None:
    date = factories.SeminarDateFactory()

    date.move(date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1), by=organiser)
    date.relocate(factories.VenueFactory(), "both", by=organiser)
    date.cancel("Snow", by=organiser)
    date.cancel("Snow again", by=organiser)
    date.reinstate(by=organiser)
    date.seminar.unpublish(by=organiser)
    date.remove(by=organiser)

    assert told == ["moved", "relocated", "cancelled", "reinstated", "unpublished", "removed"]


def test_who_is_told_may_refuse_and_then_nothing_has_changed(
    monkeypatch: pytest.MonkeyPatch, organiser: Member
) -> None:
    def refuse(*args: Any, **detail: Any) -> None:
        raise Refused("People have booked.")

    monkeypatch.setattr(news, "_listeners", [refuse])
    date = factories.SeminarDateFactory()
    before = SeminarDate.objects.values().get(pk=date.pk)

    with pytest.raises(Refused, match="People have booked"):
        date.relocate(None, "online", by=organiser)

    assert SeminarDate.objects.values().get(pk=date.pk) == before


def test_programme_tells_what_calendars_show(told: list[str]) -> None:
    ground = morning()
    run = add_run(ground.session("Digital"), ground.slots[0], ground.rooms[0])
    before = SeminarDate.objects.get(pk=ground.date.pk).ical_sequence

    change_run(run, ground.slots[0], ground.rooms[1])
    change_run(run, ground.slots[0], ground.rooms[1], 5)
    slot = ground.slots[1]
    change_slot(slot, slot.starts_at, slot.ends_at - timedelta(minutes=5))

    assert told == ["run", "capacity", "slot"]
    assert SeminarDate.objects.get(pk=ground.date.pk).ical_sequence == before + 2


def test_change_of_a_run_leaves_what_bookings_count(told: list[str]) -> None:
    """The counter is another lock's: what was read before it rose must not be written back."""
    ground = morning()
    run = add_run(ground.session("Digital"), ground.slots[0], ground.rooms[0], 10)
    stale = Run.objects.get(pk=run.pk)
    stale.refresh_from_db = lambda *args, **kwargs: None  # type: ignore[method-assign]
    Run.objects.filter(pk=run.pk).update(taken=3)

    change_run(stale, ground.slots[0], ground.rooms[1], 9)

    run.refresh_from_db()
    assert (run.taken, run.capacity) == (3, 9)
