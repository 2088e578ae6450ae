"""The workspace: my seminars, and one seminar from its first words to the archive."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.access import is_organiser
from people.refusal import Refused
from seminars.copying import copy_seminar
from seminars.forms import say_refusal
from seminars.forms.seminar import CopyForm, SeminarForm
from seminars.locks import changing
from seminars.models import Seminar
from seminars.next_steps import next_steps, prepared
from seminars.views.workspace import confirmation, form_page, page, posted, seminar_of, tell_refusal
from ui.pagination import page_of


@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """My organisations' seminars, by state, each with what needs doing next."""
    state = request.GET.get("state", "")
    mine = Seminar.objects.run_by(request.user)
    by_state = dict(mine.order_by().values_list("state").annotate(Count("pk")))
    counts = [(each, each.label, by_state.get(each, 0)) for each in Seminar.State]
    shown = (
        mine.filter(state=state)
        if state in Seminar.State.values
        else mine.exclude(state=Seminar.State.ARCHIVED)
    )
    found = page_of(request, prepared(shown.order_by("-created_at", "-pk")), 10)
    context = {
        "is_organiser": is_organiser(request.user),
        "page": found,
        "seminars": [(seminar, next_steps(seminar)) for seminar in found],
        "counts": counts,
        "state": state,
    }
    return render(request, "seminars/organise/index.html", context)


def new(request: HttpRequest) -> HttpResponse:
    if not is_organiser(request.user):
        raise PermissionDenied
    form = SeminarForm(posted(request), member=request.user, instance=Seminar(created_by=request.user))  # type: ignore[misc]
    if request.method == "POST" and form.is_valid():
        seminar = form.save()
        messages.success(request, _("The seminar is a draft now, which only organisers see."))
        return redirect("seminars:organise-seminar", seminar.slug)
    return form_page(
        request,
        None,
        "",
        form,
        _("A new seminar"),
        button=_("Save as a draft"),
        back=reverse("seminars:organise"),
    )


@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    seminar_of(request, slug)
    whole = prepared(Seminar.objects.all()).get(slug=slug)
    return page(request, "seminar", whole, "seminar", steps=next_steps(whole))


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    back = reverse("seminars:organise-seminar", args=[slug])
    if request.method != "POST":
        form = SeminarForm(instance=seminar, member=request.user)
    else:
        with changing(seminar):
            # Read again under the lock, so that the form compares with what is saved now.
            seminar.refresh_from_db()
            form = SeminarForm(request.POST, instance=seminar, member=request.user)
            saved = form.is_valid() and bool(form.save())
        if saved:
            messages.success(request, _("The seminar is saved."))
            return redirect(back)
        seminar = seminar_of(request, slug)
    return form_page(request, seminar, "edit", form, _("About the seminar"), back=back)


def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody would see, and what is missing; a POST publishes."""
    seminar = seminar_of(request, slug)
    if request.method == "POST":
        return _act(request, seminar, seminar.publish, _("The seminar is published."))
    whole = prepared(Seminar.objects.all()).get(slug=slug)
    context = {
        "missing": seminar.missing(),
        "steps": [step for step in next_steps(whole) if not step.is_last],
        "has_past": seminar.dates.past().exists(),
        "has_coming": seminar.dates.upcoming().scheduled().exists(),
    }
    return page(request, "publication", seminar, "publication", **context)


@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    return _act(request, seminar, seminar.unpublish, _("The seminar is a draft again."))


@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    return _act(request, seminar, seminar.archive, _("The seminar is archived."))


def _act(request: HttpRequest, seminar: Seminar, verb: Callable[..., Any], said: str) -> HttpResponse:
    try:
        verb(by=request.user)
        messages.success(request, said)
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect("seminars:organise-publication", seminar.slug)


def copy(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    back = reverse("seminars:organise-seminar", args=[slug])
    heading = _("Copy “%(seminar)s”") % {"seminar": seminar}
    if not seminar.dates.exists():
        if request.method == "POST":
            return _copied(request, copy_seminar(seminar, None, by=request.user))
        return confirmation(request, seminar, "seminar", heading, _("Copy it"), back, is_harmless=True)
    first = seminar.dates.order_by("starts_at")[0]
    # The same day of the week, a year on.
    form = CopyForm(posted(request), initial={"first_day": first.local_start.date() + timedelta(weeks=52)})
    if request.method == "POST" and form.is_valid():
        try:
            return _copied(request, copy_seminar(seminar, form.cleaned_data["first_day"], by=request.user))
        except Refused as refused:
            say_refusal(form, refused)
    words = _(
        "Texts, dates, sessions, programme, speakers and resources are copied into a draft. Speakers are to be "
        "invited again."
    )
    return form_page(
        request,
        seminar,
        "seminar",
        form,
        heading,
        button=_("Copy the seminar"),
        back=back,
        introduction=words,
    )


def _copied(request: HttpRequest, new: Seminar) -> HttpResponse:
    messages.success(request, _("This is the copy, as a draft."))
    return redirect("seminars:organise-seminar", new.slug)
