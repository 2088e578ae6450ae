"""A date's bookings as CSV and XLSX: only what was asked for, and harmless whatever people call themselves."""

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from bookings import exporting
from bookings.models import Booking, OwnAnswer, OwnQuestion
from people.models import AuditEvent, Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, person, workshops
from tests.bookings.test_organising import address

pytestmark = pytest.mark.django_db
HOSTILE = [
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1", "Mair;=1+1", 'Mair ",=1+1',
]  # fmt: skip
BODY = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(50, seminar=factories.SeminarFactory(organisation=organisation))


@pytest.fixture
def desk(client_of: Any, organiser: Member) -> Client:
    return client_of(organiser)


def take(desk: Client, date: SeminarDate, kind: str = "csv", **given: Any) -> Any:
    given = {"columns": ["name"], "states": ["confirmed", "waiting"], "format": kind} | given
    return desk.post(address(date, "export/"), given)


def rows_of_csv(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def rows_of_xlsx(answer: Any) -> list[list[str]]:
    """Read with the standard library; fails on a formula."""
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{BODY}f")), "a formula"
    assert {cell.get("t") for cell in sheet.iter(f"{BODY}c")} <= {"inlineStr", "s"}
    return [
        ["".join(text.text or "" for text in cell.iter(f"{BODY}t")) for cell in row.iter(f"{BODY}c")]
        for row in sheet.iter(f"{BODY}row")
    ]


def test_csv_has_only_the_columns_and_states_asked_for(desk: Client, date: SeminarDate) -> None:
    book_one(date, person("Siân", language="cy"))
    date.pools.update(capacity=1)
    book_one(date, person("Wil"))

    rows = rows_of_csv(take(desk, date, columns=["language", "name"], states=["confirmed"]))

    assert rows == [["Name", "Language"], ["Siân", "Cymraeg"]]


def test_formulas_are_harmless_in_csv(desk: Client, date: SeminarDate) -> None:
    for name in HOSTILE:
        book_one(date, person(name, organisation_name=name))

    cells = [
        cell for row in rows_of_csv(take(desk, date, columns=["name", "organisation"]))[1:] for cell in row
    ]

    assert len(cells) == 2 * len(HOSTILE)
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝")]
    assert sorted({cell.removeprefix("'") for cell in cells}) == sorted(HOSTILE)


def test_formulas_are_texts_in_xlsx(desk: Client, date: SeminarDate) -> None:
    for name in HOSTILE:
        book_one(date, person(name))

    rows = rows_of_xlsx(take(desk, date, "xlsx"))

    assert rows[0] == ["Name"]
    # XML has one line break only.
    told = {cell.replace("_x000D_", "\r") for (cell,) in rows[1:]}
    assert {name.replace("\r", "\n") for name in HOSTILE} == {name.replace("\r", "\n") for name in told}


def test_headings_of_own_questions_are_harmless_too(desk: Client, date: SeminarDate) -> None:
    question = OwnQuestion.objects.create(seminar_date=date, text_en="=1+1", kind="yes no")
    OwnAnswer.objects.create(question=question, booking=book_one(date), value="yes")

    rows = rows_of_csv(take(desk, date, columns=[f"question-{question.pk}"]))

    assert rows == [["'=1+1"], ["Yes"]]


def test_needs_go_out_only_when_asked_for_and_that_is_audited(desk: Client, date: SeminarDate) -> None:
    book_one(date, person("Mair Secret", access="Hearing loop", dietary="Vegan"))
    every = [column.name for column in exporting.COLUMNS if column.name not in exporting.NEEDS]

    without = str(rows_of_csv(take(desk, date, columns=every)))
    assert "Mair Secret" in without
    assert "Hearing loop" not in without
    assert "Vegan" not in without
    with_needs = str(rows_of_csv(take(desk, date, needs=["access"])))
    assert "Hearing loop" in with_needs
    assert "Vegan" not in with_needs

    events = AuditEvent.objects.filter(object_type="seminars.seminardate").order_by("pk")
    assert [event.verb for event in events] == ["bookings-exported", "needs-exported"]
    assert events[1].detail["columns"] == ["name", "access"]
    assert not [event for event in events if "Mair" in str(event.detail) or "loop" in str(event.detail)]


def test_needs_are_no_ordinary_column(desk: Client, date: SeminarDate) -> None:
    book_one(date, person(access="Hearing loop"))

    assert take(desk, date, columns=["access"]).status_code == 200
    assert not AuditEvent.objects.filter(verb__endswith="exported").exists()


def test_no_column_holds_what_opens_a_booking(desk: Client, date: SeminarDate) -> None:
    booking = book_one(date, person(access="A ramp"))
    every = [column.name for column in exporting.COLUMNS if column.name not in exporting.NEEDS]
    secrets = (booking.token, booking.later_token, booking.nonce, booking.token_hash, str(booking.uuid))

    for kind, read in (("csv", rows_of_csv), ("xlsx", rows_of_xlsx)):
        text = str(read(take(desk, date, kind, columns=every, needs=["access", "dietary"])))
        assert booking.email in text
        assert not [secret for secret in secrets if secret in text]


def test_file_is_in_the_language_in_which_it_was_asked_for(desk: Client, date: SeminarDate) -> None:
    (run,) = workshops(date, 5)
    book_one(date, runs=[run])
    page = address(date, "export/").replace("/en/organise/", "/cy/trefnu/")
    from django.urls import reverse
    from django.utils.translation import override

    with override("cy"):
        page = reverse("bookings:organise-export", args=[date.seminar.slug, date.slug])
    answer = desk.post(page, {"columns": ["workshops"], "states": ["confirmed"], "format": "csv"})
    with override("en"):
        rows = rows_of_csv(answer)

    assert rows[1] == [f"{run.slot.clock} {run.session.title_cy}"]


def test_of_a_narrowed_list_the_file_has_those_and_no_more(desk: Client, date: SeminarDate) -> None:
    for name, language in (("Siân", "cy"), ("Wil", "en"), ("Siân Wyn", "en")):
        book_one(date, person(name, language=language))
    narrowed = "?language=en&q=sian"

    shown = desk.get(address(date, f"list/{narrowed}")).content.decode()
    assert f"export/{narrowed.replace('&', '&amp;')}" in shown
    asked = desk.get(address(date, f"export/{narrowed}")).content.decode()
    answer = desk.post(address(date, f"export/{narrowed}"), {"columns": ["name"], "format": "csv"})

    assert "Only the 1 booking of the list as you narrowed it" in asked
    assert "Which bookings?" not in asked
    assert rows_of_csv(answer) == [["Name"], ["Siân Wyn"]]
    kept = AuditEvent.objects.get(verb="bookings-exported").detail
    assert kept == {"columns": ["name"], "format": "csv", "narrowed": ["q", "language"]}


def test_nothing_chosen_is_said_beside_the_field(desk: Client, date: SeminarDate) -> None:
    page = desk.post(address(date, "export/"), {"format": "csv"}).content.decode()

    assert "Choose at least one column" in page
    assert "Choose at least one state" in page


def test_file_takes_as_many_queries_for_many(
    desk: Client, date: SeminarDate, django_assert_num_queries: Any
) -> None:
    (run,) = workshops(date, None)
    for _each in range(30):
        book_one(date, person(access="A ramp"), runs=[run])
    chosen = list(exporting.COLUMNS)

    with django_assert_num_queries(3):
        assert len(list(exporting.rows(date, chosen, Booking.objects.filter(seminar_date=date)))) == 31
