"""The members of an organisation: who they are, what they may do, joining and leaving."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import DomainForm, InvitationForm, RoleForm
from people.mail import send_invitation
from people.models import EmailDomain, Invitation, Membership, Organisation
from people.refusal import Refused
from people.requests import MemberRequest


def _looked_after(request: MemberRequest, slug: str) -> Organisation:
    """The organisation, if the member looks after its members."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not organisation.can_be_edited_by(request.user):
        raise PermissionDenied
    return organisation


@require_safe
def memberships(request: MemberRequest, slug: str) -> HttpResponse:
    organisation = _looked_after(request, slug)
    rows = organisation.memberships.select_related("member").order_by("member__name", "pk")
    # The organisation is the same one for every row: asking for each would be a query for each.
    for row in rows:
        row.organisation = organisation
    return render(
        request,
        "people/memberships.html",
        {
            "organisation": organisation,
            "rows": [(row, row.can_be_changed_by(request.user)) for row in rows],
            "invitations": organisation.invitations.waiting().select_related("invited_by"),
            "domains": organisation.domains.all(),
            "can_change_domains": organisation.domains_can_be_changed_by(request.user),
        },
    )


def _changeable(request: MemberRequest, slug: str, pk: int) -> Membership:
    organisation = _looked_after(request, slug)
    membership = get_object_or_404(organisation.memberships.select_related("member", "organisation"), pk=pk)
    if not membership.can_be_changed_by(request.user):
        raise PermissionDenied(_("You may change roles up to your own."))
    return membership


@require_http_methods(["GET", "HEAD", "POST"])
def membership_role(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    membership = _changeable(request, slug, pk)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        organisation=membership.organisation,
        initial={"role": membership.role},
    )
    if request.method == "POST" and form.is_valid():
        try:
            membership.change_role(form.cleaned_data["role"], by=request.user)
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            role = membership.get_role_display()
            messages.success(
                request,
                _("%(name)s is now: %(role)s") % {"name": membership.member, "role": role.lower()},
            )
            return redirect("people:memberships", slug)
    context = {"form": form, "membership": membership, "organisation": membership.organisation}
    return render(request, "people/membership_role.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_removal(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    membership = _changeable(request, slug, pk)
    if request.method == "POST":
        try:
            membership.end(by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.member})
        return redirect("people:memberships", slug)
    context = {"membership": membership, "organisation": membership.organisation}
    return render(request, "people/membership_removal.html", context)


@require_POST
def joining(request: MemberRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    try:
        Membership.join(request.user, organisation)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(organisation)
    messages.success(request, _("You are a member of %(organisation)s.") % {"organisation": organisation})
    return redirect("people:desk")


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: MemberRequest, slug: str) -> HttpResponse:
    own = Membership.objects.of(request.user).select_related("organisation", "member")
    membership = get_object_or_404(own, organisation__slug=slug)
    if request.method == "POST":
        try:
            membership.end(by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("You have left %(organisation)s.") % {"organisation": membership.organisation}
            )
        return redirect("people:desk")
    return render(request, "people/leaving.html", {"organisation": membership.organisation})


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: MemberRequest, slug: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    organisation = _looked_after(request, slug)
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        organisation=organisation,
        initial={"role": Membership.Role.CONTRIBUTOR},
    )
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            invitation, token = Invitation.issue(
                organisation, email, form.cleaned_data["role"], by=request.user
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            if send_invitation(invitation, token):
                messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": email})
            else:
                words = _("The letter to %(email)s could not be sent. Invite the address again in a while.")
                messages.error(request, words % {"email": email})
            return redirect("people:memberships", slug)
    return render(request, "people/invite.html", {"form": form, "organisation": organisation})


@require_POST
def invitation_revocation(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _looked_after(request, slug)
    get_object_or_404(organisation.invitations.waiting(), pk=pk).revoke(by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people:memberships", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    """Where the link of the e-mail leads."""
    found = Invitation.objects.by_token(token).select_related("organisation", "invited_by").first()
    if found is None or not found.is_waiting:
        return render(request, "people/invitation_gone.html", status=410 if found else 404)
    if request.method == "POST":
        return _accept(request, found)
    context = {"invitation": found, "is_mine": found.is_for(request.user)}
    return render(request, "people/invitation.html", context)


@require_POST
def invitation_acceptance(request: MemberRequest, pk: int) -> HttpResponse:
    """From the desk, which shows what was sent to the member's own confirmed addresses."""
    mine = Invitation.objects.meant_for(request.user).select_related("organisation")
    return _accept(request, get_object_or_404(mine, pk=pk))


def _accept(request: MemberRequest, found: Invitation) -> HttpResponse:
    try:
        found.accept(request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("You are a member of %(organisation)s.") % {"organisation": found.organisation}
        )
    return redirect("people:desk")


@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: MemberRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not organisation.domains_can_be_changed_by(request.user):
        raise PermissionDenied
    form = DomainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            claimed = organisation.claim(form.cleaned_data["domain"], by=request.user)
        except Refused as refusal:
            form.add_error("domain", str(refusal))
        else:
            messages.success(request, _("%(domain)s is added.") % {"domain": claimed})
            return redirect("people:domains", slug)
    context = {"form": form, "organisation": organisation, "domains": organisation.domains.all()}
    return render(request, "people/domains.html", context)


@require_POST
def domain_removal(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    domain = get_object_or_404(
        EmailDomain.objects.select_related("organisation"), organisation__slug=slug, pk=pk
    )
    if not domain.organisation.domains_can_be_changed_by(request.user):
        raise PermissionDenied
    domain.give_up(by=request.user)
    messages.success(request, _("%(domain)s is removed.") % {"domain": domain})
    return redirect("people:domains", slug)
