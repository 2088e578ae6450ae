"""The list of a date's bookings, one booking with its history, who may see them, and what pages must not tell."""

from typing import Any

import pytest
from django.test import Client

from bookings import changing, history
from bookings.models import Booking, BookingRules, OwnAnswer, OwnQuestion
from people.models import AuditEvent, Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, book_one, bookable, person, workshops
from tests.bookings.test_organising import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(2, online=5, seminar=factories.SeminarFactory(organisation=organisation))


@pytest.fixture
def desk(client_of: Any, organiser: Member) -> Client:
    return client_of(organiser)


def names(desk: Client, date: SeminarDate, query: str) -> set[str]:
    page = desk.get(address(date, f"list/{query}")).context["page"]
    return {booking.name for booking in page}


def test_list_is_narrowed_by_everything(desk: Client, date: SeminarDate) -> None:
    (run,) = workshops(date, 5)
    body = factories.OrganisationFactory()
    book(date, person("Siân", language="cy"), person("Siôn"), runs=[run])
    online = book_one(date, person("Ann", organisation=body, kind="councillor"), attendance="online")
    waits = book_one(date, person("Wil", email="wil@body.example"))
    group = Booking.objects.filter(group__isnull=False)[0].group_id

    for query, found in {
        "": {"Siân", "Siôn", "Ann", "Wil"},
        "?state=waiting": {"Wil"},
        "?state=live": {"Siân", "Siôn", "Ann", "Wil"},
        "?attendance=online": {"Ann"},
        f"?run={run.pk}": {"Siân", "Siôn"},
        f"?organisation={body.pk}": {"Ann"},
        "?organisation=0": {"Siân", "Siôn", "Wil"},
        "?kind=councillor": {"Ann"},
        "?language=cy": {"Siân"},
        f"?group={group}": {"Siân", "Siôn"},
        "?q=sian": {"Siân"},
        f"?q={online.code.lower()}": {"Ann"},
        "?q=wil@body": {"Wil"},
        "?state=nonsense&run=9&group=x&page=x": {"Siân", "Siôn", "Ann", "Wil"},
        "?q=nobody": set(),
    }.items():
        assert names(desk, date, query) == found, query
    assert waits.name == "Wil"


def test_a_narrowed_list_says_by_what_it_is_narrowed(desk: Client, date: SeminarDate) -> None:
    book(date, person("Siân", language="cy"), person("Siôn"))
    group = Booking.objects.filter(group__isnull=False)[0].group_id

    form = desk.get(address(date, f"list/?q=si&state=booked&language=cy&kind=nonsense&group={group}")).context

    assert form["filter_form"].told == ["“si”", "All who have booked", "Cymraeg", "Of one group"]
    assert desk.get(address(date, "list/")).context["filter_form"].told == []
    bodies = desk.get(address(date, "organisations/?there=nobody&sector=police&wales=on")).context
    assert bodies["filter_form"].told == ["Nobody comes or waits", "Police", "Only organisations in Wales"]


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_as_many_queries_for_thirty(
    number: int, desk: Client, date: SeminarDate, django_assert_num_queries: Any
) -> None:
    run, *_rest = workshops(date, 50)
    date.pools.update(capacity=50)
    for _each in range(number):
        book_one(date, person(organisation=factories.OrganisationFactory()), runs=[run])

    with django_assert_num_queries(10):
        desk.get(address(date, "list/"))


@pytest.mark.parametrize("number", [1, 30])
def test_one_booking_takes_as_many_queries_with_a_long_history(
    number: int, desk: Client, organiser: Member, date: SeminarDate, django_assert_num_queries: Any
) -> None:
    booking = book(date, person(), person())[0]
    for _each in range(number):
        AuditEvent.record(organiser, "details-changed", booking)

    with django_assert_num_queries(11):
        desk.get(address(date, f"{booking.pk}/"))


def test_history_has_words_for_every_verb_of_the_core() -> None:
    """The verbs that are recorded of a booking, found in the code itself."""
    import re
    from pathlib import Path

    import bookings

    folder = Path(bookings.__file__).parent
    code = "".join(file.read_text() for file in folder.glob("*.py"))
    verbs = set(re.findall(r'(?:_note|note)\(\s*by,\s*"([a-z-]+)"', code))
    verbs |= set(
        re.findall(r'AuditEvent\.record\([\w.]+,\s*"([a-z-]+)",\s*(?:booking|current|new|one)\b', code)
    )

    assert {"offer-accepted", "booked-for", "moved-to"} <= verbs
    assert verbs - history.VERBS.keys() == set()


