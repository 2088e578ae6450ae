"""Certificates of attendance: for who was there, as a page and as a tagged PDF, in both languages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone, translation

from bookings import certificates, pdf
from bookings.models import Booking, CheckIn
from tests.bookings.been import address, move, one_who_came
from tests.bookings.ground import book_one, bookable, person, workshops

pytestmark = pytest.mark.django_db
CLIENT = Client()


def with_workshops() -> Booking:
    date = bookable(9)
    runs = workshops(date, 5)
    booking = book_one(date, person("Siân Gwenllïan Ŵyn"), runs=runs)
    type(runs[0].session).objects.filter(pk=runs[0].session_id).update(
        title_en="Four pages", title_cy="Pedair tudalen"
    )
    Booking.objects.filter(pk=booking.pk).update(state="attended")
    move(date, 2)
    return booking


def test_the_page_names_the_person_the_seminar_the_hours_and_the_workshops() -> None:
    booking = with_workshops()

    page = CLIENT.get(address("certificate", booking)).content.decode()

    for words in (booking.name, booking.seminar_date.seminar.title_en, "3 hours", "Four pages"):
        assert words in page


def checked_in(booking: Booking, **fields: object) -> None:
    now = timezone.now()
    CheckIn.objects.create(booking=booking, way="code", at=now, received_at=now, **fields)


@pytest.mark.parametrize(
    ("state", "days_ago", "here", "words"),
    [
        ("attended", 2, False, ""),
        ("confirmed", 2, True, ""),
        ("confirmed", 2, False, "Nobody noted yet"),
        ("confirmed", 0.01, True, "once the date is over"),
        ("no show", 2, False, "for those who were there"),
    ],
)
def test_a_certificate_is_for_who_was_there_once_it_is_over(
    state: str, days_ago: float, here: bool, words: str
) -> None:
    booking = one_who_came(state=state, days_ago=days_ago)
    if here:
        checked_in(booking)

    for name in ("certificate", "certificate-pdf"):
        answer = CLIENT.get(address(name, booking))
        assert answer.status_code == (
            403 if words else 200 if pdf.is_there() or name == "certificate" else 501
        )
        assert words.encode() in answer.content


def test_a_check_in_that_was_undone_gives_no_certificate() -> None:
    booking = one_who_came(state="confirmed", days_ago=2)
    checked_in(booking, undone_at=timezone.now())

    assert CLIENT.get(address("certificate", booking)).status_code == 403


@pytest.mark.parametrize(
    ("language", "length", "words"),
    [
        ("en", timedelta(hours=3, minutes=30), "3 hours and 30 minutes"),
        ("en", timedelta(hours=1), "1 hour"),
        ("en", timedelta(minutes=45), "45 minutes"),
        ("en", timedelta(days=2), ""),
        ("cy", timedelta(hours=3), "3 awr"),
    ],
)
def test_hours_in_words(language: str, length: timedelta, words: str) -> None:
    with translation.override(language):
        assert certificates.duration(length) == words


@pytest.mark.skipif(not pdf.is_there(), reason="WeasyPrint or Pango is missing")
@pytest.mark.parametrize(
    ("language", "title", "workshop"),
    [("en", "Certificate of attendance", "Four pages"), ("cy", "Tystysgrif presenoldeb", "Pedair tudalen")],
)
def test_the_pdf_is_tagged_and_says_its_language_and_its_title(
    language: str, title: str, workshop: str
) -> None:
    from pypdf import PdfReader

    booking = with_workshops()
    with translation.override(language):
        path = address("certificate-pdf", booking)

    answer = CLIENT.get(path)
    read = PdfReader(BytesIO(answer.content))
    root = read.trailer["/Root"]
    text = " ".join(page.extract_text() for page in read.pages)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a BooleanObject
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert title in str(read.metadata.title if read.metadata else "")
    assert len(read.pages) == 1
    for words in (booking.name, workshop):
        assert words in text
    for private in (booking.email, booking.code, booking.later_token):
        assert private not in text


@pytest.mark.skipif(not pdf.is_there(), reason="WeasyPrint or Pango is missing")
def test_a_word_longer_than_the_sheet_is_broken() -> None:
    from pypdf import PdfReader

    booking = with_workshops()
    booking.name = "Llŷr o Lanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    Booking.objects.filter(pk=booking.pk).update(name=booking.name)

    (page,) = PdfReader(BytesIO(CLIENT.get(address("certificate-pdf", booking)).content)).pages
    lines = page.extract_text().splitlines()

    # All of it is there, and in no line is all of it.
    assert booking.name.replace(" ", "") in "".join(lines).replace(" ", "")
    assert not any(booking.name.split()[-1] in line for line in lines)
