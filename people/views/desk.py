"""The member's own pages: desk, profile, data, closing the account."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import is_organiser
from people.closing import close_account
from people.forms import ClosingForm, ProfileForm
from people.models import Invitation, Member, Organisation
from people.mydata import everything_about
from people.requests import MemberRequest

NEWEST = 5


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    member = request.user
    memberships = list(member.memberships.confirmed().select_related("organisation"))
    write_ups = member.started_write_ups.model.objects
    edits = member.is_staff or any(one.role != "contributor" for one in memberships)
    return render(
        request,
        "people/desk.html",
        {
            "memberships": memberships,
            "edited": [one.organisation_id for one in memberships if one.role != "contributor"],
            "invitations": Invitation.objects.waiting().meant_for(member).select_related("organisation"),
            "joinable": Organisation.objects.open_to(member),
            "write_ups": write_ups.written_by(member).order_by("-updated_at")[:NEWEST],
            "waiting": write_ups.reviewed_by(member).awaiting_review().count() if edits else 0,
            "follow_count": member.follows.count(),
            "kept_count": member.kept_lessons.count(),
            "may_organise": is_organiser(member),
            "on_the_desk": settings.ON_THE_DESK,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    # A row of its own: what is typed and refused must not appear in the page's head as the member's name.
    member = Member.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("people:desk")
    return render(request, "people/profile.html", {"form": form})


@require_safe
@never_cache
def my_data(request: MemberRequest) -> HttpResponse:
    return render(request, "people/my_data.html")


@require_safe
@never_cache
def my_data_file(request: MemberRequest) -> HttpResponse:
    response = JsonResponse(
        everything_about(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: MemberRequest) -> HttpResponse:
    """Nothing here can be undone, so that the form asks for a proof."""
    form = ClosingForm(request.POST if request.method == "POST" else None, member=request.user)
    if request.method == "POST" and form.is_valid():
        close_account(request.user, keep_name=form.cleaned_data["name"] == "keep")
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for what you shared."))
        return redirect("home")
    addresses = EmailAddress.objects.filter(user=request.user)
    return render(request, "people/closing.html", {"form": form, "addresses": addresses})
