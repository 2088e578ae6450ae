"""What the pages of the organisers' workspace have in common."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from people.refusal import Refused
from seminars.models import Seminar, SeminarDate


def seminar_of(request: HttpRequest, slug: str) -> Seminar:
    """The seminar, for whoever may run it: 404 where they may not even see it, otherwise 403."""
    seminar = get_object_or_404(
        Seminar.objects.visible_to(request.user).select_related("organisation"), slug=slug
    )
    if not seminar.can_be_run_by(request.user):
        raise PermissionDenied
    return seminar


def date_of(request: HttpRequest, slug: str, date_slug: str) -> SeminarDate:
    seminar = seminar_of(request, slug)
    date = get_object_or_404(seminar.dates.select_related("venue"), slug=date_slug)
    date.seminar = seminar
    return date


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a form that was sent empty."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, name: str, seminar: Seminar, tab: str, **context: Any) -> HttpResponse:
    return render(request, f"seminars/organise/{name}.html", {"seminar": seminar, "tab": tab, **context})


def form_page(
    request: HttpRequest, seminar: Seminar | None, tab: str, form: Any, heading: str, **context: Any
) -> HttpResponse:
    """One form under its heading: `button` and `back` say what the button does and where "Cancel" leads."""
    names = {"seminar": seminar, "tab": tab, "form": form, "heading": heading, "button": _("Save"), **context}
    return render(request, "seminars/organise/form.html", names)


def confirmation(
    request: HttpRequest, seminar: Seminar, tab: str, heading: str, button: str, back: str, **context: Any
) -> HttpResponse:
    """Ask before what cannot be undone."""
    names = {"seminar": seminar, "tab": tab, "heading": heading, "button": button, "back": back, **context}
    return render(request, "seminars/organise/confirm.html", names)


def tell_refusal(request: HttpRequest, refused: Refused) -> None:
    for sentence in refused.sentences:
        messages.error(request, sentence)


def tell_notes(request: HttpRequest, notes: list[str]) -> None:
    for note in notes:
        messages.warning(request, note)
