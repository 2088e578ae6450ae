"""The pages of a write-up's own fields, a group each, and the preview of a text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import revisions
from learning.forms.parts import PARTS
from learning.models import WriteUp
from learning.views.saving import preview as preview_page
from learning.views.saving import save
from learning.views.write_base import editable, looked_after, next_address, page
from ui.markdown import LONGEST, render


@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = looked_after(request, slug)
    return page(
        request,
        "overview.html",
        write_up,
        "",
        missing=write_up.missing(),
        can_edit=write_up.can_be_edited_by(request.user),
        can_review=write_up.can_be_reviewed_by(request.user),
        lessons=write_up.lessons.all(),
        authors=write_up.authors.select_related("organisation"),
        revision_count=revisions.of(write_up).count(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    form_class = PARTS[name]
    addresses: dict[str, Any] = {"preview_address": reverse(f"learning:write-{name}-preview", args=[slug])}
    if request.method == "POST":
        write_up = looked_after(request, slug)
        return save(
            request,
            write_up,
            form_class,
            here=name,
            done=next_address(write_up, name),
            instance_of=lambda fresh: get_object_or_404(WriteUp, pk=fresh.pk),
            **addresses,
        )
    write_up = editable(request, slug)
    form = form_class(instance=write_up, member=request.user)
    opened = form_class.digest_of(write_up, request.user)
    return page(request, "part.html", write_up, name, form=form, opened=opened, **addresses)


@require_POST
def part_preview(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    write_up = editable(request, slug)
    return preview_page(
        request,
        write_up,
        PARTS[name],
        write_up,
        here=name,
        save_address=reverse(f"learning:write-{name}", args=[slug]),
        preview_address=reverse(f"learning:write-{name}-preview", args=[slug]),
    )


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a Markdown text looks like, for the script that shows it beside the text."""
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        words = _("This text is too long: the most is %(most)s characters") % {"most": LONGEST}
        return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(render(text))
