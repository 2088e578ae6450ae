"""What every page of a write-up's writing begins with: loading it, the steps, and where they lead."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from learning.forms.parts import PARTS, STEPS
from learning.images import snippet
from learning.models import WriteUp


def looked_after(request: HttpRequest, slug: str) -> WriteUp:
    """A write-up that the member writes or reviews; what others may read of it is not for these pages."""
    write_up = get_object_or_404(
        WriteUp.objects.visible_to(request.user).select_related("organisation"), slug=slug
    )
    if not (write_up.is_written_by(request.user) or write_up.can_be_reviewed_by(request.user)):
        raise PermissionDenied
    return write_up


def editable(request: HttpRequest, slug: str) -> WriteUp:
    write_up = looked_after(request, slug)
    if not write_up.can_be_edited_by(request.user):
        raise PermissionDenied
    return write_up


def steps(write_up: WriteUp, here: str = "") -> list[dict[str, Any]]:
    """The pages of a write-up, in order, with which is open and which lack something that publishing needs."""
    lacking = {group for _words, group in write_up.missing()}
    return [
        {
            "name": name,
            "label": label,
            "address": reverse(f"learning:write-{name}", args=[write_up.slug]),
            "is_here": name == here,
            "is_lacking": name in lacking,
        }
        for name, label in STEPS.items()
    ]


def next_address(write_up: WriteUp, here: str) -> str:
    names = list(STEPS)
    following = names[min(names.index(here) + 1, len(names) - 1)]
    return reverse(f"learning:write-{following}", args=[write_up.slug])


def page(
    request: HttpRequest, template: str, write_up: WriteUp, here: str, status: int = 200, **context: Any
) -> HttpResponse:
    base = {
        "write_up": write_up,
        "steps": steps(write_up, here),
        "here": here,
        "step_label": STEPS.get(here, ""),
        # While the editors read it, its pages are closed to the writers, and so are not offered.
        "may_open_steps": write_up.can_be_edited_by(request.user),
    }
    if getattr(context.get("form"), "markdown_names", None):
        base["pictures"] = [(image, snippet(image)) for image in write_up.images.all()]
    response = render(request, f"learning/write/{template}", {**base, **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response


__all__ = ["PARTS", "STEPS", "editable", "looked_after", "next_address", "page", "steps"]