def test_history_tells_who_did_what_and_how_the_letters_fare(
    desk: Client, organiser: Member, date: SeminarDate
) -> None:
    booking = book_one(date, organiser=organiser)
    changing.cancel(booking, reason="Ill")

    page = desk.get(address(date, f"{booking.pk}/")).content.decode()

    for words in (
        "Booked by an organiser",
        "Owain Organiser",
        "Booking cancelled",
        "the delegate",
        "Letter: Confirmation",
        "Ill",
    ):
        assert words in page, words


def test_one_booking_shows_answers_group_and_queue(desk: Client, date: SeminarDate) -> None:
    question = OwnQuestion.objects.create(
        seminar_date=date,
        kind="choice",
        text_en="How do you travel?",
        options_en="Train\nBus",
        options_cy="Trên\nBws",
    )
    book(date, person(), person())
    first, second = book(date, person("Mair"), person("Cai"), is_whole=True)
    OwnAnswer.objects.create(question=question, booking=first, value="1")

    page = desk.get(address(date, f"{first.pk}/")).content.decode()

    for words in (
        "How do you travel?",
        "Bus",
        "Cai",
        "They come together or not at all",
        "number 1 in the queue",
    ):
        assert words in page, words
    assert second.name in page


PATHS = (
    "", "needs/", "list/", "requests/", "new/", "export/", "{pk}/", "{pk}/approval/", "{pk}/refusal/", "{pk}/priority/",
    "{pk}/priority/removal/", "{pk}/split/", "{pk}/cancellation/", "{pk}/letter/", "{pk}/move/", "{pk}/workshops/", "{pk}/details/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_only_who_runs_the_seminar_sees_its_bookings(
    path: str, client_of: Any, date: SeminarDate, organiser: Member, outsider: Member, member: Member
) -> None:
    booking = book_one(date, person("Mair Delegate"))
    page = address(date, path.format(pk=booking.pk))

    assert client_of(organiser).get(page, follow=True).status_code == 200
    for stranger in (outsider, member):
        for method in ("get", "post"):
            answer = getattr(client_of(stranger), method)(page)
            assert answer.status_code in {403, 405}, answer
            assert method == "post" or answer.status_code == 403
            assert "Mair Delegate" not in answer.content.decode()
    assert client_of(None).get(page).status_code == 302


def test_booking_of_another_date_is_not_found(
    desk: Client, date: SeminarDate, organisation: Organisation
) -> None:
    other = book_one(bookable(1))

    for path in ("", "needs/", "approval/", "cancellation/"):
        assert desk.post(address(date, f"{other.pk}/{path}")).status_code in {404, 405}
    assert desk.get(address(date, f"{other.pk}/")).status_code == 404
    other.refresh_from_db()
    assert other.state == "confirmed"


def test_drafts_are_not_even_there_for_others(client_of: Any, date: SeminarDate, outsider: Member) -> None:
    date.seminar.state = "draft"
    date.seminar.save()

    assert client_of(outsider).get(address(date)).status_code == 404


def test_pages_never_hold_what_opens_a_booking(desk: Client, date: SeminarDate) -> None:
    BookingRules.objects.update(needs_approval=True)
    SeminarDate.objects.update(joining_link="https://meet.example/secret-room")
    booking = book_one(date)
    secrets = (
        booking.token,
        booking.later_token,
        booking.token_hash,
        booking.nonce,
        str(booking.uuid),
        "secret-room",
    )
    assert all(secrets)

    for path in PATHS:
        page = desk.get(address(date, path.format(pk=booking.pk)), follow=True).content.decode()
        assert booking.name in page or path in {"", "needs/", "new/", "export/", "{pk}/workshops/"}, path
        assert not [secret for secret in secrets if secret in page], path


def test_list_of_dates_tells_how_each_is_booked(
    desk: Client, date: SeminarDate, django_assert_num_queries: Any
) -> None:
    for _each in range(3):
        book_one(date)
    page = f"/en/organise/{date.seminar.slug}/dates/"

    with django_assert_num_queries(8):
        text = " ".join(desk.get(page).content.decode().split())
    assert "Bookings (2 of 7, 1 waiting)" in text
    for _each in range(3):
        bookable(1, seminar=date.seminar)
    with django_assert_num_queries(8):
        desk.get(page)
