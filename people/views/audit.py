"""Who changed roles, memberships and domains: staff read it, and nobody changes it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.forms import AuditFilter
from people.models import AuditEvent
from ui.pagination import page_of

PER_PAGE = 50
VERBS = {
    "membership-given": _("Membership given"),
    "membership-left": _("Left the organisation"),
    "membership-removed": _("Membership removed"),
    "membership-closed": _("Membership ended with the account"),
    "role-changed": _("Role changed"),
    "invitation-sent": _("Invitation sent"),
    "invitation-withdrawn": _("Invitation withdrawn"),
    "domain-added": _("Domain added"),
    "domain-removed": _("Domain removed"),
    "organisation-changed": _("Organisation changed"),
    "account-closed": _("Account closed"),
}


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise PermissionDenied
    verbs = AuditEvent.objects.order_by("verb").values_list("verb", flat=True).distinct()
    # Apps above record verbs of their own: those without words here stand as they are.
    filter_form = AuditFilter(request.GET, [(verb, VERBS.get(verb, verb)) for verb in verbs])
    filter_form.is_valid()
    events = AuditEvent.objects.all()
    if verb := filter_form.cleaned_data.get("verb"):
        events = events.filter(verb=verb)
    if words := filter_form.cleaned_data.get("q"):
        events = events.filter(Q(actor_name__icontains=words) | Q(object_label__icontains=words))
    page = page_of(request, events, per_page=PER_PAGE)
    rows = [(event, VERBS.get(event.verb, event.verb)) for event in page]
    return render(request, "people/audit.html", {"filter_form": filter_form, "page": page, "rows": rows})
