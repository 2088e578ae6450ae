"""The editors' queue, and deciding on one write-up."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import comparing, revisions
from learning.forms.actions import NoteForm, ScheduleForm
from learning.models import WriteUp
from learning.views.write_actions import tried
from learning.views.write_base import steps
from learning.workflow import State
from people.access import organisations_as
from people.models.membership import Role
from ui.pagination import page_of


def reviewable(request: HttpRequest, slug: str) -> WriteUp:
    write_up = get_object_or_404(
        WriteUp.objects.visible_to(request.user).select_related("organisation", "submitted_by"), slug=slug
    )
    if not write_up.can_be_reviewed_by(request.user):
        raise PermissionDenied
    return write_up


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    if not (request.user.is_staff or organisations_as(request.user, Role.EDITOR)):
        raise PermissionDenied
    mine = WriteUp.objects.reviewed_by(request.user).select_related("organisation", "submitted_by")
    waiting = page_of(request, mine.awaiting_review())
    context = {
        "waiting": waiting,
        "scheduled": mine.scheduled()[:50],
        "to_look_at": mine.to_look_at_again()[:50],
    }
    return render(request, "learning/review/queue.html", context)


@require_GET
def write_up(request: HttpRequest, slug: str) -> HttpResponse:
    return review_page(request, reviewable(request, slug))


def review_page(request: HttpRequest, found: WriteUp, status: int = 200, **forms: object) -> HttpResponse:
    before = revisions.last_milestone(found)
    now = revisions.now(found)
    context = {
        "write_up": found,
        "lessons": found.lessons.prefetch_related("themes"),
        "authors": found.authors.select_related("organisation"),
        "images": found.images.all(),
        "missing": [
            (words, step)
            for words, group in found.missing()
            for step in steps(found)
            if step["name"] == group
        ],
        "before": before,
        "before_said": revisions.said(before) if before else "",
        "changes": comparing.changes(revisions.snapshot(before), now) if before else [],
        "is_waiting": found.state == State.IN_REVIEW,
        "note_form": NoteForm(),
        "schedule_form": ScheduleForm(),
        **forms,
    }
    response = render(request, "learning/review/write_up.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    found = reviewable(request, slug)
    tried(request, lambda: found.publish(by=request.user), _("Published. The writers have been told."))
    return redirect("learning:review-write-up", slug)


@require_http_methods(["POST"])
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    found = reviewable(request, slug)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return review_page(request, found, note_form=form, form=form)
    tried(
        request,
        lambda: found.ask_for_changes(by=request.user, note=form.cleaned_data["note"]),
        _("The writers have been asked for changes."),
    )
    return redirect("learning:review")


@require_POST
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    found = reviewable(request, slug)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return review_page(request, found, schedule_form=form, form=form)
    tried(
        request,
        lambda: found.publish(by=request.user, on=form.cleaned_data["on"]),
        _("It will be published at the time that you chose."),
    )
    return redirect("learning:review-write-up", slug)


@require_POST
def schedule_removal(request: HttpRequest, slug: str) -> HttpResponse:
    found = reviewable(request, slug)
    tried(request, lambda: found.unschedule(by=request.user), _("It is no longer scheduled."))
    return redirect("learning:review-write-up", slug)
