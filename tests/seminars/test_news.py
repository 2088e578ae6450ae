"""What a change of a date tells the apps above, and that they can refuse it."""

from datetime import timedelta
from typing import Any

import pytest

from people.models import Member
from people.refusal import Refused
from seminars import news
from seminars.models import Run, SeminarDate
from seminars.programme import add_run, change_run, change_slot, remove_run
from tests import factories
from tests.seminars.ground import Morning, morning

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


@pytest.mark.parametrize(
    ("changed", "news_of_it"),
    [
        ({"joining_link": "https://meet.example/1"}, ["joining"]),
        ({"joining_instructions_cy": "Trwy’r drws cefn"}, ["joining"]),
        ({"closes_day_0": "14", "closes_day_1": "9", "closes_day_2": "2026"}, ["booking times"]),
        ({}, []),
    ],
)
def test_form_tells_what_it_changed(
    told: list[str], staff: Member, client_of: Any, changed: dict[str, str], news_of_it: list[str]
) -> None:
    date = morning().date
    data = {"attendance": "in person", "venue": str(date.venue_id), "seen": date.updated_at.isoformat()}

    answer = client_of(staff).post(
        f"/en/organise/{date.seminar.slug}/dates/{date.slug}/", {**data, **changed}
    )

    assert answer.status_code == 302
    assert told == news_of_it


def test_refused_change_of_place_is_not_shown_as_done(
    monkeypatch: pytest.MonkeyPatch, staff: Member, client_of: Any
) -> None:
    def refuse(*args: Any, **detail: Any) -> None:
        raise Refused("People have booked.")

    date = morning().date
    monkeypatch.setattr(news, "_listeners", [refuse])
    data = {"attendance": "online", "seen": date.updated_at.isoformat()}

    page = client_of(staff).post(f"/en/organise/{date.seminar.slug}/dates/{date.slug}/", data)

    assert "People have booked." in page.content.decode()
    assert f", {date.venue.tr('town')}</h1>" in page.content.decode()


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


def stale_run(ground: Morning, taken: int) -> Run:
    """A run that was read just before so many people took a place in it."""
    run = add_run(ground.session("Digital"), ground.slots[0], ground.rooms[0], 10)
    run.refresh_from_db = lambda *args, **kwargs: None  # type: ignore[method-assign]
    Run.objects.filter(pk=run.pk).update(taken=taken)
    return run


def test_change_of_a_run_leaves_what_bookings_count() -> None:
    """The counter is another lock's: what was read before it rose must not be written back."""
    ground = morning()
    run = stale_run(ground, taken=3)

    change_run(run, ground.slots[0], ground.rooms[1], 9)

    assert Run.objects.values_list("taken", "capacity").get(pk=run.pk) == (3, 9)


def test_capacity_below_what_is_taken_meanwhile_is_refused_in_words() -> None:
    ground = morning()
    run = stale_run(ground, taken=3)

    with pytest.raises(Refused, match="clashes with what somebody else has just changed"):
        change_run(run, ground.slots[0], ground.rooms[0], 2)

    assert Run.objects.values_list("taken", "capacity").get(pk=run.pk) == (3, 10)


def test_run_in_which_somebody_took_a_place_meanwhile_stays() -> None:
    ground = morning()
    run = add_run(ground.session("Digital"), ground.slots[0], ground.rooms[0], 10)
    Run.objects.filter(pk=run.pk).update(taken=1)

    with pytest.raises(Refused, match="People have booked a place in “Digital”"):
        remove_run(run)

    assert Run.objects.filter(pk=run.pk).exists()
