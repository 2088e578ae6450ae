"""Keeping lessons: a member's shelf, which nobody else sees."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.models import Keep, Lesson, WriteUp
from learning.views.reading import visible
from ui.pagination import page_of


def one(request: HttpRequest, slug: str, number: int) -> Lesson:
    found = get_object_or_404(visible(request, slug).lessons.select_related("write_up"), position=number)
    if not found.can_be_kept_by(request.user):
        raise PermissionDenied
    return found


def back(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return redirect(asked)
    return redirect(lesson)


@require_POST
def keeping(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    lesson = one(request, slug, number)
    lesson.keep(request.user)
    messages.success(request, _("The lesson is on your shelf."))
    return back(request, lesson)


@require_POST
def removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Whatever became of the write-up, a member may take its lesson off the shelf."""
    member: Any = request.user
    mine = Q(pk__in=Keep.objects.filter(member=member).values("lesson"))
    readable = Q(write_up__in=WriteUp.objects.visible_to(request.user))
    lesson = get_object_or_404(
        Lesson.objects.filter(mine | readable).select_related("write_up"),
        write_up__slug=slug,
        position=number,
    )
    lesson.let_go(request.user)
    messages.success(request, _("The lesson is no longer on your shelf."))
    return back(request, lesson)


@require_safe
@never_cache
def shelf(request: HttpRequest) -> HttpResponse:
    member: Any = request.user
    kept = (
        Keep.objects.filter(member=member)
        .select_related("lesson__write_up__organisation")
        .order_by("-created_at", "-pk")
    )
    return render(request, "learning/shelf.html", {"page": page_of(request, kept)})
