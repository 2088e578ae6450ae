"""How a commitment stands."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from bookings.models import CommitmentReview

register = template.Library()
ICONS = {"done": "circle-check", "under way": "sprout", "stopped": "octagon-x"}


@register.inclusion_tag("ui/_status.html")
def outcome(stands: str | None) -> dict[str, Any]:
    """`{% outcome commitment.stands %}`: with an icon and a word; also where nothing was told yet."""
    labels = dict(CommitmentReview.Outcome.choices)
    return {
        "state": stands or "not told",
        "label": labels[stands] if stands else _("Not told yet"),
        "icon": ICONS.get(stands or "", "circle-dashed"),
    }
