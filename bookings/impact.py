"""What came of seminars, for everybody to read: figures that name nobody, summed by the database. Fixed queries.

`held` is always a query for dates, never a list: thousands of past dates cost no more rows than one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, QuerySet

from bookings import opinions
from bookings.models import Booking, Commitment, CommitmentReview, Feedback
from bookings.opinions import ALL, Opinions
from seminars.models import Seminar, SeminarDate

Outcome = CommitmentReview.Outcome
Held = QuerySet[SeminarDate]
ATTENDED = Booking.State.ATTENDED
DATE, SEMINAR = F("seminar_date"), F("seminar_date__seminar")


@dataclass
class Commitments:
    """How many were made, and how they stand; `counts` has None for those of which nothing was told yet."""

    counts: Counter[str | None] = field(default_factory=Counter)

    @property
    def made(self) -> int:
        return self.counts.total()

    @property
    def done(self) -> int:
        return self.counts[Outcome.DONE]

    @property
    def under_way(self) -> int:
        return self.counts[Outcome.UNDER_WAY]

    @property
    def stopped(self) -> int:
        return self.counts[Outcome.STOPPED]

    @property
    def not_told(self) -> int:
        return self.counts[None]


@dataclass
class Attended:
    """Who came. `bodies` are organisations of the exchange; without one, somebody is counted and no more."""

    kinds: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    bodies: int = 0

    @property
    def number(self) -> int:
        return self.kinds.total()


@dataclass
class Impact:
    attended: Attended
    opinion: Opinions
    commitment: Commitments
    # Dates that were answered of by so few that they are left out.
    has_few: bool

    @property
    def is_empty(self) -> bool:
        answered = self.opinion.number or self.has_few
        return not (self.attended.number or answered or self.commitment.made)


@dataclass
class Row:
    """A date, or a seminar, in a table."""

    attended: int = 0
    opinion: Opinions = field(default_factory=Opinions)
    commitments: Commitments = field(default_factory=Commitments)


def held_of(seminar: Seminar) -> Held:
    return SeminarDate.objects.filter(seminar=seminar).scheduled().past()


def held_by_all(year: int | None = None) -> Held:
    """Dates with bookings here, of all seminars that everybody may read about; perhaps of one year only."""
    held = SeminarDate.objects.public().scheduled().past().filter(booking_rules__isnull=False)
    return held.filter(starts_at__year=year) if year else held


def years(held: Held) -> list[int]:
    """In which any were held, the newest first."""
    return [first.year for first in held.datetimes("starts_at", "year", order="DESC")]


def of(held: Held) -> Impact:
    held = _only_keys(held)
    enough = opinions.of_enough(held)
    left_out = Feedback.objects.filter(seminar_date__in=held).exclude(seminar_date__in=enough)
    return Impact(
        _attended(held), opinions.counted(enough, ALL)[0], commitments(held, ALL)[0], left_out.exists()
    )


def _only_keys(held: Held) -> Any:
    """For a subquery, which needs no order."""
    return held.order_by().values("pk")


def _attended(held: Any) -> Attended:
    came = Booking.objects.filter(seminar_date__in=held, state=ATTENDED).order_by()
    found = Attended(kinds=Counter(dict(came.values_list("kind").annotate(Count("pk")))))
    # One row for each organisation, at most a few hundred: whoever counts them apart must sort every booking.
    of_bodies = came.exclude(organisation=None).values_list("organisation", "organisation__kind")
    for _body, kind, number in of_bodies.annotate(Count("pk")):
        found.sectors[kind] += number
        found.bodies += 1
    return found


def commitments(held: Any, by: Any) -> dict[int, Commitments]:
    """The private ones among them: a number tells nothing of what they say."""
    found: dict[int, Commitments] = defaultdict(Commitments)
    of = by if by is ALL else F(f"booking__{by.name}")
    made: Any = Commitment.objects.filter(booking__seminar_date__in=held).with_standing().order_by()
    for key, stands, number in made.values_list(of, "stands").annotate(Count("pk")):
        found[key].counts[stands] += number
    return found


def rows_of(held: Held, by: F) -> dict[int, Row]:
    """By the key of the date, or of the seminar; empty for one of which nothing is known."""
    held = _only_keys(held)
    came = Booking.objects.filter(seminar_date__in=held, state=ATTENDED).order_by()
    attended = Counter(dict(came.values_list(by).annotate(Count("pk"))))
    thought, made = opinions.counted(opinions.of_enough(held), by), commitments(held, by)
    keys = {*attended, *thought, *made}
    return defaultdict(Row, {key: Row(attended[key], thought[key], made[key]) for key in keys})


def latest_seminars(held: Held) -> QuerySet[SeminarDate, Any]:
    """`{"seminar": key, "last": when it was last held}`, the newest first."""
    return held.order_by().values("seminar").annotate(last=Max("starts_at")).order_by("-last", "-seminar")


def published_write_ups(year: int | None = None) -> Any:
    """Those that came out of seminars. Write-ups live above this app: the reverse relation knows their model."""
    model: Any = Seminar._meta.get_field("write_ups").related_model
    seminars = Seminar.objects.published().order_by()
    if year:
        seminars = seminars.filter(pk__in=held_by_all(year).order_by().values("seminar"))
    return model.objects.published().filter(seminars__in=seminars).distinct()
