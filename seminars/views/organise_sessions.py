"""A seminar's sessions, in order; the programme of each date holds them in slots."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.forms.programme import SessionForm
from seminars.models import Session
from seminars.order import reorder
from seminars.programme import keep_session, remove_session
from seminars.views.workspace import confirmation, form_page, page, posted, seminar_of, tell_refusal


@require_safe
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    found = seminar.sessions.prefetch_related("runs", "billings__speaker")
    return page(request, "sessions", seminar, "sessions", sessions=found)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    last = seminar.sessions.order_by("-position").first()
    instance = Session(seminar=seminar, position=last.position + 1 if last else 0)
    form = SessionForm(posted(request), instance=instance)
    if request.method == "POST" and form.is_valid():
        session = form.save()
        messages.success(request, _("“%(session)s” is added.") % {"session": session})
        return redirect(_list(slug))
    return form_page(
        request, seminar, "sessions", form, _("A new session"), button=_("Add the session"), back=_list(slug)
    )


def session(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seminar = seminar_of(request, slug)
    session = get_object_or_404(seminar.sessions, pk=pk)
    heading = str(session)
    form = SessionForm(posted(request), instance=session)
    if request.method == "POST" and form.is_valid():
        try:
            keep_session(form.save(commit=False))
            messages.success(request, _("The session is saved."))
            return redirect(_list(slug))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(request, seminar, "sessions", form, heading, back=_list(slug))


def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seminar = seminar_of(request, slug)
    session = get_object_or_404(seminar.sessions, pk=pk)
    if request.method == "POST":
        try:
            remove_session(session)
            messages.success(request, _("The session is removed."))
        except Refused as refused:
            tell_refusal(request, refused)
        return redirect(_list(slug))
    return confirmation(
        request, seminar, "sessions", _("Remove “%(session)s”?") % {"session": session}, _("Remove this session"),
        _list(slug), introduction=_("It leaves the programme of every date, and its speakers leave with it."),
    )  # fmt: skip


@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    reorder(seminar_of(request, slug).sessions.all(), request.POST)
    return redirect(_list(slug))


def _list(slug: str) -> str:
    return reverse("seminars:organise-sessions", args=[slug])
