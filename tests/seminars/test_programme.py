"""Slots and runs: what clashes is refused, in words that name both things, and then nothing has changed."""

import pytest
from django.db import IntegrityError

from people.refusal import Refused
from seminars.models import Billing, Run, RunSpeaker, Session, Slot
from seminars.programme import (
    add_run,
    add_slot,
    bill,
    change_run,
    change_slot,
    copy_programme,
    remove_run,
    remove_session,
    remove_slot,
    settle,
    unbill,
)
from tests import factories
from tests.seminars.ground import Morning, at, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Morning:
    return morning()


def refusal(verb: object, *args: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*args)  # type: ignore[operator]
    return refused.value.sentences


def test_adjacent_slots_are_fine(day: Morning) -> None:
    add_slot(day.date, at("9:15"), at("9:30"))

    assert day.date.slots.count() == 4


def test_an_overlapping_slot_is_refused_with_both_times(day: Morning) -> None:
    assert refusal(add_slot, day.date, at("9:00"), at("9:30")) == [
        "10:00–10:30 overlaps the slot 09:30–10:15."
    ]
    assert day.date.slots.count() == 3


def test_a_slot_lies_within_its_date(day: Morning) -> None:
    said = ["The slot must lie within the date, 09:30 to 13:00."]

    assert refusal(add_slot, day.date, at("8:00"), at("8:30")) == said
    assert refusal(add_slot, day.date, at("11:45"), at("12:05")) == said
    assert refusal(add_slot, day.date, at("11:45"), at("11:45")) == ["The slot must end after it starts."]


def test_a_slot_may_be_stretched_over_its_own_time(day: Morning) -> None:
    change_slot(day.slots[0], at("8:30"), at("9:30"))

    assert str(Slot.objects.get(pk=day.slots[0].pk)) == "09:30–10:30"
    assert refusal(change_slot, day.slots[0], at("8:30"), at("9:45")) == [
        "09:30–10:45 overlaps the slot 10:30–11:15."
    ]


def test_a_run_takes_as_many_as_its_room_holds(day: Morning) -> None:
    assert add_run(day.session("Talent"), day.slots[0], day.rooms[0]).capacity == 30
    assert add_run(day.session("Data"), day.slots[0], day.rooms[1], 12).capacity == 12


def test_a_break_has_no_room(day: Morning) -> None:
    run = add_run(day.session("Coffee", kind=Session.Kind.BREAK), day.slots[1], day.rooms[0], 10)

    assert (run.room, run.capacity) == (None, None)


def test_a_room_in_use_is_refused_with_what_is_in_it(day: Morning) -> None:
    add_run(day.session("Talent"), day.slots[1], day.rooms[0])

    assert refusal(add_run, day.session("Data"), day.slots[1], day.rooms[0]) == [
        "Taf already has “Talent” at 10:30."
    ]
    assert Run.objects.count() == 1


def test_a_speaker_is_never_in_two_runs_at_once(day: Morning) -> None:
    ceri = factories.SpeakerFactory(name="Ceri Rees")
    add_run(day.session("Talent", ceri), day.slots[1], day.rooms[0])

    said = refusal(add_run, day.session("Data", ceri), day.slots[1], day.rooms[1])

    assert said == ["Ceri Rees speaks in “Talent” at 10:30."]
    assert Run.objects.count() == 1


def test_a_workshop_repeats_in_other_slots(day: Morning) -> None:
    talent = day.session("Talent", factories.SpeakerFactory())

    for slot in day.slots:
        add_run(talent, slot, day.rooms[0])

    assert [run.slot for run in talent.runs.all()] == day.slots
    assert RunSpeaker.objects.count() == 3


def test_billing_somebody_who_speaks_elsewhere_then_is_refused(day: Morning) -> None:
    ceri, data = factories.SpeakerFactory(name="Ceri Rees"), day.session("Data")
    add_run(day.session("Talent", ceri), day.slots[1], day.rooms[0])
    add_run(data, day.slots[1], day.rooms[1])

    assert refusal(bill, data, ceri) == ["Ceri Rees speaks in “Talent” at 10:30."]
    assert not data.billings.exists()


def test_billing_twice_is_refused_and_order_is_kept(day: Morning) -> None:
    session, first, second = day.session("Double act"), *factories.SpeakerFactory.create_batch(2)
    bill(session, first)
    bill(session, second)

    assert [each.speaker for each in session.billings.all()] == [first, second]
    assert refusal(bill, session, first) == [f"{first} is on “Double act” already."]


