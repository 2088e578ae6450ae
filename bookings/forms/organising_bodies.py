"""What the list of organisations is narrowed by: who comes, who is missing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.bodies import Body
from bookings.forms.narrowing import NarrowingForm
from people.models import Organisation


class BodiesFilter(NarrowingForm):
    there = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("All")),
            ("nobody", _("Nobody comes or waits")),
            ("somebody", _("Somebody comes or waits")),
            ("booked", _("Somebody has booked")),
        ],
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All")), *Organisation.Kind.choices]
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("All")), *Organisation.Region.choices]
    )
    wales = forms.BooleanField(label=_("Only organisations in Wales"), required=False)
    came = forms.BooleanField(
        label=_("Only those that came to earlier seminars of the series"), required=False
    )

    def narrow(self, found: Iterable[Body]) -> list[Body]:
        """The organisations that fit."""
        return [one for one in found if self._fits(one, self._given)]

    def _fits(self, one: Body, asked: dict[str, Any]) -> bool:
        there = {"nobody": not one.is_here, "somebody": one.is_here, "booked": one.booked > 0}
        return (
            there.get(asked.get("there", ""), True)
            and asked.get("sector", "") in {"", one.organisation.kind}
            and asked.get("region", "") in {"", one.organisation.region}
            and (one.in_wales or not asked.get("wales"))
            and (one.came or not asked.get("came"))
        )
