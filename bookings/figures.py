"""The figures of one date: who has booked, who waits, who is missing. Counted by the database, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from bookings import waiting
from bookings.models import Booking, BookingRules, BouncedAddress, Delivery, Need, Place, Pool
from people.models import Member, Organisation
from seminars.models import Run, SeminarDate, Session
from ui.bilingual import either
from ui.sorting import reading_key

State = Booking.State
# Of the organisations, so many are drawn; the rest are counted.
MOST_ORGANISATIONS = 15
MOST_EARLIER = 40
# From this share of Welsh on, a date needs simultaneous translation.
TRANSLATION_FROM = 10


@dataclass
class PoolFigures:
    """One way of taking part: `states` counts its bookings by state."""

    pool: Pool
    states: Counter[str] = field(default_factory=Counter)
    why_not: str = ""

    @property
    def booked(self) -> int:
        return sum(self.states[state] for state in Booking.HOLDING) - self.offered

    @property
    def offered(self) -> int:
        return self.states[State.OFFERED]

    @property
    def waiting(self) -> int:
        return self.states[State.WAITING]

    @property
    def requested(self) -> int:
        return self.states[State.REQUESTED]

    @property
    def booked_share(self) -> float:
        return _share(self.booked, self.pool.seats)

    @property
    def taken_share(self) -> float:
        return _share(self.pool.taken, self.pool.seats)


@dataclass(frozen=True)
class Sector:
    """The organisations of Wales of one kind: how many there are, and how many of them come or wait."""

    label: str
    total: int
    here: int


@dataclass
class Missing:
    """Who is not there yet."""

    areas: list[Organisation]
    sectors: list[Sector]
    earlier: list[Organisation]


@dataclass
class Figures:
    pools: list[PoolFigures]
    runs: list[Run]
    # Of those who hold a seat.
    kinds: Counter[str]
    sectors: Counter[str]
    regions: Counter[str]
    organisations: list[tuple[Organisation, int]]
    organisations_number: int
    without_organisation: int
    # Of all who come or wait.
    languages: Counter[str]
    needs: Counter[str]
    missing: Missing
    failed: int
    bounced: int

    @property
    def booked(self) -> int:
        return sum(one.booked for one in self.pools)

    @property
    def seats(self) -> int:
        return sum(one.pool.seats for one in self.pools)

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.pools)

    @property
    def requested(self) -> int:
        return sum(one.requested for one in self.pools)

    @property
    def offered(self) -> int:
        return sum(one.offered for one in self.pools)

    @property
    def is_empty(self) -> bool:
        return not any(one.states for one in self.pools)

    @property
    def asked(self) -> int:
        """How many come or wait, whose language counts."""
        return self.languages.total()

    @property
    def welsh(self) -> int:
        return self.languages[Member.Language.WELSH]

    @property
    def needs_translation(self) -> bool:
        return self.welsh > 0 and 100 * self.welsh >= TRANSLATION_FROM * self.asked

    @property
    def seated(self) -> int:
        return self.kinds.total()

    @property
    def councillors(self) -> int:
        return self.kinds[Member.Kind.COUNCILLOR]

    @property
    def officers(self) -> int:
        return self.kinds[Member.Kind.OFFICER]


def rules_of(seminar_date: SeminarDate) -> BookingRules | None:
    return BookingRules.objects.filter(seminar_date=seminar_date).first()


def of(seminar_date: SeminarDate) -> Figures:
    pools = {pool.pk: PoolFigures(pool) for pool in Pool.objects.filter(seminar_date=seminar_date)}
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    rows = Booking.objects.filter(seminar_date=seminar_date).order_by()
    for pool, state, kind, language, number in rows.values_list("pool", "state", "kind", "language").annotate(
        Count("pk")
    ):
        pools[pool].states[state] += number
        if state in Booking.HOLDING:
            kinds[kind] += number
        if state in Booking.LIVE:
            languages[language] += number
    for one in pools.values():
        one.pool.seminar_date = seminar_date
        one.why_not = waiting.why_not(one.pool)
    sectors, regions, without, number = _bodies(seminar_date)
    return Figures(
        pools=list(pools.values()),
        runs=_runs(seminar_date),
        kinds=kinds,
        sectors=sectors,
        regions=regions,
        organisations=_organisations(seminar_date),
        organisations_number=number,
        without_organisation=without,
        languages=languages,
        needs=needs(seminar_date),
        missing=_missing(seminar_date),
        failed=Delivery.objects.filter(
            booking__seminar_date=seminar_date, state=Delivery.State.FAILED
        ).count(),
        bounced=rows.live().filter(email_folded__in=BouncedAddress.objects.values("folded")).count(),
    )


def _share(part: int, whole: int) -> float:
    """In per cent, for a bar: never wider than the bar."""
    return round(min(100.0, 100 * part / whole), 1) if whole else 0.0


def _seated(seminar_date: SeminarDate) -> Any:
    return Booking.objects.holding().filter(seminar_date=seminar_date).order_by()


def _bodies(seminar_date: SeminarDate) -> tuple[Counter[str], Counter[str], int, int]:
    """Seats by sector and by region, those of no known organisation, and the number of organisations."""
    sectors: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    without = organisations = 0
    rows = _seated(seminar_date).values_list("organisation__kind", "organisation__region")
    for kind, region, number, bodies in rows.annotate(Count("pk"), Count("organisation", distinct=True)):
        if kind is None:
            without += number
            continue
        sectors[kind] += number
        regions[region] += number
        organisations += bodies
    return sectors, regions, without, organisations


def _organisations(seminar_date: SeminarDate) -> list[tuple[Organisation, int]]:
    """Those with the most seats."""
    rows = _seated(seminar_date).exclude(organisation=None)
    rows = rows.values_list("organisation", "organisation__name_en", "organisation__name_cy")
    return [
        (Organisation(pk=pk, name_en=name_en, name_cy=name_cy), number)
        for pk, name_en, name_cy, number in rows.annotate(number=Count("pk")).order_by(
            "-number", "organisation__name_en"
        )[:MOST_ORGANISATIONS]
    ]


def _runs(seminar_date: SeminarDate) -> list[Run]:
    """Of workshops, in the order of the day, with `in_queue` and `wishes`."""
    found = (
        Run.objects.filter(slot__seminar_date=seminar_date, session__kind=Session.Kind.WORKSHOP)
        .select_related("session", "slot", "room")
        .annotate(
            in_queue=Count("places", filter=Q(places__state=Place.State.WAITING)),
            wishes=Count("places", filter=Q(places__state=Place.State.WANTED)),
        )
        .order_by("slot__starts_at", "session__position", "pk")
    )
    runs = list(found)
    for run in runs:
        run.slot.seminar_date = seminar_date
    return runs


def needs(seminar_date: SeminarDate) -> Counter[str]:
    rows = Need.objects.filter(booking__seminar_date=seminar_date, booking__state__in=Booking.LIVE)
    return Counter(dict(rows.order_by().values_list("kind").annotate(Count("pk"))))


def _missing(seminar_date: SeminarDate) -> Missing:
    here = Booking.objects.live().filter(seminar_date=seminar_date, organisation=OuterRef("pk"))
    wales = Organisation.objects.in_wales()
    areas = wales.filter(~Exists(here), kind=Organisation.Kind.COUNCIL).only("name_en", "name_cy")
    coming = Booking.objects.live().filter(seminar_date=seminar_date).exclude(organisation=None)
    counted = (
        wales.order_by()
        .values_list("kind")
        .annotate(
            total=Count("pk"),
            here=Count("pk", filter=Q(pk__in=coming.order_by().values("organisation"))),
        )
    )
    labels = dict(Organisation.Kind.choices)
    sectors = [Sector(str(labels[kind]), total, number) for kind, total, number in counted]
    return Missing(
        areas=sorted(areas, key=lambda one: reading_key(either(one, "name"))),
        sectors=sorted(sectors, key=lambda one: (one.here > 0, -one.total, one.label)),
        earlier=_came_earlier(seminar_date, here),
    )


def _came_earlier(seminar_date: SeminarDate, here: Any) -> list[Organisation]:
    """Organisations that came to earlier seminars of the series, and have nobody here."""
    if not seminar_date.seminar.series_id:
        return []
    before = Booking.objects.filter(
        organisation=OuterRef("pk"),
        state__in=[State.ATTENDED, State.CONFIRMED],
        seminar_date__seminar__series=seminar_date.seminar.series_id,
        seminar_date__ends_at__lt=min(seminar_date.starts_at, timezone.now()),
    ).exclude(seminar_date__seminar=seminar_date.seminar_id)
    found = Organisation.objects.filter(Exists(before), ~Exists(here)).only("name_en", "name_cy")
    return sorted(found[:MOST_EARLIER], key=lambda one: reading_key(either(one, "name")))
