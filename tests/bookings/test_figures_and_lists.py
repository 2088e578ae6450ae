"""Every figure of the overview leads to a list with exactly as many rows."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings import changing, drawing
from bookings.models import Booking, BookingRules, BouncedAddress, Delivery, Need
from bookings.places import Wish
from people.models import Member, Organisation
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book, book_one, bookable, later, person, workshops
from tests.bookings.test_organising import address

pytestmark = pytest.mark.django_db


class Figures(HTMLParser):
    """Of `<main>`: where links to lists lead, with the first number in their words, or in the row that they are the head of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self.href, self.words, self.head = "", "", ""
        self.is_head = False
        self.feed(html.split("<main")[1].split("</main")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.href = str(dict(attrs)["href"])
        if tag in {"a", "td"}:
            self.words = ""
        self.is_head = tag == "th" or (self.is_head and tag != "td")

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.is_head:
            self.head = self.href
        elif tag == "a" and ("?" in self.href or self.href.endswith("/requests/")):
            self.found.append((self.href, self.number))
        elif tag == "td" and self.head:
            self.found.append((self.head, self.number))
            self.head = ""
        elif tag == "tr":
            self.is_head = False

    @property
    def number(self) -> int:
        """0 where the words have none."""
        found = re.search(r"\d+", self.words)
        return int(found[0]) if found else 0


def rows(client: Client, href: str) -> int:
    answer = client.get(href)
    assert answer.status_code == 200, href
    return int(answer.context["page"].paginator.count)


@pytest.fixture
def date(organiser: Member, organisation: Organisation) -> SeminarDate:
    """In every state, from everywhere, with every kind of wish, need, and letter that did not arrive."""
    series = factories.SeriesFactory(organisation=organisation)
    before = bookable(seminar=factories.SeminarFactory(organisation=organisation, series=series))
    came = factories.OrganisationFactory(kind="health", region="Mid Wales")
    absent = factories.OrganisationFactory(kind="national body")
    book(before, person(organisation=came), person(organisation=absent))
    SeminarDate.objects.filter(pk=before.pk).update(
        starts_at="2026-01-01T10:00Z", ends_at="2026-01-01T12:00Z"
    )
    council, park = factories.OrganisationFactory(), factories.OrganisationFactory(kind="national park")
    scots = factories.OrganisationFactory(nation="Scotland", region="Scotland")
    date = bookable(4, online=3, seminar=factories.SeminarFactory(organisation=organisation, series=series))
    runs = workshops(date, 1, 9)
    book_one(
        date, person(organisation=council, kind="councillor", access="A ramp", language="cy"), runs=runs[:1]
    )
    # The second waits for the workshop that the first has.
    book_one(date, person(organisation=park, dietary="Vegan", access="A loop"), runs=[Wish(runs[0])])
    book(
        date,
        person(organisation=scots, kind="councillor"),
        person(organisation_name="A charity"),
        runs=runs[1:],
    )
    for kind in ("third sector", "other"):
        book_one(date, person(kind=kind, organisation=council), attendance="online")
    gone = book_one(date, person(organisation=park), attendance="online")
    for _each in range(3):
        book_one(date, person(organisation=came, language="cy"), runs=runs[:1])
    # Of those who wait online, one is offered the place that becomes free.
    waits = [book_one(date, attendance="online") for _each in range(2)]
    changing.cancel(gone)
    BookingRules.objects.filter(seminar_date=date).update(needs_approval=True)
    book_one(date, person(organisation=council))
    book_one(date, attendance="online")
    Delivery.objects.filter(booking__in=waits).update(state="failed")
    BouncedAddress.objects.create(folded=waits[0].email_folded)
    colleague = Booking.objects.filter(seminar_date=date, kind="other")
    colleague.update(
        email="", email_folded="", booked_by_name="A colleague", booked_by_email="Back@body.example"
    )
    BouncedAddress.objects.create(folded="back@body.example")
    return date


def test_every_figure_agrees_with_the_list_behind_it(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    client = client_of(organiser)
    html = client.get(address(date)).content.decode()
    found = Figures(html).found

    wrong = [(href, number, rows(client, href)) for href, number in found if rows(client, href) != number]

    # Its words are what to do, and its figure stands below.
    assert [href.partition("?")[2] for href, number, _rows in wrong if number == 0] == [
        "there=nobody&came=on"
    ]
    assert [line for line in wrong if line[1]] == []
    queries = " ".join(href.partition("bookings/")[2] for href, _number in found)
    for part in (
        "state=booked&attendance=in+person", "state=booked&attendance=online", "state=offered", "state=waiting",
        "state=requested", "requests/", "state=failed", "letters=back", "kind=councillor", "kind=officer", "kind=other",
        "sector=health", "region=Scotland", "organisation=0", "language=cy", "place=confirmed", "place=waiting",
        "there=nobody&came=on", "there=nobody&sector=council", "there=somebody&sector=", "there=booked",
    ):  # fmt: skip
        assert part in queries or part in html.replace("&amp;", "&"), part
    assert len(found) > 35


def test_figures_of_a_past_date_and_of_one_that_is_cancelled_agree(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    client = client_of(organiser)
    seated = Booking.objects.filter(seminar_date=date, state="confirmed").order_by("pk")
    for number, booking in enumerate(seated):
        booking.become("attended" if number % 2 else "no show")
    date.cancel("Snow", by=organiser)
    for moment in (date.starts_at, timezone.now() - timedelta(days=2)):
        SeminarDate.objects.filter(pk=date.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=3))

        found = Figures(client.get(address(date)).content.decode()).found

        assert [(href, number) for href, number in found if rows(client, href) != number] == []
        assert len(found) > 30


def test_wishes_of_a_draw_agree_before_and_after_it(
    client_of: Any, organiser: Member, organisation: Organisation
) -> None:
    date = bookable(
        9,
        seminar=factories.SeminarFactory(organisation=organisation),
        workshops="drawn",
        draws_at=later(days=9),
    )
    one, two = workshops(date, 1, 9)
    for _each in range(3):
        book_one(date, runs=[Wish(one, 1), Wish(two, 2)])
    client = client_of(organiser)
    for column, parts in (("Wishes to be drawn", {"wanted"}), ("In its queue", {"confirmed", "waiting"})):
        html = client.get(address(date)).content.decode()
        found = [(href, number) for href, number in Figures(html).found if "place=" in href]

        assert column in html
        assert {href.rpartition("=")[2] for href, _number in found} == parts
        assert [(href, number) for href, number in found if rows(client, href) != number] == []
        if "wanted" in parts:
            drawing.publish(drawing.preview(date, by=organiser), by=organiser)


def test_needs_are_as_many_rows_as_their_figures_say(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    client = client_of(organiser)
    needed = dict(client.get(address(date)).context["needed"])

    shown = client.post(address(date, "needs/")).context["shown"]

    kinds = [need.get_kind_display() for need in shown]
    assert {str(label): number for label, number in needed.items()} == {
        kind: kinds.count(kind) for kind in kinds
    }
    assert len(kinds) == Need.objects.count() == 3


def test_organisations_are_narrowed_by_everything_and_nonsense_narrows_nothing(
    client_of: Any, organiser: Member, date: SeminarDate
) -> None:
    client = client_of(organiser)
    everything = rows(client, address(date, "organisations/"))

    def named(query: str) -> set[str]:
        page = client.get(address(date, f"organisations/?{query}")).context["page"]
        return {f"{one.organisation.kind} {one.booked} {one.hoping}" for one in page}

    assert named("there=nobody&came=on") == {"national body 0 0"}
    assert named("sector=health&came=on") == {"health 0 3"}
    assert named("there=booked&region=Scotland") == {"council 1 0"}
    assert named("there=booked&wales=on&sector=national park") == {"national park 1 0"}
    assert rows(client, address(date, "organisations/?there=x&sector=y&region=z&page=w")) == everything
    empty = client.get(address(date, "organisations/?sector=police")).content.decode()
    assert "Nothing fits" in empty


@pytest.mark.parametrize("number", [1, 30])
def test_organisations_take_as_many_queries_for_thirty(
    number: int, client_of: Any, organiser: Member, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    date = bookable(number, seminar=factories.SeminarFactory(organisation=organisation))
    for _each in range(number):
        book_one(date, person(organisation=factories.OrganisationFactory()))
    client = client_of(organiser)

    with django_assert_num_queries(7):
        client.get(address(date, "organisations/"))
