import json
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from bookings import arriving
from bookings.models import Booking, BookingRules, CheckIn
from people.models import AuditEvent, Member
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, person, workshops

pytestmark = pytest.mark.django_db


@pytest.fixture
def date(organiser: Member) -> SeminarDate:
    """Starts in an hour; bookings for it were made before."""
    found = bookable(5)
    found.seminar.organisation = organiser.memberships.get().organisation
    found.seminar.save()
    now = timezone.now()
    SeminarDate.objects.filter(pk=found.pk).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=4)
    )
    return SeminarDate.objects.select_related("seminar", "booking_rules").get(pk=found.pk)


@pytest.fixture
def nia(date: SeminarDate) -> Booking:
    return book_one(date, person("Nia Pritchard", email="nia@gwynedd.example", access="A quiet room"))


@pytest.fixture
def steward(date: SeminarDate) -> Client:
    client = Client()
    token = arriving.steward_token(date.booking_rules)
    assert client.get(reverse("bookings:steward", args=[token])).status_code == 302
    return client


def door(date: SeminarDate, name: str = "check-in-desk", *args: object) -> str:
    return reverse(f"bookings:{name}", args=[date.uuid, *args])


def test_link_opens_this_date_and_no_other(date: SeminarDate, nia: Booking, steward: Client) -> None:
    other = bookable(date={"starts_at": date.starts_at})

    assert "Nia Pritchard" in steward.get(door(date)).content.decode()
    assert steward.get(door(other)).status_code == 403


def test_link_is_void_once_there_is_a_new_one_and_two_days_later(
    date: SeminarDate, nia: Booking, steward: Client, organiser: Member, client_of: Any
) -> None:
    with time_machine.travel(date.ends_at + timedelta(days=1, minutes=1)):
        assert steward.get(door(date)).status_code == 403
    args = [date.seminar.slug, date.slug]
    old = arriving.steward_token(date.booking_rules)

    client_of(organiser).post(reverse("bookings:stewards-link", args=args))

    assert steward.get(door(date)).status_code == 403
    assert Client().get(reverse("bookings:steward", args=[old])).status_code == 404
    assert arriving.steward_token(BookingRules.objects.get(seminar_date=date)) != old


def test_nobody_else_sees_a_name(date: SeminarDate, nia: Booking, outsider: Member, client_of: Any) -> None:
    addresses = [
        door(date), door(date, "arrival-list"), door(date, "arrival-counts"), door(date, "walk-in"), door(date, "check-in", nia.code),
    ]  # fmt: skip
    for client in (Client(), client_of(outsider)):
        for address in addresses:
            page = client.get(address)
            assert page.status_code == (200 if address.endswith(f"{nia.code}/") else 403)
            assert "Nia" not in page.content.decode()


def test_door_tells_no_address_and_no_need(date: SeminarDate, nia: Booking, steward: Client) -> None:
    told = steward.get(door(date)).content.decode() + steward.get(door(date, "arrival-list")).content.decode()

    assert "Nia Pritchard" in told
    for secret in (nia.email, "A quiet room", nia.token):
        assert secret not in told


def test_check_in_by_code_and_undo_without_script(date: SeminarDate, nia: Booking, steward: Client) -> None:
    page = steward.post(
        door(date, "arrival"), {"code": f" {nia.code.lower()} "}, follow=True
    ).content.decode()
    assert "Nia Pritchard is here." in page

    assert (
        "was here already"
        in steward.post(door(date, "arrival"), {"code": nia.code}, follow=True).content.decode()
    )
    note = CheckIn.objects.get(undone_at=None)
    steward.post(door(date, "arrival-removal", note.pk))

    assert not CheckIn.objects.filter(undone_at=None).exists()


def test_unknown_code_is_said_in_words(date: SeminarDate, steward: Client) -> None:
    page = steward.post(door(date, "arrival"), {"code": "NOBODY"}, follow=True).content.decode()

    assert "There is no booking with the code “NOBODY” on this date." in page


def test_replay_is_harmless_and_tells_what_was_refused(
    date: SeminarDate, nia: Booking, steward: Client
) -> None:
    notes = [
        {"uuid": str(uuid.uuid4()), "code": nia.code, "at": timezone.now().isoformat()},
        {"uuid": str(uuid.uuid4()), "code": "NOBODY", "at": "nonsense"},
    ]

    answers = [
        steward.post(door(date, "replay"), json.dumps(notes), content_type="application/json").json()[
            "answers"
        ]
        for _twice in range(2)
    ]

    assert answers[0] == answers[1]
    assert [one["result"] for one in answers[0]] == ["done", "refused"]
    assert CheckIn.objects.count() == 1


