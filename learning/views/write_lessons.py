"""The lessons of a write-up: a list with an order, and a page for each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import editing
from learning.forms.parts import LessonForm
from learning.models import Lesson, WriteUp
from learning.views.saving import preview as preview_page
from learning.views.saving import save
from learning.views.write_base import editable, looked_after, page


@require_GET
def lessons(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    found = list(write_up.lessons.prefetch_related("themes"))
    return page(
        request, "lessons.html", write_up, "lessons", lessons=found, may_add=len(found) < editing.MOST_LESSONS
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    if write_up.lessons.count() >= editing.MOST_LESSONS:
        messages.error(request, _("A write-up has at most %(most)s lessons") % {"most": editing.MOST_LESSONS})
        return redirect("learning:write-lessons", slug)
    form = LessonForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        editing.add_lesson(write_up, request.user, form.save(commit=False), form._save_m2m)  # type: ignore[attr-defined]
        messages.success(request, _("The lesson is added."))
        return redirect("learning:write-lessons", slug)
    return page(request, "part.html", write_up, "lessons", form=form, **_new_page(slug))


@require_POST
def new_preview(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    return preview_page(request, write_up, LessonForm, None, here="lessons", **_new_page(slug))


def _new_page(slug: str) -> dict[str, Any]:
    return {
        "heading": _("Add a lesson"),
        "save_address": reverse("learning:write-lesson-new", args=[slug]),
        "preview_address": reverse("learning:write-lesson-new-preview", args=[slug]),
        "back": reverse("learning:write-lessons", args=[slug]),
        "save_words": _("Add the lesson"),
        "is_new": True,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    if request.method == "POST":
        write_up = looked_after(request, slug)
        return save(
            request,
            write_up,
            LessonForm,
            here="lessons",
            done=reverse("learning:write-lessons", args=[slug]),
            instance_of=lambda fresh: fresh.lessons.filter(pk=pk).first(),
            **_lesson_page(write_up, pk),
        )
    write_up = editable(request, slug)
    found = get_object_or_404(Lesson, pk=pk, write_up=write_up)
    form = LessonForm(instance=found, member=request.user)
    opened = LessonForm.digest_of(found, request.user)
    return page(
        request, "part.html", write_up, "lessons", form=form, opened=opened, **_lesson_page(write_up, pk)
    )


@require_POST
def lesson_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    found = get_object_or_404(Lesson, pk=pk, write_up=write_up)
    return preview_page(request, write_up, LessonForm, found, here="lessons", **_lesson_page(write_up, pk))


def _lesson_page(write_up: WriteUp, pk: int) -> dict[str, Any]:
    number = write_up.lessons.filter(pk=pk).values_list("position", flat=True).first() or 0
    return {
        "heading": _("Lesson %(number)s") % {"number": number},
        "save_address": reverse("learning:write-lesson", args=[write_up.slug, pk]),
        "preview_address": reverse("learning:write-lesson-preview", args=[write_up.slug, pk]),
        "back": reverse("learning:write-lessons", args=[write_up.slug]),
        "save_words": _("Save the lesson"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    found = get_object_or_404(Lesson, pk=pk, write_up=write_up)
    if request.method == "POST":
        editing.remove_lesson(write_up, request.user, found.pk)
        messages.success(request, _("The lesson is removed. An earlier revision still holds it."))
        return redirect("learning:write-lessons", slug)
    return page(request, "lesson_removal.html", write_up, "lessons", lesson=found)


@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole order (`order`, as dragging sends it), or one step of one lesson (`up` or `down`)."""
    write_up = editable(request, slug)
    editing.order_lessons(
        write_up, request.user, order_asked(request, [one.pk for one in write_up.lessons.all()])
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"order": list(write_up.lessons.values_list("pk", flat=True))})
    return redirect(reverse("learning:write-lessons", args=[slug]) + "#order")


def order_asked(request: HttpRequest, there: list[int]) -> list[int]:
    asked = [int(pk) for pk in request.POST.getlist("order") if pk.isdecimal()]
    verb, _sep, pk = request.POST.get("move", "").partition(":")
    if verb in {"up", "down"} and pk.isdecimal():
        return editing.moved(there, int(pk), -1 if verb == "up" else 1)
    return asked or there
