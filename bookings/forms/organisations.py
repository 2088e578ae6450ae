"""Organisations by the names that people type, in either language."""

import operator
from collections.abc import Iterable
from functools import reduce

from django.db.models import Q

from people.models import Organisation
from ui.bilingual import either
from ui.folding import fold
from ui.sorting import reading_key


def recognise(names: Iterable[str]) -> dict[str, Organisation]:
    """Those of the exchange that are called exactly so, by what was typed; one query."""
    typed = {name: fold(name) for name in names if name.strip()}
    if not typed:
        return {}
    holding = reduce(operator.or_, (Q(folded__contains=folded) for folded in set(typed.values())))
    known: dict[str, Organisation] = {}
    for organisation in Organisation.objects.filter(holding).order_by("-pk"):
        for name in (organisation.name_en, organisation.name_cy):
            known[fold(name)] = organisation
    return {name: known[folded] for name, folded in typed.items() if folded in known}


def suggestions() -> list[str]:
    """Every name, in the reader's language and order, for a <datalist>."""
    rows = Organisation.objects.only("name_en", "name_cy")
    return sorted({str(either(row, "name")) for row in rows}, key=reading_key)
