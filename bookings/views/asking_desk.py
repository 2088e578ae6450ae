"""Questions to the speakers as organisers see them: which are shown, and which have been answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import asking
from bookings.models import BookingRules, Question
from seminars.views.workspace import date_of

State = Question.State


@require_safe
def questions(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    found = list(
        Question.objects.filter(seminar_date=date).select_related("session").order_by("-votes", "asked_at")
    )
    key = asking.key_of(date)
    rules = BookingRules.objects.filter(seminar_date=date).first()
    return render(
        request,
        "bookings/asking/desk.html",
        {
            "seminar": date.seminar,
            "tab": "dates",
            "heading": _("Questions to the speakers"),
            "date": date,
            "groups": [(state, [one for one in found if one.state == state]) for state in State],
            "questions": found,
            "digest": asking.digest([one for one in found if one.state in asking.SEEN]),
            "key": key,
            "is_on": rules is not None and rules.has_questions,
        },
    )


def _settle(request: HttpRequest, slug: str, date_slug: str, pk: int, state: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    question = get_object_or_404(Question, pk=pk, seminar_date=date)
    asking.settle(question, state, by=request.user)
    return redirect(reverse("bookings:organise-questions", args=[slug, date_slug]) + f"#question-{pk}")


@require_POST
def showing(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    return _settle(request, slug, date_slug, pk, State.SHOWN)


@require_POST
def answer(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    return _settle(request, slug, date_slug, pk, State.ANSWERED)


@require_POST
def hiding(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    return _settle(request, slug, date_slug, pk, State.HIDDEN)
