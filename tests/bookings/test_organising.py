"""How a date stands: figures, who is missing, needs, and what to do next."""

from typing import Any

import pytest

from bookings import changing, figures, overview, waiting
from bookings.models import Booking, BookingRules, BouncedAddress, Delivery
from people.models import AuditEvent, Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, book_one, bookable, later, person, workshops

pytestmark = pytest.mark.django_db


@pytest.fixture
def date(organisation: Organisation) -> SeminarDate:
    return bookable(3, online=5, seminar=factories.SeminarFactory(organisation=organisation))


def address(date: SeminarDate, rest: str = "") -> str:
    return f"/en/organise/{date.seminar.slug}/dates/{date.slug}/bookings/{rest}"


def test_figures_count_seats_queue_kinds_and_languages(date: SeminarDate) -> None:
    council = factories.OrganisationFactory()
    health = factories.OrganisationFactory(kind="health", region="Mid Wales")
    book_one(date, person(organisation=council, kind="councillor", language="cy"))
    book_one(date, person(organisation=health))
    book_one(date, person(organisation_name="A small charity"))
    book_one(date, person(organisation=council, language="cy"))
    book_one(date, attendance="online")

    found = figures.of(date)

    here = {one.pool.attendance: (one.booked, one.waiting) for one in found.pools}
    assert here == {"in person": (3, 1), "online": (1, 0)}
    assert found.kinds == {"councillor": 1, "officer": 3}
    assert found.sectors == {"council": 1, "health": 1}
    assert found.regions == {"North Wales": 1, "Mid Wales": 1}
    assert (found.organisations_number, found.without_organisation) == (2, 2)
    assert (found.welsh, found.asked) == (2, 5)
    assert [(body.pk, number) for body, number in found.organisations] == [(council.pk, 1), (health.pk, 1)]


@pytest.mark.parametrize(("welsh", "english", "needed"), [(1, 9, True), (1, 10, False), (0, 1, False)])
def test_translation_is_needed_from_ten_in_a_hundred_on(welsh: int, english: int, needed: bool) -> None:
    date = bookable(20)
    for language, number in (("cy", welsh), ("en", english)):
        for _each in range(number):
            book_one(date, person(language=language))

    assert figures.of(date).needs_translation is needed


