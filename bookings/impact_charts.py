"""The figures of `impact` as charts."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from bookings import opinions
from bookings.impact import Commitments, Impact, Outcome
from people.models import Member, Organisation
from ui import charts


def drawn(found: Impact) -> dict[str, charts.Chart]:
    return {
        "kinds": _labelled("kinds", _("Officers, councillors and others"), found.attended.kinds, Member.Kind),
        "sectors": _labelled(
            "sectors", _("By kind of organisation"), found.attended.sectors, Organisation.Kind
        ),
        "commitments": _outcomes(found.commitment),
        **opinions.drawn(found.opinion),
    }


def _labelled(uid: str, title: str, counts: Counter[str], choices: Any) -> charts.Chart:
    labels = dict(choices.choices)
    rows = [(str(labels.get(value, value)), number) for value, number in counts.most_common()]
    return charts.bars(uid, title, rows, [_("Who"), _("People who came")])


def _outcomes(made: Commitments) -> charts.Chart:
    labels = [(str(words), made.counts[value]) for value, words in Outcome.choices]
    return charts.bars(
        "commitments",
        _("What came of what people said they would do"),
        [*labels, (_("Not told yet"), made.not_told)],
        [_("What came of it"), _("How many")],
    )