def test_replay_takes_back_the_check_in_that_was_meant_and_no_other(
    date: SeminarDate, nia: Booking, steward: Client
) -> None:
    def send(*notes: dict[str, str]) -> list[dict[str, Any]]:
        body = json.dumps([{"code": nia.code, **note} for note in notes])
        return steward.post(door(date, "replay"), body, content_type="application/json").json()["answers"]

    slip, back, again = (str(uuid.uuid4()) for _each in range(3))
    notes = ({"uuid": slip}, {"uuid": back, "undo": slip})
    assert [one["note"] for one in send(*notes)] == [slip, None]
    (arrived,) = send({"uuid": again})

    # An answer that was lost: the notes come once more, after somebody checked her in again.
    assert send(*notes)[1] == {"uuid": back, "result": "done", "words": "", "note": again}
    assert arrived["note"] == str(CheckIn.objects.get(undone_at=None).client_uuid) == again
    assert AuditEvent.objects.filter(verb="check-in-undone").count() == 1


def test_closed_day_can_be_read_and_not_changed(date: SeminarDate, nia: Booking, steward: Client) -> None:
    missed = book_one(date, person("Hefin Wyn"))
    arriving.check_in(nia, "name")
    with time_machine.travel(date.ends_at + timedelta(minutes=5)):
        arriving.settle(date)
        page = steward.get(door(date)).content.decode()
        note = json.dumps([{"uuid": str(uuid.uuid4()), "code": missed.code}])
        answer = steward.post(door(date, "replay"), note, content_type="application/json").json()["answers"]

    server_side = page.split("<template")[0]
    assert "The day is closed" in server_side
    assert "Did not come" in server_side
    assert "<button>" not in server_side.split('id="door-list"')[1]
    assert answer[0]["words"] == "The day is closed, so this stays as it is."


def test_worker_is_a_script_for_the_pages_beside_it(date: SeminarDate, client: Client) -> None:
    answer = client.get(door(date, "check-in-worker"))

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert door(date, "check-in-worker").startswith(door(date))
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert "Service-Worker-Allowed" not in answer
    assert "X-Kept" not in client.get(door(date)).headers


@pytest.mark.parametrize("body", ["", "[1]", '{"a": 1}', '[{"uuid": "x", "code": "y"}]', "\xff"])
def test_replay_of_nonsense_is_refused(date: SeminarDate, steward: Client, body: str) -> None:
    assert steward.post(door(date, "replay"), body, content_type="application/json").status_code == 400


def test_list_answers_not_modified(date: SeminarDate, nia: Booking, steward: Client) -> None:
    # Answers that are packed have a weak tag.
    packed = {"Accept-Encoding": "gzip"}
    for number in range(5):
        book_one(date, person(f"Delegate {number}"))
    first = steward.get(door(date, "arrival-list"), headers=packed)

    assert first["ETag"].startswith("W/")
    again = {**packed, "If-None-Match": first["ETag"]}
    assert steward.get(door(date, "arrival-list"), headers=again).status_code == 304
    arriving.check_in(nia, "name")
    assert (
        steward.get(door(date, "arrival-list"), headers={"If-None-Match": first["ETag"]}).status_code == 200
    )


def test_qr_code_leads_a_steward_to_one_button(date: SeminarDate, nia: Booking, steward: Client) -> None:
    address = door(date, "check-in", nia.code)
    assert "Is here" in steward.get(address).content.decode()

    steward.post(address)

    assert CheckIn.objects.get().way == "qr"


def test_qr_code_of_who_has_no_place_leads_to_no_button(
    date: SeminarDate, nia: Booking, steward: Client
) -> None:
    date.pools.update(capacity=1)
    waiting = book_one(date, person("Hefin Wyn"))
    page = steward.get(door(date, "check-in", waiting.code)).content.decode()
    assert "In the queue" in page
    assert "Is here" not in page
    Booking.objects.filter(pk=waiting.pk).update(state="no show")
    assert "Is here" not in steward.get(door(date, "check-in", waiting.code)).content.decode()


def test_walk_in_needs_a_name_only(date: SeminarDate, steward: Client) -> None:
    empty = steward.post(door(date, "walk-in"), {"attendance": "in person"}).content.decode()
    assert "Enter a name" in empty

    given = {"name": "Ceri", "kind": "councillor", "language": "cy", "attendance": "in person"}
    page = steward.post(door(date, "walk-in"), given, follow=True).content.decode()

    assert "Ceri is here." in page
    assert Booking.objects.get().kind == "councillor"


