"""Earlier forms of a write-up: the list, one compared with the one before it and with today, and bringing it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from reversion.models import Revision

from learning import comparing
from learning import revisions as kept
from learning.models import WriteUp
from learning.views.write_base import editable, looked_after, page
from ui.pagination import page_of


@require_GET
def revisions(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    shown = page_of(request, kept.of(write_up))
    rows = [(revision, kept.said(revision)) for revision in shown]
    return page(request, "revisions.html", write_up, "", rows=rows, page=shown)


@require_GET
def revision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = looked_after(request, slug)
    found = one_of(write_up, pk)
    before = kept.of(write_up).filter(pk__lt=found.pk).first()
    this = kept.snapshot(found)
    return page(
        request,
        "revision.html",
        write_up,
        "",
        revision=found,
        said=kept.said(found),
        before=before,
        changes=comparing.changes(kept.snapshot(before), this) if before else [],
        since=comparing.changes(this, kept.now(write_up)),
        can_restore=write_up.can_be_edited_by(request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def restoration(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    found = one_of(write_up, pk)
    if request.method == "POST":
        kept.restore(write_up, found, request.user)
        messages.success(request, _("The earlier revision is back, as a new one."))
        return redirect("learning:write-overview", slug)
    difference = comparing.changes(kept.now(write_up), kept.snapshot(found))
    return page(request, "restoration.html", write_up, "", revision=found, changes=difference)


def one_of(write_up: WriteUp, pk: int) -> Revision:
    found = kept.of(write_up).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