@pytest.mark.parametrize("state", [Billing.State.DECLINED, Billing.State.WITHDRAWN])
def test_who_declined_is_free_and_comes_back_only_where_nothing_clashes(day: Morning, state: str) -> None:
    ceri = factories.SpeakerFactory(name="Ceri Rees")
    talent, data = day.session("Talent", ceri), day.session("Data")
    add_run(talent, day.slots[1], day.rooms[0])
    add_run(data, day.slots[1], day.rooms[1])

    settle(talent.billings.get(), state)
    bill(data, ceri)

    assert [each.run.session for each in RunSpeaker.objects.all()] == [data]
    assert refusal(settle, talent.billings.get(), Billing.State.ACCEPTED) == [
        "Ceri Rees speaks in “Data” at 10:30."
    ]
    assert talent.billings.get().state == state


def test_taking_a_speaker_off_frees_them(day: Morning) -> None:
    ceri = factories.SpeakerFactory()
    talent = day.session("Talent", ceri)
    add_run(talent, day.slots[1], day.rooms[0])

    unbill(talent.billings.get())

    add_run(day.session("Data", ceri), day.slots[1], day.rooms[1])


def test_a_run_moves_only_to_where_it_fits(day: Morning) -> None:
    run = add_run(day.session("Talent"), day.slots[0], day.rooms[0])
    add_run(day.session("Data"), day.slots[1], day.rooms[0])

    assert refusal(change_run, run, day.slots[1], day.rooms[0]) == ["Taf already has “Data” at 10:30."]
    change_run(run, day.slots[1], day.rooms[1], 8)

    assert Run.objects.filter(slot=day.slots[1], room=day.rooms[1], capacity=8).get() == run


def test_what_people_have_booked_stays(day: Morning) -> None:
    run = add_run(day.session("Talent"), day.slots[0], day.rooms[0])
    Run.objects.update(taken=5)
    run.refresh_from_db()
    said = ["People have booked a place in “Talent”."]

    assert refusal(remove_run, run) == said
    assert refusal(remove_slot, run.slot) == said
    assert refusal(remove_session, run.session) == said
    assert refusal(change_run, run, run.slot, run.room, 4) == [
        "5 people have a place already, so it cannot be for 4."
    ]
    assert Run.objects.get().capacity == 30


def test_rooms_and_slots_of_others_are_refused(day: Morning) -> None:
    elsewhere = factories.RoomFactory(name_en="Far")

    assert refusal(add_run, day.session("X"), day.slots[0], elsewhere) == [
        "Far is not at the venue of this date."
    ]
    assert refusal(add_run, factories.SessionFactory(), day.slots[0]) == ["That slot is another seminar's."]


def test_the_database_refuses_what_goes_past_the_check(day: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    ceri = factories.SpeakerFactory()
    add_run(day.session("Talent", ceri), day.slots[0], day.rooms[0])
    monkeypatch.setattr("seminars.programme._speaker_clashes", lambda run, slot: [])

    said = refusal(add_run, day.session("Data", ceri), day.slots[0], day.rooms[1])

    assert said[0].startswith("This clashes with what somebody else has just changed.")
    assert Run.objects.count() == 1
    with pytest.raises(IntegrityError):
        RunSpeaker.objects.create(run=Run.objects.get(), slot=day.slots[0], speaker=ceri)


def test_a_programme_is_copied_with_its_times_shifted_and_rooms_matched_by_name(day: Morning) -> None:
    venue = factories.VenueFactory()
    twin = factories.RoomFactory(venue=venue, name_en="TAF", name_cy="", capacity=12)
    other = factories.SeminarDateFactory(
        seminar=day.seminar, starts_at=at("9:00", 29), ends_at=at("12:30", 29), venue=venue
    )
    add_run(day.session("Talent", factories.SpeakerFactory()), day.slots[0], day.rooms[0])
    add_run(day.session("Data"), day.slots[0], day.rooms[1])

    notes = copy_programme(day.date, other)

    assert [str(slot) for slot in other.slots.all()] == ["10:00–10:45", "11:00–11:45", "12:00–12:45"]
    first = other.slots.first().runs.order_by("session__title_en")
    assert [(run.session.title_en, run.room, run.capacity) for run in first] == [
        ("Data", None, 30), ("Talent", twin, 12),
    ]  # fmt: skip
    assert notes == ["“Data” at 10:00 has no room yet: there is no Elwy at this venue."]
    assert RunSpeaker.objects.count() == 2


def test_a_copy_that_does_not_fit_changes_nothing(day: Morning) -> None:
    short = factories.SeminarDateFactory(
        seminar=day.seminar, starts_at=at("9:00", 29), ends_at=at("10:30", 29)
    )

    assert refusal(copy_programme, day.date, short) == ["The slot must lie within the date, 10:00 to 11:30."]
    assert not short.slots.exists()
    assert refusal(copy_programme, short, day.date) == [
        "This date has a programme already. Remove its slots first."
    ]