def test_desk_has_a_fixed_number_of_queries(
    date: SeminarDate, nia: Booking, steward: Client, django_assert_num_queries: Any
) -> None:
    for number in (0, 4):
        for _each in range(number):
            arriving.check_in(book_one(date), "name")
        with django_assert_num_queries(6):
            steward.get(door(date))


def test_lists_and_badges_on_paper(
    date: SeminarDate, organiser: Member, outsider: Member, client_of: Any
) -> None:
    (run,) = workshops(date, 5)
    book_one(date, person("Nia Pritchard", language="cy", email="nia@gwynedd.example"), runs=[run])
    args = [date.seminar.slug, date.slug]
    at_desk = client_of(organiser)

    for name in ("stewards", "paper", "sheets", "badges"):
        address = reverse(f"bookings:{name}", args=args)
        page = at_desk.get(address).content.decode()
        assert ("Nia Pritchard" in page) == (name != "stewards")
        assert "nia@gwynedd.example" not in page
        assert client_of(outsider).get(address).status_code == 403


def test_badges_as_tagged_pdf(date: SeminarDate, nia: Booking, organiser: Member, client_of: Any) -> None:
    answer = client_of(organiser).get(reverse("bookings:badges-pdf", args=[date.seminar.slug, date.slug]))

    reader = PdfReader(BytesIO(answer.content))
    text = reader.pages[0].extract_text()
    assert "Nia Pritchard" in text
    assert nia.code in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "no-store" in answer["Cache-Control"]


def test_badges_lie_in_rows_eight_on_a_sheet_however_long_the_names(
    date: SeminarDate, organiser: Member, client_of: Any
) -> None:
    place = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    date.pools.update(capacity=30)
    for number in range(17):
        long = {"organisation_name": "Cyngor " * 22} if number % 3 else {}
        book_one(
            date, person(f"{'Y Cynghorydd ' * (number % 4)}Llŷr {place * (number % 2)} {number}", **long)
        )
    answer = client_of(organiser).get(reverse("bookings:badges-pdf", args=[date.seminar.slug, date.slug]))
    codes = set(date.bookings.values_list("code", flat=True))
    feet: list[set[tuple[int, int]]] = []

    def see(text: str, _page: Any, matrix: list[float], *_rest: Any) -> None:
        if text.strip() in codes:
            feet[-1].add((round(matrix[4]), round(matrix[5])))

    for page in PdfReader(BytesIO(answer.content)).pages:
        feet.append(set())
        page.extract_text(visitor_text=see)

    assert [len(found) for found in feet] == [8, 8, 1]
    assert len({y for _x, y in feet[0]}) == 4


def test_programme_as_tagged_pdf_in_the_readers_language(client: Client) -> None:
    date = bookable()
    slot = factories.SlotFactory(seminar_date=date)
    session = factories.SessionFactory(
        seminar=date.seminar, title_en="In two languages", title_cy="Mewn dwy iaith"
    )
    factories.RunFactory(session=session, slot=slot)
    SeminarDate.objects.filter(pk=date.pk).update(joining_link="https://join.example/secret")

    with translation.override("cy"):
        answer = client.get(reverse("bookings:programme-pdf", args=[date.seminar.slug, date.slug]))

    reader = PdfReader(BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"] == "cy"
    assert reader.metadata.title.startswith(date.seminar.title_cy)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Mewn dwy iaith" in text
    assert "secret" not in text


def test_without_what_makes_pdfs_a_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    date = bookable()
    monkeypatch.setattr("bookings.pdf.is_there", lambda: False)

    answer = client.get(reverse("bookings:programme-pdf", args=[date.seminar.slug, date.slug]))

    assert answer.status_code == 501
    assert "requirements-pdf.txt" in answer.content.decode()


def test_closing_the_day(date: SeminarDate, nia: Booking, organiser: Member, client_of: Any) -> None:
    arriving.check_in(nia, "name")
    address = reverse("bookings:day-closing", args=[date.seminar.slug, date.slug])
    at_desk = client_of(organiser)
    assert "not over yet" in at_desk.post(address, follow=True).content.decode()

    with time_machine.travel(date.ends_at + timedelta(minutes=5)):
        page = client_of(organiser).post(address, follow=True).content.decode()

    assert "1 booking is settled." in page
    assert AuditEvent.objects.filter(verb="day-closed").count() == 1
