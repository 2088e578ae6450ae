"""Who is not there yet: areas and sectors of Wales with nobody on a date, and those who came to its series before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bookings.bodies import Body
from people.models import Organisation

# So many are named; the list of organisations has them all.
MOST_EARLIER = 40


@dataclass(frozen=True)
class Sector:
    """The organisations of Wales of one kind: how many there are, and how many of them come or wait."""

    kind: str
    label: str
    total: int
    here: int


@dataclass
class Missing:
    """Who is not there yet."""

    areas: Sequence[Organisation]
    sectors: Sequence[Sector]
    earlier: Sequence[Organisation]

    @property
    def named_earlier(self) -> Sequence[Organisation]:
        return self.earlier[:MOST_EARLIER]


def of(bodies: Sequence[Body]) -> Missing:
    """Of what `bookings.bodies` found of a date."""
    wales = [one for one in bodies if one.in_wales]
    totals = Counter(one.organisation.kind for one in wales)
    present = Counter(one.organisation.kind for one in wales if one.is_here)
    labels = dict(Organisation.Kind.choices)
    sectors = [Sector(kind, str(labels[kind]), total, present[kind]) for kind, total in totals.items()]
    absent = [one for one in bodies if not one.is_here]
    return Missing(
        areas=[one.organisation for one in absent if one.in_wales and one.organisation.kind == "council"],
        sectors=sorted(sectors, key=lambda one: (one.here > 0, -one.total, one.label)),
        earlier=[one.organisation for one in absent if one.came],
    )
