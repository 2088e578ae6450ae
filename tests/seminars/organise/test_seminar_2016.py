"""The seminar of 2016, built from nothing as its organisers would: through the forms, to the published pages."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from people.models import AuditEvent, Member
from seminars.models import Billing, Room, Run, RunSpeaker, Seminar, Session, Slot, Speaker, Venue
from tests import factories

pytestmark = pytest.mark.django_db
TITLE = "Redesigning public services: the strategic importance of digital"
CLOCK = [("09:30", "10:15"), ("10:15", "10:30"), ("10:30", "11:15"), ("11:30", "12:15"), ("12:15", "13:00")]


class Organiser:
    """Posts as a browser would, and stops at the first form that comes back with an error."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.home = "/en/organise/"

    def post(self, address: str, **fields: Any) -> str:
        answer = self.client.post(self.home + address, fields)
        form = answer.context and answer.context.get("form")
        assert answer.status_code == 302, (address, form and form.errors)
        return str(answer["Location"])

    def make_seminar(self) -> None:
        self.post(
            "new/", title_en=TITLE, title_cy="Ailddylunio gwasanaethau cyhoeddus: pwysigrwydd strategol digidol",
            focus_en="Culture has to shift before services are transformed.", outcomes_en="Get the right talent together",
            organisation=str(Seminar.organisation.field.related_model.objects.get(slug="gwynedd-council").pk),
            new_series_en="Digital service delivery", new_series_cy="Cyflenwi gwasanaethau digidol",
            tag_list="digital, public services, Digital",
        )  # fmt: skip
        self.home += f"{Seminar.objects.get().slug}/"

    def add_date(self, day: str, town: str, region: str) -> str:
        rooms = {f"rooms-{n}-name_en": name for n, name in enumerate(["Main hall", "Taf", "Elwy"])}
        where = self.post(
            "venues/new/", **{"venue-name_en": f"{town} Hall", "venue-town_en": town, "venue-region": region},
            **rooms, **{f"rooms-{n}-capacity": "40" for n in range(3)},
            **{"rooms-TOTAL_FORMS": "3", "rooms-INITIAL_FORMS": "0"},
        )  # fmt: skip
        date, month, year = day.split()
        to = self.post(
            "dates/new/", day_0=date, day_1=month, day_2=year, starts="9:30", ends="13.00", timezone="Europe/London",
            attendance="in person", venue=where.rpartition("=")[2],
        )  # fmt: skip
        return to.removeprefix(self.home)

    def add_session(self, kind: str, title: str) -> Session:
        self.post("sessions/new/", kind=kind, title_en=title)
        return Session.objects.get(title_en=title)

    def add_speaker(self, session: Session, **fields: str) -> None:
        self.post(f"sessions/{session.pk}/speakers/new/", **fields)

    def put(self, programme: str, session: Session, slot: Slot, room: str = "") -> None:
        venue = slot.seminar_date.venue
        pk = Room.objects.get(venue=venue, name_en=room).pk if room else ""
        self.post(f"{programme}runs/", session=session.pk, slot=slot.pk, room=pk)


@pytest.fixture
def at_work(client_of: Any, organiser: Member) -> Any:
    with time_machine.travel("2016-07-01T09:00:00Z", tick=True):
        yield Organiser(client_of(organiser))


def test_the_seminar_of_2016_is_built_and_published(at_work: Organiser, client: Client) -> None:
    devon = factories.OrganisationFactory(name_en="Devon County Council", name_cy="")
    at_work.make_seminar()
    cardiff = at_work.add_date("13 September 2016".replace("September", "9"), "Cardiff", "South East Wales")
    llanrwst = at_work.add_date("29 9 2016", "Llanrwst", "North Wales")

    plenary = at_work.add_session("plenary", "One story, told by two")
    at_work.add_session("break", "Coffee")
    workshops = [at_work.add_session("workshop", name) for name in ("Talent", "Authority", "Technology")]
    talk = at_work.add_session("discussion", "Questions to the speakers")
    at_work.add_speaker(
        plenary, name="Carl Haggerty", kind="officer", body="devon county council", email="c@devon.example"
    )
    at_work.add_speaker(
        plenary,
        name="Barry Parsons",
        kind="councillor",
        role_en="Cabinet Member",
        body="Devon County Council",
    )

    for start, end in CLOCK:
        at_work.post(f"{cardiff}slots/", starts=start, ends=end)
    slots = list(Slot.objects.all())
    at_work.put(cardiff, plenary, slots[0], "Main hall")
    at_work.put(cardiff, Session.objects.get(kind="break"), slots[1])
    for slot in slots[2:4]:
        for workshop, room in zip(workshops, ["Main hall", "Taf", "Elwy"], strict=True):
            at_work.put(cardiff, workshop, slot, room)
    at_work.put(cardiff, talk, slots[4], "Main hall")
    at_work.post(f"{llanrwst}copy/", source="cardiff-2016-09-13")
    for billing in Billing.objects.all():
        at_work.client.post(f"{at_work.home}billings/{billing.pk}/answer/", {"state": "accepted"})
    at_work.post("publication/")

    seminar = Seminar.objects.get()
    assert seminar.state == Seminar.State.PUBLISHED
    assert [date.slug for date in seminar.dates.all()] == ["cardiff-2016-09-13", "llanrwst-2016-09-29"]
    assert sorted(seminar.tags.names()) == ["digital", "public services"]
    assert [each.speaker.name for each in plenary.billings.all()] == ["Carl Haggerty", "Barry Parsons"]
    assert {speaker.organisation for speaker in Speaker.objects.all()} == {devon}
    assert {workshop.runs.count() for workshop in workshops} == {4}
    for date in seminar.dates.all():
        assert [str(slot) for slot in date.slots.all()] == ["–".join(times) for times in CLOCK]
        assert Run.objects.filter(slot__seminar_date=date, room=None).count() == 1
    assert RunSpeaker.objects.count() == 4
    assert Venue.objects.count() == 2
    assert "published" in AuditEvent.objects.values_list("verb", flat=True)
    for address in (seminar.get_absolute_url(), *[date.get_absolute_url() for date in seminar.dates.all()]):
        assert "Barry Parsons" in client.get(address).content.decode()


def test_a_clash_is_said_beside_the_form_and_what_was_typed_stays(at_work: Organiser) -> None:
    at_work.make_seminar()
    programme = at_work.add_date("13 9 2016", "Cardiff", "South East Wales")
    first, second = at_work.add_session("workshop", "Talent"), at_work.add_session("workshop", "Data")
    at_work.post(f"{programme}slots/", starts="10:30", ends="11:15")
    slot, taf = Slot.objects.get(), Room.objects.get(name_en="Taf")
    at_work.put(programme, first, slot, "Taf")

    answer = at_work.client.post(
        f"{at_work.home}{programme}runs/",
        {"session": second.pk, "slot": slot.pk, "room": taf.pk, "capacity": "17"},
    )

    page = answer.content.decode()
    assert "Taf already has “Talent” at 10:30." in page
    assert 'value="17"' in page
    assert Run.objects.count() == 1
