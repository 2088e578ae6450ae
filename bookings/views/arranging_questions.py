"""The organisers' own questions of a date: asked when somebody books, or afterwards with the feedback."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import arranging
from bookings.forms.arranging_questions import OwnQuestionForm
from bookings.models import OwnQuestion
from bookings.models.own_question import MOST_QUESTIONS
from bookings.views.arranging_page import address, arranged, confirmation, form_page, page
from people.models import AuditEvent
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import SeminarDate
from seminars.order import reorder
from seminars.views.workspace import posted

Purpose = OwnQuestion.Purpose


@require_safe
def questions(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    found = list(OwnQuestion.objects.filter(seminar_date=date).annotate(answered=Count("answers")))
    groups = [
        (purpose, purpose.label, [one for one in found if one.purpose == purpose]) for purpose in Purpose
    ]
    return page(request, "questions", date, _("Own questions"), groups=groups, most=MOST_QUESTIONS)


def new(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    purpose = request.GET.get("purpose", "")
    instance = OwnQuestion(
        seminar_date=date, purpose=purpose if purpose in Purpose.values else Purpose.BOOKING
    )
    form = OwnQuestionForm(posted(request), instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            arranging.add_question(form.save(commit=False))
            messages.success(request, _("The question is added."))
            return redirect(_list(date))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(request, date, form, _("A new question"), _("Add the question"), back=_list(date))


def _question_of(date: SeminarDate, pk: int) -> OwnQuestion:
    return get_object_or_404(OwnQuestion, seminar_date=date, pk=pk)


def question(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    form = OwnQuestionForm(posted(request), instance=_question_of(date, pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The question is saved."))
        return redirect(_list(date))
    note = _(
        "People have answered it, so that its kind stays. Change its words only if they still mean the same."
    )
    return form_page(
        request, date, form, _("Change a question"), back=_list(date), note=note if form.is_answered else ""
    )


def removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    found = _question_of(date, pk)
    if request.method == "POST":
        AuditEvent.record(request.user, "question-removed", found, answers=found.answers.count())
        found.delete()
        messages.success(request, _("The question is removed."))
        return redirect(_list(date))
    count = found.answers.count()
    words = ngettext(
        "%(count)s person has answered it. The answer goes with it, and does not come back.",
        "%(count)s people have answered it. Their answers go with it, and do not come back.",
        count,
    )
    return confirmation(
        request, date, _("Remove “%(question)s”?") % {"question": found}, _("Remove the question"), back=_list(date),
        introduction=words % {"count": count} if count else _("Nobody has answered it yet."),
    )  # fmt: skip


@require_POST
def order(request: HttpRequest, slug: str, date_slug: str, purpose: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    reorder(OwnQuestion.objects.filter(seminar_date=date, purpose=purpose), request.POST)
    return redirect(_list(date))


def _list(date: SeminarDate) -> str:
    return address(date, "own-questions")
