"""Organisations as everybody sees them, and the page of a member who shows it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import roles
from people.forms import OrganisationFilter, OrganisationForm
from people.listing import in_order, listing, shared_counts
from people.models import AuditEvent, Member, Organisation
from ui.charts import Chart, tile_map
from ui.pagination import page_of
from ui.tiles import tiles_of_wales

NEWEST = 12
WRITERS = 6


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    filter_form = OrganisationFilter(request.GET)
    wanted = filter_form.wanted()
    found = listing(wanted)
    filter_form.show_counts(found.counts)
    page = page_of(request, found.ids, total=len(found.ids))
    shown = in_order(page.object_list)
    counts = shared_counts(one.pk for one in shown)
    context = {
        "filter_form": filter_form,
        "wanted": wanted,
        "page": page,
        "rows": [(one, counts[one.pk]) for one in shown],
        "total": len(found.ids),
    }
    if not wanted and page.number == 1:
        context["map"] = _map_of_wales()
    return render(request, "people/organisations.html", context)


def _map_of_wales() -> Chart:
    """The 22 councils, darker for more that they have shared."""
    councils = Organisation.objects.in_wales().filter(gss_code__startswith="W06").only("gss_code", "slug")
    by_pk = {one.pk: one for one in councils.order_by()}
    values: Mapping[int, dict[str, int]] = shared_counts(by_pk)
    return tile_map(
        "wales",
        _("Write-ups and seminars by council"),
        tiles_of_wales(
            {one.gss_code or "": sum(values[pk].values()) for pk, one in by_pk.items()},
            {one.gss_code or "": one.get_absolute_url() for one in by_pk.values()},
        ),
        [_("Council"), _("Shared")],
    )


@login_not_required
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation, slug=slug)
    write_ups = list(found.write_ups.published().newest_first().prefetch_related(_authors())[: NEWEST + 1])
    partner_in = found.partner_write_ups.published().newest_first().select_related("organisation")
    seminars = found.seminars.published().order_by("-published_at", "-pk")
    to_come = Q(dates__state="scheduled", dates__starts_at__gt=timezone.now())
    joined = found.memberships.confirmed().filter(member__in=Member.objects.shown_to_all())
    own_role = roles(request.user).get(found.pk)
    return render(
        request,
        "people/organisation.html",
        {
            "organisation": found,
            "about": found.tr("about"),
            "website_name": found.website.partition("://")[2].removeprefix("www.").rstrip("/"),
            "write_ups": write_ups,
            "partner_in": list(partner_in[:NEWEST]),
            "writers": _writers(write_ups),
            "seminars": seminars.annotate(next=Min("dates__starts_at", filter=to_come))[:NEWEST],
            "newest": NEWEST,
            "beside": settings.BESIDE_AN_ORGANISATION,
            "memberships": joined.select_related("member").order_by("member__name"),
            "own_role": own_role,
            "can_edit": found.can_be_edited_by(request.user),
            "can_join": request.user.is_authenticated
            and not own_role
            and Organisation.objects.filter(pk=found.pk).open_to(request.user).exists(),
        },
    )


def _writers(write_ups: list[Any]) -> list[Any]:
    """Who signed the newest write-ups, each once, with the one they signed last: whom a reader can ask about it."""
    found: dict[str, Any] = {}
    for write_up in write_ups:
        for author in write_up.authors.all():
            author.write_up = write_up
            found.setdefault(author.name, author)
    return list(found.values())[:WRITERS]


def _authors() -> Prefetch:
    """With the members that they are, if any, in one query."""
    write_up: Any = Organisation._meta.get_field("write_ups").related_model
    return Prefetch(
        "authors", write_up._meta.get_field("authors").related_model.objects.select_related("member")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organisation says about itself."""
    found = get_object_or_404(Organisation, slug=slug)
    if not found.can_be_edited_by(request.user):
        raise PermissionDenied
    form = OrganisationForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.changed_data:
            AuditEvent.record(request.user, "organisation-changed", found, fields=form.changed_data)
        messages.success(request, _("Your changes are saved."))
        return redirect(found)
    return render(request, "people/details.html", {"form": form, "organisation": found})


@login_not_required
@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Of those who show it, and one's own as a preview; of anybody else there is no page at all."""
    found = get_object_or_404(Member.objects.visible_to(request.user), slug=slug)
    signed = found.authorships.filter(write_up__in=_published_write_ups()).select_related("write_up")
    return render(
        request,
        "people/member.html",
        {
            "shown": found,
            "memberships": found.memberships.confirmed().select_related("organisation"),
            "authorships": signed.order_by("-write_up__published_at"),
            "is_self": found == request.user,
        },
    )


def _published_write_ups() -> Any:
    model: Any = Organisation._meta.get_field("write_ups").related_model
    return model.objects.published()
