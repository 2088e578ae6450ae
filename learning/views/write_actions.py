"""The check before handing in, and what writers and editors do to a write-up as a whole."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import images
from learning.forms.actions import ReasonForm
from learning.models import WriteUp
from learning.views.write_base import looked_after, page
from learning.workflow import NotNowError, State
from people.models import AuditEvent


def tried(request: HttpRequest, verb: Callable[[], None], said: str) -> None:
    """Use a verb; what it refuses is said in its own words."""
    try:
        verb()
    except NotNowError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)


@require_GET
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole of it; also while the editors read it, when the writers cannot change it."""
    write_up = looked_after(request, slug)
    names = ["title", "summary", "body", "what_worked", "what_did_not", "challenge"]
    return page(
        request,
        "check.html",
        write_up,
        "check",
        missing=write_up.missing(),
        lessons=write_up.lessons.all(),
        authors=write_up.authors.select_related("organisation"),
        in_one_language=[
            name
            for name in names
            if bool(getattr(write_up, f"{name}_en")) != bool(getattr(write_up, f"{name}_cy"))
        ],
        can_submit=write_up.can_be_submitted_by(request.user)
        and write_up.state in {State.DRAFT, State.CHANGES_ASKED},
    )


@require_POST
def submission(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    if not write_up.can_be_submitted_by(request.user):
        raise PermissionDenied
    tried(request, lambda: write_up.submit(by=request.user), _("Handed in. The editors have been told."))
    return redirect("learning:write-overview", slug)


@require_POST
def submission_removal(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    if not write_up.can_be_taken_back_by(request.user):
        raise PermissionDenied
    tried(request, lambda: write_up.take_back(by=request.user), _("It is a draft again."))
    return redirect("learning:write-overview", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    if not write_up.can_be_withdrawn_by(request.user):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tried(
            request,
            lambda: write_up.withdraw(by=request.user, **form.cleaned_data),
            _("Withdrawn. Its page now says why."),
        )
        return redirect("learning:write-overview", slug)
    return page(request, "withdrawal.html", write_up, "", form=form)


@require_POST
def reinstatement(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    if not write_up.can_be_withdrawn_by(request.user):
        raise PermissionDenied
    tried(request, lambda: write_up.reinstate(by=request.user), _("Published again."))
    return redirect("learning:write-overview", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft that was never published may go altogether; anything else is withdrawn."""
    write_up = looked_after(request, slug)
    if not write_up.can_be_deleted_by(request.user):
        raise PermissionDenied
    if request.method == "POST":
        with transaction.atomic():
            AuditEvent.record(request.user, "write-up deleted", write_up)
            for image in write_up.images.all():
                images.remove(image)
            WriteUp.objects.filter(pk=write_up.pk, state=State.DRAFT, published_at__isnull=True).delete()
        messages.success(request, _("The draft is deleted."))
        return redirect("learning:write")
    return page(request, "deletion.html", write_up, "")
