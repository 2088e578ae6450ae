"""Links and files of a seminar and of its sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seminars.forms.resources import ResourceForm
from seminars.models import Resource
from seminars.views.workspace import confirmation, form_page, page, posted, seminar_of


@require_safe
def resources(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    found = seminar.resources.select_related("session")
    return page(request, "resources", seminar, "resources", resources=found)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    last = seminar.resources.order_by("-position").first()
    instance = Resource(position=last.position + 1 if last else 0)
    form = ResourceForm(posted(request), request.FILES, instance=instance, seminar=seminar)
    if request.method == "POST" and form.is_valid():
        resource = form.save()
        messages.success(request, _("“%(resource)s” is added.") % {"resource": resource})
        return redirect(_list(slug))
    words = _("Choose the file again: a browser does not keep it.") if request.FILES else ""
    return form_page(
        request, seminar, "resources", form, _("A new resource"), button=_("Add the resource"), back=_list(slug),
        has_files=True, introduction=words,
    )  # fmt: skip


def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seminar = seminar_of(request, slug)
    resource = get_object_or_404(seminar.resources, pk=pk)
    if request.method == "POST":
        file = resource.file
        resource.delete()
        if file:
            file.delete(save=False)
        messages.success(request, _("The resource is removed."))
        return redirect(_list(slug))
    return confirmation(
        request, seminar, "resources", _("Remove “%(resource)s”?") % {"resource": resource},
        _("Remove this resource"), _list(slug), introduction=_("A file is deleted for good."),
    )  # fmt: skip


def _list(slug: str) -> str:
    return reverse("seminars:organise-resources", args=[slug])
