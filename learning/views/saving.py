"""Saving a form of a write-up: by its button or while somebody writes, and what is said when it cannot be saved.

Text that was typed is never thrown away: a refused save answers with a page that shows it.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import editing
from learning.forms.base import PartForm
from learning.models import WriteUp
from learning.views.write_base import page
from ui import dates
from ui.markdown import render as markdown

THEIRS = "theirs"
CHOICE = "choice-"


def wants_autosave(request: HttpRequest) -> bool:
    return "autosave" in request.POST


def save(
    request: HttpRequest,
    write_up: WriteUp,
    form_class: type[PartForm],
    *,
    here: str,
    done: str,
    instance_of: Callable[[WriteUp], Any],
    template: str = "part.html",
    **context: Any,
) -> HttpResponse:
    """Answer a POST of a part. `instance_of` gives the row that the form edits, of the newest write-up."""
    member = request.user
    stored = instance_of(write_up)
    if stored is None or not write_up.can_be_edited_by(member):
        return refused(request, write_up, here)
    form = form_class(request.POST, instance=stored, member=member)
    chosen = [
        key.removeprefix(CHOICE)
        for key, value in request.POST.items()
        if key.startswith(CHOICE) and value == THEIRS
    ]
    if chosen:
        form = form_class(form.with_theirs(instance_of(write_up), chosen), instance=stored, member=member)
    if not form.is_valid():
        if wants_autosave(request):
            return JsonResponse(
                {"errors": {name: list(errors) for name, errors in form.errors.items()}}, status=422
            )
        return page(
            request, template, write_up, here, form=form, opened=request.POST.get("opened", ""), **context
        )
    if wants_autosave(request) and write_up.is_published:
        # A published text changes when somebody says so, and not in the middle of a sentence.
        return JsonResponse({"kept": True})
    opened, mine = request.POST.get("opened", ""), editing.digest(form.content())
    row = instance_of(write_up)
    if row is not None and form_class.digest_of(row, member) == mine:
        # Nothing is new: no version, no revision.
        return kept_answer(request, mine, done)

    def still_as_opened(fresh: WriteUp) -> bool:
        row = instance_of(fresh)
        return row is not None and form_class.digest_of(row, member) in {opened, mine}

    comment = "autosaved" if wants_autosave(request) else "saved"
    try:
        editing.change(
            write_up, member, lambda fresh: form.save_part(), comment=comment, still_as_opened=still_as_opened
        )
    except editing.ConflictError:
        return conflict(request, write_up, form, here, instance_of)
    except PermissionDenied:
        return refused(request, write_up, here)
    return kept_answer(request, mine, done)


def kept_answer(request: HttpRequest, mine: str, done: str) -> HttpResponse:
    if wants_autosave(request):
        return JsonResponse({"saved": dates.clock(dates.local(timezone.now())), "opened": mine})
    return redirect(done)


def conflict(
    request: HttpRequest, write_up: WriteUp, form: PartForm, here: str, instance_of: Callable[[WriteUp], Any]
) -> HttpResponse:
    """Theirs and mine side by side, with a choice for each field that differs."""
    row = instance_of(WriteUp.objects.get(pk=write_up.pk))
    if row is None:
        return refused(request, write_up, here)
    if wants_autosave(request):
        words = _("Somebody else changed this text meanwhile. Press the save button to see both.")
        return JsonResponse({"conflict": words}, status=409)
    theirs, mine = type(form).content_of(row, request.user), form.content()
    differing = [
        {
            "name": name,
            "label": form[name].label,
            "lang": getattr(form[name], "language", ""),
            "theirs": form.shown(name, theirs[name]),
            "mine": form.shown(name, mine[name]),
        }
        for name in form.fields
        if theirs[name] != mine[name]
    ]
    held = [
        (key, value)
        for key, values in request.POST.lists()
        for value in values
        if key not in {"csrfmiddlewaretoken", "opened", "autosave"} and not key.startswith(CHOICE)
    ]
    opened = editing.digest(theirs)
    return page(
        request, "conflict.html", write_up, here, status=409, differing=differing, held=held, opened=opened
    )


def refused(request: HttpRequest, write_up: WriteUp, here: str) -> HttpResponse:
    """The write-up or the lesson can no longer be changed; the typed text is shown, to be copied."""
    if wants_autosave(request):
        return JsonResponse(
            {"refused": _("This can no longer be changed here. Your text is kept on this device.")},
            status=403,
        )
    kept = [
        value
        for key, value in request.POST.items()
        if key not in {"csrfmiddlewaretoken", "opened"} and len(str(value).strip()) > 3
    ]
    return page(request, "refused.html", write_up, "", status=403, kept=kept)


def preview(
    request: HttpRequest,
    write_up: WriteUp,
    form_class: type[PartForm],
    instance: Any,
    *,
    here: str,
    **context: Any,
) -> HttpResponse:
    """The page again with what was typed, and what it will look like; nothing is saved."""
    form = form_class(request.POST, instance=instance, member=request.user)
    previews = [
        {"label": form[name].label, "lang": form[name].language, "html": markdown(text)}  # type: ignore[attr-defined]
        for name in form.markdown_names
        if (text := str(form[name].value() or "")).strip()
    ]
    opened = request.POST.get("opened", "")
    return page(
        request,
        "part.html",
        write_up,
        here,
        form=form,
        previews=previews,
        is_preview=True,
        opened=opened,
        **context,
    )
