"""What came of seminars, for everybody to read: figures that name nobody, and what was made public. Fixed queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from bookings import opinions
from bookings.models import Booking, Commitment, CommitmentReview
from bookings.opinions import Opinions
from people.models import Member, Organisation
from seminars.models import Seminar, SeminarDate
from ui import charts

Outcome = CommitmentReview.Outcome
ATTENDED = Booking.State.ATTENDED


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

    def chart(self) -> charts.Chart:
        labels = [(str(words), self.counts[value]) for value, words in Outcome.choices]
        return charts.bars(
            "commitments",
            _("What came of what people said they would do"),
            [*labels, (_("Not told yet"), self.not_told)],
            [_("What came of it"), _("How many")],
        )


@dataclass
class Attended:
    """Who came. `bodies` are organisations of the exchange; without one, somebody is counted and no more."""

    by_date: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    bodies: int = 0

    @property
    def number(self) -> int:
        return self.by_date.total()

    def kinds_chart(self) -> charts.Chart:
        return _labelled("kinds", _("Officers, councillors and others"), self.kinds, Member.Kind)

    def sectors_chart(self) -> charts.Chart:
        return _labelled("sectors", _("By kind of organisation"), self.sectors, Organisation.Kind)


def _labelled(uid: str, title: str, counts: Counter[str], choices: Any) -> charts.Chart:
    labels = dict(choices.choices)
    rows = [(str(labels.get(value, value)), number) for value, number in counts.most_common()]
    return charts.bars(uid, title, rows, [_("Who"), _("People who came")])


@dataclass
class Impact:
    dates: list[SeminarDate]
    attended: Attended
    opinions: dict[int, Opinions]
    commitments: dict[int, Commitments]

    @property
    def opinion(self) -> Opinions:
        return opinions.together(self.opinions.values())

    @property
    def commitment(self) -> Commitments:
        return _sum(self.commitments.values())

    @property
    def is_empty(self) -> bool:
        return not (self.attended.number or self.opinion.number or self.commitment.made)


def _sum(several: Iterable[Commitments]) -> Commitments:
    total = Commitments()
    for one in several:
        total.counts += one.counts
    return total


def of_seminar(seminar: Seminar) -> Impact:
    held = SeminarDate.objects.filter(seminar=seminar).scheduled().past().select_related("venue")
    dates = list(held.order_by("starts_at"))
    for date in dates:
        date.seminar = seminar
    return _of(dates)


def overall() -> Impact:
    """Of all seminars that everybody may read about."""
    held = SeminarDate.objects.public().scheduled().past().filter(booking_rules__isnull=False)
    return _of(list(held.select_related("seminar").order_by("-starts_at")))


def _of(dates: list[SeminarDate]) -> Impact:
    keys = [date.pk for date in dates]
    return Impact(dates, _attended(keys), opinions.of_dates(dates), commitments_of(keys))


def _attended(keys: list[int]) -> Attended:
    came = Booking.objects.filter(seminar_date__in=keys, state=ATTENDED).order_by()
    found = Attended()
    for date, kind, number in came.values_list("seminar_date", "kind").annotate(Count("pk")):
        found.by_date[date] += number
        found.kinds[kind] += number
    known = came.exclude(organisation=None).values_list("organisation__kind")
    for kind, number, bodies in known.annotate(Count("pk"), Count("organisation", distinct=True)):
        found.sectors[kind] += number
        found.bodies += bodies
    return found


def commitments_of(keys: list[int]) -> dict[int, Commitments]:
    """By the key of the date, the private ones among them: a number tells nothing of what they say."""
    found = {key: Commitments() for key in keys}
    made: Any = Commitment.objects.filter(booking__seminar_date__in=keys).with_standing().order_by()
    for date, stands, number in made.values_list("booking__seminar_date", "stands").annotate(Count("pk")):
        found[date].counts[stands] += number
    return found


@dataclass
class OfSeminar:
    """A seminar in the table of the overall page."""

    seminar: Seminar
    attended: int = 0
    opinion: Opinions = field(default_factory=Opinions)
    commitments: Commitments = field(default_factory=Commitments)


def by_seminar(found: Impact) -> list[OfSeminar]:
    """Newest first, without further queries."""
    rows: dict[int, OfSeminar] = {}
    for date in found.dates:
        row = rows.setdefault(date.seminar_id, OfSeminar(date.seminar))
        row.attended += found.attended.by_date[date.pk]
        row.opinion.add(found.opinions[date.pk])
        row.commitments.counts += found.commitments[date.pk].counts
    return list(rows.values())


def published_write_ups() -> Any:
    """Those that came out of seminars. Write-ups live above this app: the reverse relation knows their model."""
    model: Any = Seminar._meta.get_field("write_ups").related_model
    return model.objects.published().filter(seminars__in=Seminar.objects.published().order_by()).distinct()
