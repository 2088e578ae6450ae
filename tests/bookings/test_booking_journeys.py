"""Booking a place over HTTP, from the first page to "you are booked"."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bookings.models import Booking, Delivery, Need, OwnAnswer, OwnQuestion
from bookings.taking import needs_deleted_on
from tests.bookings import ground
from tests.bookings.form import ME, address, button, go_on, hidden, text, up_to_check
from ui.dates import day

pytestmark = pytest.mark.django_db
HOW = {"attendance": "in person", "whom": "me"}


def test_a_place_is_booked_without_an_account_and_without_a_cookie(client: Client) -> None:
    date = ground.bookable(3)
    check = up_to_check(client, date, HOW, ME, {"access_0": "A hearing loop", "is_on_list_0": "on"})
    assert "Mair Owen" in text(check)
    assert "A hearing loop" in text(check)

    done = go_on(client, check)

    booking = Booking.objects.get()
    assert (done.status_code, done["Location"]) == (302, reverse("bookings:booked", args=[booking.token]))
    assert (booking.name, booking.email, booking.state) == ("Mair Owen", "mair@body.example", "confirmed")
    assert booking.is_on_list
    assert Need.objects.get().text == "A hearing loop"
    assert Delivery.objects.get().kind == "confirmation"
    page = client.get(done["Location"])
    assert "You are booked" in text(page)
    assert booking.code in text(page)
    assert reverse("bookings:manage", args=[booking.token]) in page.content.decode()
    assert not client.cookies


def test_booking_speaks_welsh_in_the_welsh_half(client: Client) -> None:
    date = ground.bookable(3)
    with translation.override("cy"):
        check = up_to_check(client, date, HOW, {**ME, "language_0": "cy"}, {})
        done = go_on(client, check)

        assert done["Location"].startswith("/cy/")
        assert Booking.objects.get().language == "cy"
        page = text(client.get(done["Location"]))
    assert translation.gettext("You are booked") == "You are booked"
    assert "You are booked" not in page


def test_a_page_is_carried_over_into_the_other_language(client: Client) -> None:
    date = ground.bookable(3)
    needs = up_to_check(client, date, HOW, ME)

    with translation.override("cy"):
        welsh = client.post(address(date, "needs"), {**hidden(needs), "access_0": "Dolen sain"})
        assert "Dolen sain" in welsh.content.decode()
        assert go_on(client, go_on(client, welsh, access_0="Dolen sain")).status_code == 302
    assert Booking.objects.get().name == "Mair Owen"


def test_what_was_typed_is_there_again_on_the_way_back(client: Client) -> None:
    date = ground.bookable(3)
    needs = up_to_check(client, date, HOW, {**ME, "body_0": "A small charity"})

    back = client.post(address(date, "who"), {**hidden(needs), "dietary_0": "No nuts"})

    assert 'value="A small charity"' in back.content.decode()
    assert hidden(back)["dietary_0"] == "No nuts"
    assert "There is a problem" not in text(back)


def test_a_colleague_without_an_address_is_booked_and_letters_come_to_the_booker(client: Client) -> None:
    date = ground.bookable(3)
    who = {
        "name_0": "Mair Owen",
        "email_0": "mair@body.example",
        "name_1": "Cai Rees",
        "kind_1": "councillor",
    }
    check = up_to_check(
        client, date, {**HOW, "whom": "colleague"}, {**who, "language_1": "cy"}, {"dietary_1": "Vegan"}
    )

    go_on(client, check)

    booking = Booking.objects.get()
    assert (booking.name, booking.email, booking.kind) == ("Cai Rees", "", "councillor")
    assert (booking.booked_by_name, booking.address) == ("Mair Owen", "mair@body.example")
    assert Delivery.objects.get().to == "mair@body.example"


@pytest.mark.parametrize(
    ("rules", "taken", "outlook", "title"),
    [
        ({}, 0, "The place is your colleague’s once you press the button.", "Your colleague is booked"),
        ({}, 1, "There is no place free now", "Your colleague is in the queue"),
        ({"needs_approval": True}, 0, "An organiser looks", "You have asked for a place for your colleague"),
    ],
)
def test_whoever_books_for_a_colleague_is_not_told_to_be_booked(
    client: Client, rules: dict[str, bool], taken: int, outlook: str, title: str
) -> None:
    date = ground.bookable(1, **rules)
    for _time in range(taken):
        ground.book(date)
    who = {"name_0": "Mair Owen", "email_0": "mair@body.example", "name_1": "Cai Rees", "kind_1": "officer"}
    page = up_to_check(client, date, {**HOW, "whom": "colleague"})
    assert "Letters come there if your colleague has no address of their own" in text(page)
    check = go_on(client, go_on(client, page, **who, email_1="cai@body.example", language_1="cy"))
    assert outlook in text(check)

    done = text(client.get(go_on(client, check)["Location"]))

    assert title in done
    assert "You are" not in done
    assert "Your code" not in done
    assert "We have written to cai@body.example" in done


def group_of_three(client: Client, date: object, **more: str) -> object:
    how = client.get(address(date))  # type: ignore[arg-type]
    who = go_on(client, how, **{**HOW, "whom": "group"})
    who = client.post(address(date, "person"), {**hidden(who), **ME, "body_0": "Gwynedd Council"})  # type: ignore[arg-type]
    assert 'name="name_2"' in who.content.decode()
    assert 'value="Mair Owen"' in who.content.decode()
    rows = {"name_1": "Cai Rees", "kind_1": "councillor", "language_1": "cy", "name_2": "Ann Price"}
    rows |= {"kind_2": "officer", "language_2": "en", "email_2": "ann@body.example", "body_2": "Powys"}
    return go_on(client, who, **{**ME, "body_0": "Gwynedd Council", **rows, **more})


@pytest.mark.parametrize(
    ("together", "states"),
    [("split", ["confirmed", "confirmed", "waiting"]), ("whole", ["waiting", "waiting", "waiting"])],
)
def test_a_group_is_split_or_waits_together(
    client: Client, organisation: object, together: str, states: list[str]
) -> None:
    date = ground.bookable(3)
    ground.book(date)
    needs = group_of_three(client, date, together=together)

    check = go_on(client, needs, access_1="A ramp")  # type: ignore[arg-type]
    assert "<h3>Cai Rees</h3>" in check.content.decode()
    done = go_on(client, check)

    bookings = list(Booking.objects.exclude(group=None).order_by("request_place"))
    assert [one.state for one in bookings] == states
    assert [one.organisation or one.organisation_name for one in bookings] == [
        organisation,
        organisation,
        "Powys",
    ]
    assert [one.address for one in bookings] == ["mair@body.example", "mair@body.example", "ann@body.example"]
    assert Need.objects.get().booking == bookings[1]
    page = text(client.get(done["Location"]))
    assert "Cai Rees" in page
    # Of the group, only who booked it sees the others.
    other = text(client.get(reverse("bookings:booked", args=[bookings[2].token])))
    assert "Ann Price" in other
    assert "Cai Rees" not in other


def test_a_row_of_a_group_that_is_left_empty_is_nobody(client: Client) -> None:
    date = ground.bookable(5)
    check = up_to_check(client, date, {**HOW, "whom": "group"}, {**ME, "together": "split"}, {})

    go_on(client, check)

    assert Booking.objects.get().group is None


def test_full_dates_lead_into_the_queue(client: Client) -> None:
    date = ground.bookable(1)
    ground.book(date)
    how = client.get(address(date))
    assert "Full: you would be first in the queue" in text(how)

    check = up_to_check(client, date, HOW, ME, {})
    assert "Join the queue" in text(check)
    done = go_on(client, check)

    page = text(client.get(done["Location"]))
    assert "You are in the queue" in page
    assert "Mair Owen is number 1 in the queue" in page


def test_dates_that_need_approval_say_so(client: Client) -> None:
    date = ground.bookable(1, needs_approval=True)
    check = up_to_check(client, date, HOW, ME, {})
    assert "Ask for a place" in text(check)

    done = go_on(client, check)

    assert "You have asked for a place" in text(client.get(done["Location"]))


def test_the_organisers_questions_are_asked_and_answered(client: Client) -> None:
    date = ground.bookable(2)
    make = OwnQuestion.objects.create
    first = make(seminar_date=date, kind="text", text_en="Which bus?", is_required=True, position=1)
    second = make(seminar_date=date, kind="choice", text_en="Lunch at?", options_en="Noon\nOne", position=2)
    make(seminar_date=date, kind="yes no", text_en="And how was it?", purpose="feedback")
    needs = up_to_check(client, date, HOW, ME)
    assert "And how was it?" not in text(needs)

    wrong = go_on(client, needs, **{f"question_{second.pk}_0": "7"})
    assert "Answer the question “Which bus?”" in text(wrong)
    right = go_on(client, wrong, **{f"question_{first.pk}_0": "T2", f"question_{second.pk}_0": "1"})
    assert "One" in text(right)
    go_on(client, right)

    assert set(OwnAnswer.objects.values_list("question", "value")) == {(first.pk, "T2"), (second.pk, "1")}


def test_a_member_need_not_type_what_is_known(client_of: object, member: object) -> None:
    date = ground.bookable(2)
    client = client_of(member)  # type: ignore[operator]

    who = up_to_check(client, date, HOW)

    shown = who.content.decode()
    assert f'value="{member.email}"' in shown  # type: ignore[attr-defined]
    assert 'value="Gwynedd Council"' in shown
    needs = go_on(client, who, **{**ME, "email_0": "mair@gwynedd.example"})
    go_on(client, go_on(client, needs))
    assert Booking.objects.get().member == member


def test_one_way_of_taking_part_is_chosen_already(client: Client) -> None:
    one, both = ground.bookable(2), ground.bookable(2, online=2)

    assert client.get(address(one)).content.decode().count("checked") == 1
    assert "checked" not in client.get(address(both)).content.decode()


def test_no_dietary_question_online(client: Client) -> None:
    date = ground.bookable(2, online=5)

    needs = up_to_check(client, date, {**HOW, "attendance": "online"}, ME)

    assert 'name="access_0"' in needs.content.decode()
    assert 'name="dietary_0"' not in needs.content.decode()
    assert button(needs) == address(date, "check")


def test_the_day_of_deletion_stands_beside_the_questions(client: Client) -> None:
    date = ground.bookable(2, keep_needs_days=10)
    needs = text(up_to_check(client, date, HOW, ME))

    assert needs.count(f"It is deleted on {day(needs_deleted_on(date))}.") == 2


def test_a_key_that_was_tampered_with_is_replaced(client: Client) -> None:
    date = ground.bookable(5)
    right = hidden(up_to_check(client, date, HOW, ME, {}))

    client.post(address(date), {**right, "key": "'; drop table"})

    assert isinstance(Booking.objects.get().request_key, uuid.UUID)
