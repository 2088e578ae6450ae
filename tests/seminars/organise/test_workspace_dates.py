"""The dates of a seminar in the workspace: what is said of a time, of a move and of a date that is not held."""

import pytest
from django.test import Client

from people.models import AuditEvent
from seminars.models import SeminarDate
from tests.seminars.ground import Morning, at

pytestmark = pytest.mark.django_db


def test_a_clock_that_jumps_is_said_beside_the_time(day: Morning, owner: Client) -> None:
    fields = {"day_0": "28", "day_1": "3", "day_2": "2027", "starts": "01:30", "ends": "05:00"}
    fields["timezone"] = "Europe/London"

    answer = owner.post(f"/en/organise/digital/dates/{day.date.slug}/move/", fields)

    assert "01:30 does not exist on that day" in answer.context["form"].errors["starts"][0]
    assert SeminarDate.objects.get().starts_at == at("8:30")


def test_a_date_in_another_zone_is_kept_in_utc(day: Morning, owner: Client) -> None:
    answer = owner.post(
        "/en/organise/digital/dates/new/",
        {"day_0": "1", "day_1": "7", "day_2": "2027", "starts": "10:00", "ends": "12:00", "timezone": "America/New_York",
         "attendance": "online", "joining_link": "meet.example/x"},
    )  # fmt: skip

    assert answer.status_code == 302, answer.context["form"].errors
    date = SeminarDate.objects.get(slug="online-2027-07-01")
    assert f"{date.starts_at:%H:%M} {date.local_start:%H:%M}" == "14:00 10:00"
    assert date.joining_link == "https://meet.example/x"


def test_cancelling_asks_for_a_reason(day: Morning, owner: Client) -> None:
    SeminarDate.objects.update(starts_at="2099-09-15T08:30Z", ends_at="2099-09-15T12:00Z")
    address = f"/en/organise/digital/dates/{day.date.slug}/cancellation/"

    assert "reason_en" in owner.post(address, {}).context["form"].errors
    assert owner.post(address, {"reason_cy": "Eira"}).status_code == 302
    assert SeminarDate.objects.get().is_cancelled
    assert AuditEvent.objects.filter(verb="cancelled", actor__name="Owain Organiser").count() == 1


def test_reinstating_asks_first_and_is_refused_once_the_date_is_over(day: Morning, owner: Client) -> None:
    SeminarDate.objects.update(starts_at="2099-09-15T08:30Z", ends_at="2099-09-15T12:00Z", state="cancelled")
    address = f"/en/organise/digital/dates/{day.date.slug}/reinstatement/"

    page = owner.get(address)
    assert "after all?" in page.content.decode()
    assert SeminarDate.objects.get().is_cancelled
    assert address in owner.get("/en/organise/digital/dates/").content.decode()

    owner.post(address)
    assert not SeminarDate.objects.get().is_cancelled
    assert "This date is not cancelled." in owner.get(address, follow=True).content.decode()

    SeminarDate.objects.update(starts_at="2026-01-15T08:30Z", ends_at="2026-01-15T12:00Z", state="cancelled")
    assert address not in owner.get("/en/organise/digital/dates/").content.decode()
    assert "This date is over" in owner.post(address, follow=True).content.decode()
    assert SeminarDate.objects.get().is_cancelled


def test_a_date_is_told_in_another_zone_when_it_moves(day: Morning, owner: Client) -> None:
    fields = {
        "day_0": "15",
        "day_1": "9",
        "day_2": "2026",
        "starts": "10:30",
        "ends": "14:00",
        "timezone": "Europe/Paris",
    }

    assert owner.post(f"/en/organise/digital/dates/{day.date.slug}/move/", fields).status_code == 302

    date = SeminarDate.objects.get()
    assert (date.starts_at, date.timezone, date.ical_sequence, date.moved_from) == (
        at("8:30"),
        "Europe/Paris",
        1,
        None,
    )


def test_a_stale_save_of_a_date_is_refused(day: Morning, owner: Client) -> None:
    address = f"/en/organise/digital/dates/{day.date.slug}/"
    seen = owner.get(address).context["form"].initial["seen"]
    fields = {
        "attendance": "in person",
        "venue": day.date.venue_id,
        "joining_link": "https://meet.example/mine",
    }
    assert owner.post(address, {**fields, "seen": seen, "joining_link": ""}).status_code == 302

    answer = owner.post(address, {**fields, "seen": seen})

    assert "Somebody else has saved this since" in answer.content.decode()
    assert SeminarDate.objects.get().joining_link == ""
    assert owner.post(address, {**fields, "seen": answer.context["form"]["seen"].value()}).status_code == 302
    assert SeminarDate.objects.get().joining_link == "https://meet.example/mine"
