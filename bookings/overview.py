"""What the overview of a date says beyond its figures: the charts, and what to do next, most pressing first."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import places
from bookings.figures import Figures
from bookings.models import BookingRules
from bookings.templatetags.booking_desk import address_if, listed
from people.models import Member, Organisation
from seminars.models import SeminarDate
from seminars.next_steps import Step
from ui import charts


def drawn(date: SeminarDate, figures: Figures) -> dict[str, charts.Chart]:
    """Of those who have booked: officers against councillors, sectors, regions, organisations."""
    kinds, sectors, regions = Member.Kind, Organisation.Kind, Organisation.Region
    rows: dict[str, tuple[str, list[tuple[Any, str, int]]]] = {
        "kind": (_("Officers, councillors and others"), _labelled(figures.kinds, kinds)),
        "sector": (_("By sector"), _labelled(figures.sectors, sectors)),
        "region": (_("By region"), _labelled(figures.regions, regions)),
        "organisation": (
            _("By organisation"), [(body.pk, str(body), number) for body, number in figures.organisations]
        ),
    }  # fmt: skip
    return {
        name: charts.bars(
            f"by-{name}",
            title,
            [(label, number) for _value, label, number in counted],
            [_("What"), _("Places")],
            [listed(date, state="booked", **{name: value}) for value, _label, _number in counted],
        )
        for name, (title, counted) in rows.items()
    }


def _labelled(counts: Counter[str], choices: Any) -> list[tuple[Any, str, int]]:
    labels = dict(choices.choices)
    return [(value, str(labels.get(value, value)), number) for value, number in counts.most_common()]


def next_steps(date: SeminarDate, figures: Figures) -> list[Step]:
    if figures.rules is None or date.is_cancelled:
        return []
    return [
        *_waiting_for_us(date, figures),
        *_before(date, figures.rules, figures),
        *_afterwards(date, figures),
    ]


def _waiting_for_us(date: SeminarDate, figures: Figures) -> Iterator[Step]:
    if number := 0 if date.is_past else figures.requested:
        words = ngettext(
            "%(number)s person waits for your approval", "%(number)s people wait for your approval", number
        )
        yield _step(date, words % {"number": number}, "organise-requests")
    if number := figures.failed:
        words = ngettext(
            "%(number)s letter could not be sent: look at it",
            "%(number)s letters could not be sent: look at them",
            number,
        )
        yield Step(words % {"number": number}, listed(date, "letters", state="failed"))
    if number := figures.bounced:
        words = ngettext(
            "Letters to %(number)s person come back: ask for another address",
            "Letters to %(number)s people come back: ask for other addresses",
            number,
        )
        yield Step(words % {"number": number}, listed(date, state="live", letters="back"))


def _before(date: SeminarDate, rules: BookingRules, figures: Figures) -> Iterator[Step]:
    if date.is_past:
        return
    if figures.waiting and not any(one.pool.free for one in figures.pools):
        words = ngettext(
            "%(number)s person is in the queue: can more come?",
            "%(number)s people are in the queue: can more come?",
            figures.waiting,
        )
        yield from _step_if(date, words % {"number": figures.waiting}, "arrange")
    if places.is_to_be_drawn(rules) and rules.draws_at and rules.draws_at <= timezone.now():
        yield from _step_if(date, _("Draw the workshops: it is time"), "draw")
    if figures.needs_translation:
        yield from _step_if(
            date, _("Book simultaneous translation, and tell the delegates of it"), "messages"
        )
    if figures.missing.earlier:
        words = _("Ask those who came to earlier seminars of the series")
        yield Step(words, listed(date, "bodies", there="nobody", came="on"))


def _afterwards(date: SeminarDate, figures: Figures) -> Iterator[Step]:
    if date.is_past and figures.booked:
        yield from _step_if(date, _("Note who came, if the door did not"), "stewards")
        yield from _step_if(date, _("Read what the delegates say of it"), "organise-feedback")


def _step(date: SeminarDate, words: str, name: str) -> Step:
    return Step(words, reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug]))


def _step_if(date: SeminarDate, words: str, name: str) -> Iterator[Step]:
    """Only where there is such a page."""
    if address := address_if(name, date.seminar.slug, date.slug):
        yield Step(words, address)
