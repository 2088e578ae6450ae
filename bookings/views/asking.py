"""Questions to the speakers as delegates see them, and on the screen of the hall."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import asking
from bookings.forms.asking import QuestionForm
from bookings.models import Booking, Question, QuestionBoard, Vote
from bookings.views.secret import managed
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import SeminarDate
from seminars.views.workspace import posted
from ui.secret_links import behind_a_link

MAY_ASK = (Booking.State.CONFIRMED, Booking.State.ATTENDED)


def _check(booking: Booking) -> None:
    """Only delegates with a place, on a date whose organisers want questions: to others there is no such page."""
    if booking.state not in MAY_ASK or not booking.seminar_date.booking_rules.has_questions:
        raise Http404


def _listed(booking: Booking, token: str) -> dict[str, Any]:
    date = booking.seminar_date
    seen = list(asking.seen(date))
    mine = set(Vote.objects.filter(booking=booking).values_list("question", flat=True))
    return {
        "booking": booking,
        "token": token,
        "date": date,
        "seminar": date.seminar,
        "digest": asking.digest(seen),
        "questions": [(question, question.pk in mine) for question in seen],
        "own": list(Question.objects.filter(booking=booking, state=Question.State.NEW)),
        "key": asking.key_of(date),
        "closed": asking.why_closed(date),
        "may_vote": True,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def questions(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    _check(booking)
    form = QuestionForm(posted(request), seminar_date=booking.seminar_date)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(booking, **form.cleaned_data)
            response = redirect("bookings:questions", token)
            response["Location"] += "#own"
            return response
        except Refused as refused:
            say_refusal(form, refused)
    return render(request, "bookings/asking/questions.html", {**_listed(booking, token), "form": form})


@require_safe
@managed
def question_list(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The list alone, for the script that puts it in place of the old one."""
    _check(booking)
    return render(request, "bookings/asking/_list.html", _listed(booking, token))


@require_POST
@managed
def vote(request: HttpRequest, booking: Booking, token: str, pk: int) -> HttpResponse:
    return _voted(request, booking, token, pk, asking.vote)


@require_POST
@managed
def vote_withdrawal(request: HttpRequest, booking: Booking, token: str, pk: int) -> HttpResponse:
    return _voted(request, booking, token, pk, asking.take_vote_back)


def _voted(request: HttpRequest, booking: Booking, token: str, pk: int, verb: Any) -> HttpResponse:
    _check(booking)
    question = get_object_or_404(Question, pk=pk, seminar_date=booking.seminar_date)
    try:
        verb(booking, question)
    except Refused as refused:
        context = {**_listed(booking, token), "refusals": refused.sentences}
        context["form"] = QuestionForm(seminar_date=booking.seminar_date)
        return render(request, "bookings/asking/questions.html", context)
    response = redirect("bookings:questions", token)
    response["Location"] += f"#question-{pk}"
    return response


# -- the screen of the hall ---------------------------------------------------------------------------------------


def _shown(uuid: UUID, key: str) -> dict[str, Any]:
    date = get_object_or_404(
        SeminarDate.objects.filter(booking_rules__has_questions=True).select_related("seminar"), uuid=uuid
    )
    if not asking.is_key(date, key):
        raise Http404
    seen = list(asking.seen(date))
    return {
        "date": date,
        "seminar": date.seminar,
        "key": key,
        "digest": asking.digest(seen),
        "questions": [(question, False) for question in seen],
    }


@require_safe
@behind_a_link
def screen(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """For the projector: what is asked, the most wanted first, and nothing to press."""
    return render(request, "bookings/asking/screen.html", _shown(uuid, key))


@require_safe
@behind_a_link
def screen_list(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    return render(request, "bookings/asking/_list.html", _shown(uuid, key))


@login_not_required
@require_safe
def number(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """What every reader asks for every five seconds: one query where nothing is new, two where something is.

    It holds the votes, so that a vote makes nobody fetch the list again, and a digest of what else the list shows: that
    is fetched when the digest changes.
    """
    if not asking.is_key(SeminarDate(uuid=uuid), key):
        raise Http404
    # Before anybody has asked there is no board.
    board = QuestionBoard.objects.filter(seminar_date__uuid=uuid).only("version", "seminar_date").first()
    etag = f'"{board.version if board else 0}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = JsonResponse(asking.tally(board.seminar_date_id if board else None))
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
