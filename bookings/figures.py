"""The figures of one date: who has booked, who waits, who is missing. Counted by the database, in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bookings import bodies, bounces, missing, waiting
from bookings.bodies import Body
from bookings.models import Booking, BookingRules, Delivery, Need, Place, Pool
from people.models import Member, Organisation
from seminars.models import Run, SeminarDate, Session

State = Booking.State
# Of the organisations, so many are drawn; the rest are counted.
MOST_ORGANISATIONS = 15
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
        return sum(self.states[state] for state in Booking.BOOKED)

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


@dataclass
class Figures:
    # None: the date cannot be booked yet.
    rules: BookingRules | None
    pools: list[PoolFigures]
    runs: Sequence[Run]
    # Of those who have booked: together as many as `booked`.
    kinds: Counter[str]
    sectors: Counter[str]
    regions: Counter[str]
    organisations: list[tuple[Organisation, int]]
    organisations_number: int
    without_organisation: int
    # Of all who come or wait.
    languages: Counter[str]
    needs: Counter[str]
    missing: missing.Missing
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
    def wishes(self) -> int:
        return sum(run.wishes for run in self.runs)  # type: ignore[attr-defined]

    @property
    def councillors(self) -> int:
        return self.kinds[Member.Kind.COUNCILLOR]

    @property
    def officers(self) -> int:
        return self.kinds[Member.Kind.OFFICER]


def rules_of(seminar_date: SeminarDate) -> BookingRules | None:
    return BookingRules.objects.filter(seminar_date=seminar_date).first()


def of(seminar_date: SeminarDate) -> Figures:
    """All of it. Offers whose time is over are ended first, if there are any."""
    pools, rules = _pools(seminar_date)
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    overdue = 0
    is_over = Q(state=State.OFFERED, offer_expires_at__lte=timezone.now())
    rows = Booking.objects.filter(seminar_date=seminar_date).order_by()
    for pool, state, kind, language, number, over in rows.values_list(
        "pool", "state", "kind", "language"
    ).annotate(number=Count("pk"), over=Count("pk", filter=is_over)):
        pools[pool].states[state] += number
        overdue += over
        if state in Booking.BOOKED:
            kinds[kind] += number
        if state in Booking.LIVE:
            languages[language] += number
    if overdue and waiting.expire(seminar_date):
        return of(seminar_date)
    for one in pools.values():
        one.why_not = waiting.why_not(one.pool) if one.waiting else ""
    counts = _counts(seminar_date)
    everybody = bodies.of(seminar_date)
    coming = sorted((one for one in everybody if one.booked), key=lambda one: -one.booked)
    return Figures(
        rules=rules,
        pools=list(pools.values()),
        runs=_runs(seminar_date),
        kinds=kinds,
        sectors=_by(coming, "kind"),
        regions=_by(coming, "region"),
        organisations=[(one.organisation, one.booked) for one in coming[:MOST_ORGANISATIONS]],
        organisations_number=len(coming),
        without_organisation=kinds.total() - sum(one.booked for one in coming),
        languages=languages,
        needs=Counter({kind: counts[kind] for kind in Need.Kind.values if counts[kind]}),
        missing=missing.of(everybody),
        failed=counts["failed"],
        bounced=counts["bounced"],
    )


def _pools(seminar_date: SeminarDate) -> tuple[dict[int, PoolFigures], BookingRules | None]:
    rows = Pool.objects.filter(seminar_date=seminar_date).select_related("seminar_date__booking_rules")
    found = {pool.pk: PoolFigures(pool) for pool in rows}
    rules = None
    for one in found.values():
        rules = getattr(one.pool.seminar_date, "booking_rules", None)
        one.pool.seminar_date = seminar_date
    return found, rules


def _share(part: int, whole: int) -> float:
    """In per cent, for a bar: never wider than the bar."""
    return round(min(100.0, 100 * part / whole), 1) if whole else 0.0


def _by(coming: list[Body], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in coming:
        counts[getattr(one.organisation, name)] += one.booked
    return counts


def _runs(seminar_date: SeminarDate) -> Sequence[Run]:
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


def _counts(seminar_date: SeminarDate) -> dict[str, int]:
    """Needs of each kind, letters that failed, people whose letters come back: in one query."""
    live = Booking.objects.live().filter(seminar_date=OuterRef("pk"))
    needed = Need.objects.filter(booking__seminar_date=OuterRef("pk"), booking__state__in=Booking.LIVE)
    failed = Delivery.objects.filter(booking__seminar_date=OuterRef("pk"), state=Delivery.State.FAILED)
    asked: dict[str, Any] = {kind: needed.filter(kind=kind) for kind in Need.Kind.values}
    asked |= {
        "failed": failed,
        "bounced": bounces.unreachable(live),
    }
    row = SeminarDate.objects.filter(pk=seminar_date.pk).values_list(
        *(_number(one) for one in asked.values())
    )
    return dict(zip(asked, row[0], strict=True))


def _number(rows: Any) -> Coalesce:
    counted = (
        rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