def test_missing_are_areas_and_who_came_to_earlier_seminars_of_the_series(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    series = factories.SeriesFactory(organisation=organisation)
    before, date = (
        bookable(seminar=factories.SeminarFactory(organisation=organisation, series=series)) for _each in "12"
    )
    came, here = factories.OrganisationFactory(), factories.OrganisationFactory()
    for body in (came, here):
        book_one(before, person(organisation=body))
    Booking.objects.filter(seminar_date=before).update(state="attended")
    SeminarDate.objects.filter(pk=before.pk).update(
        starts_at="2026-01-01T10:00Z", ends_at="2026-01-01T12:00Z"
    )
    book_one(date, person(organisation=here))

    missing = figures.of(date).missing

    assert missing.earlier == [came]
    assert came in missing.areas
    assert here not in missing.areas
    page = client_of(organiser).get(address(date)).content.decode()
    assert page.count(str(came)) == 2
    assert "Ask those who came to earlier seminars" in page


def test_overview_tells_what_to_do_next(client_of: Any, organiser: Member, date: SeminarDate) -> None:
    BookingRules.objects.update(needs_approval=True)
    book_one(date, person(language="cy"))
    taken = book_one(date, organiser=organiser)
    Delivery.objects.filter(booking=taken).update(state="failed")
    BouncedAddress.objects.create(folded=taken.email_folded)

    page = client_of(organiser).get(address(date)).content.decode()

    for words in (
        "1 person waits for your approval",
        "1 of 2 wants Welsh",
        "1 letter could not be sent",
        "come back",
    ):
        assert words in page, words


def test_overview_says_why_a_free_place_is_offered_to_nobody(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    date = bookable(2, seminar=factories.SeminarFactory(organisation=organisation))
    book_one(date)
    book(date, person(), person(), is_whole=True)

    assert "Those who wait are whole groups" in client_of(organiser).get(address(date)).content.decode()


def test_overview_of_a_date_without_rules_or_bookings(
    client_of: Any, organiser: Member, organisation: Organisation, date: SeminarDate
) -> None:
    other = factories.SeminarDateFactory(seminar=date.seminar)

    assert "cannot be booked here yet" in client_of(organiser).get(address(other)).content.decode()
    assert "Nobody has booked yet" in client_of(organiser).get(address(date)).content.decode()


def test_empty_overview_says_what_is_missing_before_anybody_can_book(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    client = client_of(organiser)
    public = client.get(address(date)).content.decode()
    assert date.get_absolute_url() in public
    assert "organisations/?there=nobody" in public
    assert "Publish the seminar" not in public.split("<main")[1]

    type(date.seminar).objects.update(state="draft")
    draft = client.get(address(date)).content.decode()
    assert "This seminar is not open for booking." in draft
    assert f"/en/organise/{date.seminar.slug}/publication/" in draft.split("Nobody has booked yet")[1]


def test_overview_ends_offers_whose_time_is_over(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    date = bookable(1, seminar=factories.SeminarFactory(organisation=organisation))
    first, second = book_one(date), book_one(date)
    changing.cancel(first)
    Booking.objects.filter(pk=second.pk).update(offer_expires_at="2026-01-01T10:00Z")

    client_of(organiser).get(address(date))

    second.refresh_from_db()
    assert second.state == "lapsed"
    assert not waiting.has_queue(second.pool)


@pytest.mark.parametrize("number", [1, 30])
def test_overview_takes_as_many_queries_for_thirty(
    number: int, client_of: Any, organiser: Member, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    series = factories.SeriesFactory()
    date = bookable(number, seminar=factories.SeminarFactory(organisation=organisation, series=series))
    run, *_rest = workshops(date, number, number)
    for _each in range(number):
        book_one(date, person(organisation=factories.OrganisationFactory(), access="A ramp"), runs=[run])
    for _each in range(number):
        book_one(date)
    client = client_of(organiser)

    with django_assert_num_queries(11):
        client.get(address(date))


def test_needs_are_counted_for_all_and_read_only_by_who_asks(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    booking = book_one(date, person(access="Hearing loop", dietary="Vegan"))
    client, secrets = client_of(organiser), ("Hearing loop", "Vegan")
    one = f"{booking.pk}/"

    for path in ("", "needs/", "list/", "requests/", one):
        page = client.get(address(date, path)).content.decode()
        assert not any(secret in page for secret in secrets), path
    assert not AuditEvent.objects.filter(verb="needs-read").exists()

    for path in ("needs/", f"{one}needs/"):
        answer = client.post(address(date, path))
        assert all(secret in answer.content.decode() for secret in secrets), path
        assert "no-store" in answer["Cache-Control"]
    events = AuditEvent.objects.filter(verb="needs-read")
    assert {event.object_type for event in events} == {"bookings.booking", "seminars.seminardate"}
    assert not any(secret in str(event.detail) + event.object_label for event in events for secret in secrets)


def test_a_draw_whose_time_has_come_is_one_step_away(date: SeminarDate) -> None:
    workshops(date, 5)
    BookingRules.objects.update(workshops="drawn", draws_at=later(days=-1))

    steps = {step.words: step.address for step in overview.next_steps(date, figures.of(date))}

    assert steps["Draw the workshops: it is time"].endswith("/booking/draw/")


def test_steps_name_only_pages_that_exist(date: SeminarDate) -> None:
    book_one(date, person(language="cy"))

    steps = overview.next_steps(date, figures.of(date))

    assert all(step.address.startswith(("/en/", "#")) for step in steps)
