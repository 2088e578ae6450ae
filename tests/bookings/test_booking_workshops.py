"""Workshops on the booking form: first come, or ranked for the lots."""

import pytest
from django.test import Client
from django.urls import reverse

from bookings import drawing
from bookings.models import Booking, Place
from tests.bookings import ground
from tests.bookings.form import ME, address, go_on, hidden, text, up_to_check
from tests.bookings.test_booking_journeys import HOW

pytestmark = pytest.mark.django_db


def test_a_full_workshop_is_queued_for_and_another_taken_meanwhile(client: Client) -> None:
    date = ground.bookable(5)
    full, other = ground.workshops(date, 1, 5)
    ground.book(date, runs=[full])
    page = up_to_check(client, date, HOW, ME)
    assert "full: you would be first in its queue" in text(page)
    assert "5 places left" in text(page)

    slot = f"slot_{full.slot_id}"
    needs = go_on(client, page, **{slot: full.pk, f"{slot}_second": other.pk})
    done = go_on(client, go_on(client, needs))

    mine = Place.objects.filter(booking__name="Mair Owen").order_by("rank")
    assert [(place.run, place.state) for place in mine] == [(full, "waiting"), (other, "confirmed")]
    shown = text(client.get(done["Location"]))
    assert "In its queue" in shown
    assert str(other.session) in shown


def test_wishes_are_ranked_where_lots_are_drawn(client: Client) -> None:
    date = ground.bookable(5, workshops="drawn", draws_at=ground.later(days=3))
    first, second, third = ground.workshops(date, 1, 1, 1)
    page = up_to_check(client, date, HOW, ME)
    assert "How lots are drawn" in text(page)
    how = client.get(reverse("bookings:how-drawn", args=[date.seminar.slug, date.slug]))
    assert "the same workshop twice" in text(how)

    slot = f"slot_{first.slot_id}_rank_"
    needs = go_on(client, page, **{f"{slot}1": third.pk, f"{slot}3": first.pk})
    done = go_on(client, go_on(client, needs))

    assert list(Place.objects.values_list("run", "rank", "state")) == [
        (third.pk, 1, "wanted"),
        (first.pk, 2, "wanted"),
    ]
    assert second.pk not in Place.objects.values_list("run", flat=True)
    assert "The workshops are drawn on" in text(client.get(done["Location"]))


def test_where_lots_are_drawn_one_workshop_may_be_wanted_most_at_every_time(client: Client) -> None:
    date = ground.bookable(5, workshops="drawn", draws_at=ground.later(days=3))
    morning = ground.workshops(date, 1, 1)
    afternoon = ground.workshops(date, 1, 1, sessions=[run.session for run in morning])
    page = up_to_check(client, date, HOW, ME)
    wishes = {f"slot_{runs[0].slot_id}_rank_1": runs[0].pk for runs in (morning, afternoon)}

    go_on(client, go_on(client, go_on(client, page, **wishes)))

    wanted = [(morning[0].pk, 1), (afternoon[0].pk, 1)]
    assert list(Place.objects.order_by("pk").values_list("run", "rank")) == wanted
    drawing.publish(drawing.preview(date, by=None), by=None)
    assert list(Place.objects.values_list("run", "state")) == [(morning[0].pk, "confirmed")]


def test_there_is_no_page_about_lots_where_none_are_drawn(client: Client) -> None:
    date = ground.bookable(5)

    assert client.get(reverse("bookings:how-drawn", args=[date.seminar.slug, date.slug])).status_code == 404


def test_the_same_workshop_twice_is_refused_in_words(client: Client) -> None:
    date = ground.bookable(5)
    morning = ground.workshops(date, 5, 5)
    afternoon = ground.workshops(date, 5, 5, sessions=[run.session for run in morning])
    page = up_to_check(client, date, HOW, ME)

    chosen = {f"slot_{runs[0].slot_id}": runs[0].pk for runs in (morning, afternoon)}
    again = go_on(client, page, **chosen)

    words = f"You have chosen “{morning[0].session}” twice: you have it at {morning[0].slot.clock} already."
    assert words in text(again)
    assert f'<a href="#id_slot_{afternoon[0].slot_id}_0">{words}</a>' in again.content.decode()
    assert again.content.decode().count("checked") == 2


def test_runs_of_other_dates_and_nonsense_are_refused(client: Client) -> None:
    date, other = ground.bookable(5), ground.bookable(5)
    run = ground.workshops(date, 5)[0]
    theirs = ground.workshops(other, 5)[0]
    page = up_to_check(client, date, HOW, ME)

    for value in (theirs.pk, "99999999999999999999", "x", "-1", "1\x00"):
        again = go_on(client, page, **{f"slot_{run.slot_id}": value})
        assert "not in the programme of this date any more" in text(again)
        straight = client.post(address(date), {**hidden(page), f"slot_{run.slot_id}": value})
        assert "There is a problem" in text(straight)
    assert not Booking.objects.exists()


def test_a_run_that_is_gone_meanwhile_leads_back_to_the_choice(client: Client) -> None:
    date = ground.bookable(5)
    run, _other = ground.workshops(date, 5, 5)
    check = up_to_check(client, date, HOW, ME, {f"slot_{run.slot_id}": run.pk}, {})
    assert str(run.session) in text(check)
    run.delete()

    again = go_on(client, check)

    assert "not in the programme of this date any more" in text(again)
    assert hidden(again)["name_0"] == "Mair Owen"


def test_nothing_asks_for_workshops_where_there_are_none(client: Client) -> None:
    date = ground.bookable(5)

    assert "Step 2 of 4" in text(up_to_check(client, date, HOW))


def test_a_group_chooses_together(client: Client) -> None:
    date = ground.bookable(5)
    run, _other = ground.workshops(date, 1, 5)
    rows = {"name_1": "Cai Rees", "kind_1": "councillor", "language_1": "cy", "together": "split"}
    page = up_to_check(client, date, {**HOW, "whom": "group"}, {**ME, **rows})
    assert "What you choose here holds for all of you." in text(page)

    go_on(client, go_on(client, go_on(client, page, **{f"slot_{run.slot_id}": run.pk})))

    states = Place.objects.order_by("booking__request_place").values_list("booking__name", "state")
    assert list(states) == [("Mair Owen", "confirmed"), ("Cai Rees", "waiting")]
