"""The draw of the workshops: what is wished for, previews in numbers, publication, and the record of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import drawing, lots
from bookings.models import Draw
from bookings.views.arranging_page import address, arranged, confirmation, me, page
from people.refusal import Refused
from seminars.models import SeminarDate
from seminars.views.workspace import tell_refusal


@require_safe
def draw(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Before the first preview the wishes, then the newest preview, in the end the record of what was published."""
    date = arranged(request, slug, date_slug)
    rules = date.booking_rules
    made = lots.made_for(date)
    shown = next((one for one in made if one.published_at), made[0] if made else None)
    full = _whole(date, shown) if shown else None
    return page(
        request, "draw", date, _("The draw of the workshops"), rules=rules, made=made, shown=shown,
        is_to_be=rules.workshops == rules.Workshops.DRAWN and not (shown and shown.published_at),
        is_time=bool(rules.draws_at and rules.draws_at <= timezone.now()),
        lines=lots.drawn(full) if full else lots.wished(date), total=lots.total(full.outcome["totals"]) if full else None,
        is_verified=drawing.verify(full) if full and full.published_at else None,
        is_current=full is not None and drawing.is_current(full),
    )  # fmt: skip


def _whole(date: SeminarDate, shown: Draw) -> Draw:
    found = Draw.objects.get(pk=shown.pk)
    found.seminar_date = date
    return found


@require_POST
def preview(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    try:
        drawing.preview(date, by=me(request))
        messages.success(request, _("Lots are drawn. Nobody is told before you publish them."))
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect(address(date, "draw"))


def publication(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    found = get_object_or_404(Draw.objects.defer("inputs"), seminar_date=date, pk=pk)
    found.seminar_date = date
    if request.method == "POST":
        _publish(request, found)
        return redirect(address(date, "draw"))
    if found.published_at:
        messages.info(request, _("The workshops of this date are drawn already."))
        return redirect(address(date, "draw"))
    people = found.outcome["totals"]["people"]
    words = ngettext(
        "%(count)s delegate is told at once what they got, and their calendar is updated. This cannot be undone.",
        "%(count)s delegates are told at once what they got, and their calendars are updated. This cannot be undone.",
        people,
    )
    return confirmation(
        request, date, _("Publish the draw?"), _("Publish the draw"), back=address(date, "draw"),
        introduction=words % {"count": people},
        note=_("From then on the places that are left, and those that become free, go to whoever comes first."),
    )  # fmt: skip


def _publish(request: HttpRequest, found: Draw) -> None:
    try:
        drawing.publish(found, by=me(request))
        messages.success(request, _("The draw is published, and everybody who took part is told."))
    except drawing.Changed as changed:
        # The lots stay as they are: only what has changed since is taken in.
        drawing.preview(found.seminar_date, by=me(request), seed=found.seed)
        tell_refusal(request, changed)
    except Refused as refused:
        tell_refusal(request, refused)
