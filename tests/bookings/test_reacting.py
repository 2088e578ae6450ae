"""What becomes of bookings when organisers change the date under them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from bookings import arriving, changing
from bookings.chores import letters as chores
from bookings.models import Booking, BookingRules, Delivery, Need, Place
from bookings.places import Wish
from people.models import Member, Organisation
from people.refusal import Refused
from seminars import news
from seminars.programme import change_run, change_slot, keep_session, remove_run, remove_session, remove_slot
from tests import factories
from tests.bookings.ground import book, book_one, bookable, person, states, workshops

pytestmark = pytest.mark.django_db


def letters(booking: Booking) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(booking=booking).exclude(state="dropped").order_by("pk")
    return list(rows.values_list("kind", "calendar"))


def test_cancelling_takes_the_entry_out_and_reinstating_puts_it_back(organiser: Member) -> None:
    date = bookable(1)
    sure, waits = book_one(date), book_one(date)

    date.cancel("Snow", by=organiser)
    date.reinstate(by=organiser)

    # The confirmation had not gone yet: it would have put the entry back.
    assert letters(sure) == [("date cancelled", "CANCEL"), ("change", "REQUEST")]
    assert letters(waits) == [("queued", ""), ("date cancelled", ""), ("change", "")]
    assert states(sure, waits) == ["confirmed", "waiting"]


def test_on_a_cancelled_date_nobody_is_told_of_workshops_or_places(organiser: Member) -> None:
    """Each of these would put an entry into a calendar out of which it was taken."""
    date = bookable(5, date={"joining_link": "https://meet.example/1"})
    (run,) = workshops(date, 1)
    first, second = book_one(date, runs=[run]), book_one(date, runs=[run])
    date.cancel("Snow", by=organiser)
    before = letters(second)

    changing.cancel(first)
    change_run(run, run.slot, None, 3)
    change_slot(run.slot, run.slot.starts_at, run.slot.ends_at - timedelta(minutes=5))
    date.relocate(factories.VenueFactory(), "in person", by=organiser)
    news.tell(date, "joining", organiser)

    assert letters(second) == before
    assert Place.objects.get(booking=second).state == "confirmed"


def test_moving_keeps_needs_until_the_new_date_and_opens_the_queue(organiser: Member) -> None:
    date = bookable(1, hours_to_answer=8, date={"booking_closes_at": timezone.now() + timedelta(days=10)})
    sitting, waits = book_one(date, person(access="A ramp")), book_one(date)
    date.booking_closes_at = timezone.now() - timedelta(hours=1)
    date.save()
    changing.cancel(sitting)
    needy = book_one(date, person(access="A ramp"), organiser=organiser)
    assert states(waits, needy) == ["waiting", "waiting"]

    later = timedelta(days=60)
    date.move(date.starts_at + later, date.ends_at + later, by=organiser)

    assert states(waits, needy) == ["offered", "waiting"]
    kept = Need.objects.get(booking=needy)
    assert kept.delete_after == date.local_end.date() + timedelta(days=28)


def test_offers_end_with_a_close_that_comes_earlier(organiser: Member) -> None:
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first)
    close = timezone.now() + timedelta(hours=1)

    date.booking_closes_at = close
    date.save()
    news.tell(date, "booking times", organiser)

    second.refresh_from_db()
    assert second.offer_expires_at == close


def test_offers_of_a_date_that_is_reinstated_too_late_have_ended(organiser: Member) -> None:
    date = bookable(1)
    first, second = book_one(date), book_one(date)
    changing.cancel(first)
    date.cancel("Snow", by=organiser)
    date.booking_closes_at = timezone.now() - timedelta(hours=1)
    date.save()

    date.reinstate(by=organiser)

    with pytest.raises(Refused, match="has ended"):
        changing.accept(second)
    assert states(second) == ["lapsed"]


def test_publishing_again_offers_what_is_free(organiser: Member) -> None:
    date = bookable(1)
    workshops(date, 5)
    date.seminar.focus_en = "What it is about."
    date.seminar.save()
    first, second = book_one(date), book_one(date)
    date.cancel("Snow", by=organiser)
    date.seminar.archive(by=organiser)
    date.reinstate(by=organiser)
    changing.cancel(first)
    assert states(second) == ["waiting"]

    date.seminar.publish(by=organiser)

    assert states(second) == ["offered"]


def test_run_that_goes_takes_wishes_with_it_and_places_keep_it() -> None:
    date = bookable(5)
    small, large = workshops(date, 1, 5)
    taker, waits = book_one(date, runs=[small]), book_one(date, runs=[Wish(small, 1), Wish(large, 2)])

    for remove, thing in [(remove_run, small), (remove_slot, small.slot), (remove_session, small.session)]:
        with pytest.raises(Refused, match="booked"):
            remove(thing)
    changing.choose_workshops(taker, [])
    changing.choose_workshops(waits, [Wish(large)])
    BookingRules.objects.update(workshops="drawn", draws_at=timezone.now() + timedelta(days=1))
    wishes = book_one(date, runs=[small])
    assert list(wishes.places.values_list("run", "state")) == [(small.pk, "wanted")]

    remove_run(small)

    assert not wishes.places.exists()
    assert letters(wishes)[-1][0] == "change"


def test_wishes_go_to_another_slot_with_their_run() -> None:
    date = bookable(0)
    (run,) = workshops(date, 5)
    other = factories.SlotFactory(seminar_date=date, starts_at=date.starts_at + timedelta(hours=2))
    (waits,) = book(date, runs=[run])

    change_run(run, other, None, 5)

    assert Place.objects.get(booking=waits).slot == other


def test_new_joining_details_are_told_to_those_who_join_online(organiser: Member) -> None:
    mixed, hall = bookable(5, online=5), bookable(5)
    at_home, here = book_one(mixed, attendance="online"), book_one(mixed)
    in_the_hall = book_one(hall)

    for date in (mixed, hall):
        news.tell(date, "joining", organiser)

    told = {row.booking for row in Delivery.objects.filter(kind="change")}
    assert told == {at_home, in_the_hall}
    assert here not in told


def test_several_changes_of_a_programme_are_one_letter_that_names_them_all(organiser: Member) -> None:
    date = bookable(5)
    (run,) = workshops(date, 5)
    booking = book_one(date, runs=[run])

    news.tell(date, "joining", organiser)
    change_slot(run.slot, run.slot.starts_at, run.slot.ends_at - timedelta(minutes=5))
    change_slot(run.slot, run.slot.starts_at, run.slot.ends_at - timedelta(minutes=5))

    change = Delivery.objects.get(booking=booking, kind="change")
    assert change.detail["what"] == ["joining", "programme"]
    assert change.due_at > timezone.now()


def test_a_workshop_with_places_stays_one_and_wishes_for_what_is_none_any_more_go() -> None:
    """Who has a place in it could neither see it nor give it up, and would lose it by choosing another workshop."""
    date = bookable(5)
    taken, wanted = workshops(date, 5, 5)
    has_a_place = book_one(date, runs=[taken])
    date.booking_rules.needs_approval = True
    date.booking_rules.save()
    asks = book_one(date, runs=[wanted])

    taken.session.kind = "break"
    with pytest.raises(Refused, match="People have booked a place in"):
        keep_session(taken.session)
    wanted.session.kind = "panel"
    keep_session(wanted.session)

    taken.session.refresh_from_db()
    assert taken.session.kind == "workshop"
    assert [place.run for place in Place.objects.all()] == [taken]
    assert letters(has_a_place) == [("confirmation", "REQUEST")]
    assert letters(asks) == [("requested", ""), ("change", "")]


def test_the_page_of_a_session_says_why_it_stays_a_workshop(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    date = bookable(5, seminar=factories.SeminarFactory(organisation=organisation))
    (run,) = workshops(date, 5)
    book_one(date, runs=[run])
    address = reverse("seminars:organise-session", args=[date.seminar.slug, run.session.pk])
    given = {"kind": "break", "title_en": "Coffee", "title_cy": "Coffi"}

    answer = client_of(organiser).post(address, given)

    assert "People have booked a place in" in answer.content.decode()
    run.session.refresh_from_db()
    assert (run.session.kind, run.session.title_en) != ("break", "Coffee")


@pytest.mark.parametrize("what", ["move", "reinstate", "close"])
def test_who_was_offered_a_place_is_told_its_new_end(organiser: Member, what: str) -> None:
    """The letter that they have says another one: they would think that they have time, or have none."""
    date = bookable(1, hours_to_answer=40)
    sitting, offered = book_one(date), book_one(date)
    changing.cancel(sitting)
    Delivery.objects.update(state="sent")
    before = Booking.objects.get(pk=offered.pk).offer_expires_at
    assert before is not None

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        if what == "move":
            date.move(date.starts_at + timedelta(days=9), date.ends_at + timedelta(days=9), by=organiser)
        elif what == "reinstate":
            date.cancel("Snow", by=organiser)
            date.reinstate(by=organiser)
        else:
            date.booking_closes_at = timezone.now() + timedelta(hours=3)
            date.save()
            news.tell(date, "booking times", organiser)
            # Once more: nothing has changed.
            news.tell(date, "booking times", organiser)

    new = Delivery.objects.filter(booking=offered, state="due").order_by("pk")
    assert [letter.kind for letter in new][-1] == "offer"
    assert [letter.kind for letter in new].count("offer") == 1
    assert Booking.objects.get(pk=offered.pk).offer_expires_at != before


def test_who_was_offered_a_place_is_warned_of_its_new_end_as_well(organiser: Member) -> None:
    date = bookable(1, hours_to_answer=8)
    sitting, offered = book_one(date), book_one(date)
    changing.cancel(sitting)

    def end() -> datetime:
        found = Booking.objects.get(pk=offered.pk).offer_expires_at
        assert found is not None
        return found

    with time_machine.travel(end() - timedelta(hours=1)):
        chores.warn_of_ending_offers()
        chores.warn_of_ending_offers()
        assert [letter.kind for letter in Delivery.objects.filter(booking=offered)].count(
            "offer expiring"
        ) == 1
        date.move(date.starts_at + timedelta(days=9), date.ends_at + timedelta(days=9), by=organiser)
    with time_machine.travel(end() - timedelta(hours=1)):
        chores.warn_of_ending_offers()

    assert [letter.kind for letter in Delivery.objects.filter(booking=offered)].count("offer expiring") == 2


def test_who_waits_for_a_workshop_is_told_its_new_time_as_well() -> None:
    """The entry in their calendar says when it is that they wait for."""
    date = bookable(2)
    (run,) = workshops(date, 1)
    has_it, waits, hopes = (book_one(date, runs=[run]) for _each in range(3))

    change_slot(run.slot, run.slot.starts_at + timedelta(minutes=5), run.slot.ends_at)

    assert letters(has_it) == letters(waits) == [("confirmation", "REQUEST"), ("change", "REQUEST")]
    assert letters(hopes) == [("queued", ""), ("change", "")]


def test_nobody_is_told_of_a_programme_that_changes_once_the_day_is_closed(organiser: Member) -> None:
    date = bookable(2)
    (run,) = workshops(date, 1)
    came, waited = (book_one(date, runs=[run]) for _each in range(2))
    arriving.check_in(came, "code")
    arriving.settle(date, by=organiser, now=date.ends_at + timedelta(hours=1))

    change_slot(run.slot, run.slot.starts_at + timedelta(minutes=5), run.slot.ends_at)

    assert states(came, waited) == ["attended", "no show"]
    assert letters(came) == letters(waited) == [("confirmation", "REQUEST")]
