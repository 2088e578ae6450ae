"""The pictures of a write-up, and the addresses that they are shown at."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning import images as pictures
from learning.forms.actions import AlternativeForm, ImageForm
from learning.models import Image, WriteUp
from learning.views.write_base import editable, page


@require_http_methods(["GET", "HEAD", "POST"])
def images(request: HttpRequest, slug: str) -> HttpResponseBase:
    write_up = editable(request, slug)
    found = list(write_up.images.all())
    may_add = len(found) < pictures.MOST_OF_A_WRITE_UP
    form = ImageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and may_add and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in ("alternative_en", "alternative_cy")}
        pictures.store(write_up, form.picture, request.user, **texts)
        messages.success(request, _("The picture is added. Paste its line into a text to show it there."))
        return redirect("learning:write-images", slug)
    shown = [(image, pictures.snippet(image)) for image in found]
    return page(request, "images.html", write_up, "images", form=form, images=shown, may_add=may_add)


@require_http_methods(["GET", "HEAD", "POST"])
def alternative(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponseBase:
    write_up = editable(request, slug)
    image = get_object_or_404(Image, uuid=uuid, write_up=write_up)
    form = AlternativeForm(request.POST or None, instance=image)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("learning:write-images", slug)
    return page(request, "image.html", write_up, "images", form=form, image=image)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponseBase:
    write_up = editable(request, slug)
    image = get_object_or_404(Image, uuid=uuid, write_up=write_up)
    if request.method == "POST":
        pictures.remove(image)
        messages.success(request, _("The picture is removed."))
        return redirect("learning:write-images", slug)
    return page(request, "image_removal.html", write_up, "images", image=image)


@login_not_required
@require_safe
def image(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    """For those who may read the whole write-up; to anybody else there is no such picture."""
    if width not in Image.WIDTHS:
        raise Http404
    found = get_object_or_404(Image.objects.select_related("write_up"), uuid=uuid)
    write_up = found.write_up
    visible = WriteUp.objects.visible_to(request.user).filter(pk=write_up.pk).exists()
    if not visible or not write_up.can_be_read_whole_by(request.user):
        raise Http404
    try:
        file = default_storage.open(found.stored_at(width))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    # The bytes at an address never change; what is not published must not stay with anybody in between.
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if write_up.is_published else "private, no-store"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
