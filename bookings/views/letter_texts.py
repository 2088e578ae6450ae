"""What the exchange writes to delegates of a seminar: organisers read it, and word it their own way."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.forms.writing import LetterForm
from bookings.letters import examples, own, texts
from bookings.letters.kinds import IN_WELSH, MEANINGS, WORDED, Sort, by_slug
from bookings.models import LetterTemplate
from people.requests import MemberRequest
from seminars.models import Seminar
from seminars.views.workspace import confirmation, posted, seminar_of
from ui.bilingual import reader_language


@require_safe
def letters(request: MemberRequest, slug: str) -> HttpResponse:
    """Every letter: when it goes, and in whose words."""
    seminar = seminar_of(request, slug)
    theirs = {template.kind: template for template in _of_organisation(seminar)}
    rows = [(sort, theirs.get(kind.value)) for kind, sort in WORDED.items()]
    return _page(request, "letters", seminar, _("Letters"), rows=rows)


def letter(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    if request.method != "POST":
        return _form(request, *_opened(request, slug, kind))
    with own.held(seminar_of(request, slug)):
        # What is saved is read here, where nobody else can save: a form that was opened before that says so.
        seminar, sort, form = _opened(request, slug, kind)
        if is_kept := form.is_valid():
            own.keep(seminar, sort.kind, form.cleaned_data, for_all=form.is_for_all, by=request.user)
    if not is_kept:
        return _form(request, seminar, sort, form)
    messages.success(request, _("The letter is saved. It goes out in these words from now on."))
    return redirect("bookings:letter-texts", slug)


@require_POST
def preview(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    """The form as it was typed, and below it the letter as a delegate would read it."""
    seminar, sort, form = _opened(request, slug, kind)
    form.is_valid()
    date = examples.date_for(seminar)
    shown = examples.examples(date, sort.kind, form.words())
    return _form(request, seminar, sort, form, examples=shown, is_made_up=date.pk is None)


@require_POST
def test(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    seminar, sort, form = _opened(request, slug, kind)
    if form.is_valid():
        sent = examples.send_test(examples.date_for(seminar), sort.kind, form.words(), request.user)
        tell_test(request, sent)
    return _form(request, seminar, sort, form)


def restoration(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    seminar, sort, found = _found(request, slug, kind)
    if not found:
        raise Http404
    template = found[0]
    if request.method == "POST":
        own.restore(template, seminar, by=request.user)
        messages.success(request, _("Your wording is gone."))
        return redirect("bookings:letter-texts", slug)
    introduction = (
        _("What you wrote for this seminar is deleted.")
        if template.seminar_id
        else _("What was written for all seminars of this organisation is deleted: %(organisation)s.")
        % {"organisation": seminar.organisation.tr("name")}
    )
    return confirmation(
        request, seminar, "letters", _("Give up your own wording of “%(letter)s”?") % {"letter": sort.words},
        _("Use the wording of the exchange"), reverse("bookings:letter-text", args=[slug, kind]),
        introduction=introduction,
    )  # fmt: skip


def tell_test(request: MemberRequest, sent: bool) -> None:
    if sent:
        messages.success(
            request,
            _("A test in both languages is on its way to %(address)s.") % {"address": request.user.email},
        )
    else:
        messages.error(request, _("The mail server did not take the test. Try again in a moment."))


def _found(request: MemberRequest, slug: str, kind: str) -> tuple[Seminar, Sort, list[LetterTemplate]]:
    seminar, sort = seminar_of(request, slug), by_slug(kind)
    if sort is None:
        raise Http404
    return seminar, sort, texts.own(seminar, sort.kind)


def _opened(request: MemberRequest, slug: str, kind: str) -> tuple[Seminar, Sort, LetterForm]:
    seminar, sort, found = _found(request, slug, kind)
    form = LetterForm(
        posted(request), kind=sort.kind, organisation=seminar.organisation.tr("name"), templates=found
    )
    return seminar, sort, form


def _form(
    request: MemberRequest, seminar: Seminar, sort: Sort, form: LetterForm, **context: Any
) -> HttpResponse:
    names = {
        "sort": sort,
        "form": form,
        "own": texts.own(seminar, sort.kind),
        "placeholders": placeholders(sort),
        **context,
    }
    return _page(request, "letter", seminar, sort.words, **names)


def placeholders(sort: Sort) -> list[tuple[str, Any]]:
    """By the names in the reader's language, each with what it stands for."""
    names = IN_WELSH if reader_language() == "cy" else {name: name for name in sort.placeholders}
    return [(f"{{{names[name]}}}", MEANINGS[name]) for name in sort.placeholders]


def _page(request: MemberRequest, name: str, seminar: Seminar, heading: Any, **context: Any) -> HttpResponse:
    names = {"seminar": seminar, "tab": "letters", "heading": heading, **context}
    return render(request, f"bookings/writing/{name}.html", names)


def _of_organisation(seminar: Seminar) -> list[LetterTemplate]:
    """Those in force for the seminar: its own come last, and so stand."""
    found = LetterTemplate.objects.filter(organisation=seminar.organisation_id, seminar__in=[seminar]) | (
        LetterTemplate.objects.filter(organisation=seminar.organisation_id, seminar=None)
    )
    return sorted(found, key=lambda template: template.seminar_id is not None)
