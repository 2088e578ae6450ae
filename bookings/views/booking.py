"""Booking a place: from the date's page to "you are booked"."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bookings import availability, places, taking, waiting
from bookings.forms.answers import sections
from bookings.forms.organisations import suggestions
from bookings.forms.steps import CHECK, HOW, TITLES, WHO, WORKSHOPS, Steps
from bookings.models import Booking, BookingRules
from bookings.standing import Standing
from bookings.views.anonymous import for_anybody
from bookings.views.secret import managed
from people.refusal import Refused
from seminars.cards import card
from seminars.models import Seminar, SeminarDate
from ui.bilingual import reader_language
from ui.forms import PatternForm
from ui.statements import Kept, hole

DATE = Kept(
    lambda: (
        SeminarDate.objects.filter(
            seminar__slug=hole(Seminar, "slug", "seminar"), slug=hole(SeminarDate, "slug", "date")
        )
        .select_related("seminar__organisation", "venue", "booking_rules")
        .order_by()
    )
)


def _date(request: HttpRequest, slug: str, date_slug: str) -> SeminarDate:
    """As `Seminar.objects.visible_to` lets the reader see it, who is asked for only where not everybody may."""
    found = DATE.rows(seminar=slug, date=date_slug)
    if not found:
        raise Http404
    date: SeminarDate = found[0]
    if not date.seminar.is_public:
        get_object_or_404(Seminar.objects.visible_to(request.user), pk=date.seminar_id)
    return date


def _about(date: SeminarDate) -> dict[str, Any]:
    return {"seminar": date.seminar, "date": date, "card": card(date, themes=False)}


def _open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view(request, steps)` where the date can be booked now; otherwise the page that says why it cannot."""

    @for_anybody
    @wraps(view)
    def answer(request: HttpRequest, slug: str, date_slug: str, **kwargs: Any) -> HttpResponse:
        date = _date(request, slug, date_slug)
        # Reading ends offers whose time is over: their places are somebody else's now.
        waiting.expire(date)
        ways = availability.ways_of(date)
        if not ways:
            return render(request, "bookings/booking/nowhere.html", _about(date), status=404)
        if why := taking.why_closed(date):
            found = availability.Availability(date, ways)
            return render(
                request, "bookings/booking/closed.html", {**_about(date), "why": why, "found": found}
            )
        member = request.user if request.user.is_authenticated else None
        return view(request, Steps(date, ways, member, request.POST), **kwargs)

    return answer


@_open
def book(request: HttpRequest, steps: Steps) -> HttpResponse:
    """The first page; what is sent here is the whole form, to be booked."""
    if request.method != "POST":
        return _show(request, steps, HOW, steps.form(HOW))
    wrong = steps.first_wrong(CHECK)
    if wrong != CHECK:
        return _show(request, steps, wrong, steps.bound(wrong))
    if not ratelimit.consume(request, action="booking"):
        return _check(request, steps, [_too_many()], status=429)
    try:
        bookings = taking.book(steps.request())
    except taking.AlreadyBooked as refused:
        return _check(request, steps, refused.sentences, known=refused.emails)
    except taking.SentBefore as refused:
        steps.begin_anew()
        return _check(request, steps, refused.sentences)
    except Refused as refused:
        return _check(request, steps, refused.sentences)
    return redirect("bookings:booked", bookings[0].token)


@_open
def step(request: HttpRequest, steps: Steps, name: str) -> HttpResponse:
    """A later page, or an earlier one again, once all before it holds."""
    if request.method != "POST":
        return redirect("bookings:book", steps.date.seminar.slug, steps.date.slug)
    if name not in steps.names:
        name = steps.names[-2]
    wrong = steps.first_wrong(name)
    if wrong != name:
        return _show(request, steps, wrong, steps.bound(wrong))
    return _check(request, steps) if name == CHECK else _show(request, steps, name, steps.form(name))


@_open
def person(request: HttpRequest, steps: Steps) -> HttpResponse:
    """Room for one person more."""
    if request.method != "POST":
        return redirect("bookings:book", steps.date.seminar.slug, steps.date.slug)
    steps.more_rows = 1
    return _show(request, steps, WHO, steps.form(WHO))


def _show(request: HttpRequest, steps: Steps, name: str, form: Any) -> HttpResponse:
    before, after = steps.neighbours(name)
    return _page(
        request,
        steps,
        name,
        form=form,
        before=_address(steps, before) if before else "",
        after=_address(steps, after),
        carried=steps.carried(form),
        suggestions=suggestions() if name == WHO else [],
        may_add=name == WHO and steps.may_add,
        rules=steps.rules,
        is_drawn=name == WORKSHOPS and steps.is_drawn,
        number=steps.number if name == WORKSHOPS else 1,
    )


def _check(
    request: HttpRequest, steps: Steps, refusals: list[str] | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    form = PatternForm({} if refusals else None)
    for sentence in refusals or []:
        form.add_error(None, sentence)
    found = [(one, _address(steps, one.name)) for one in sections(steps)]
    return _page(
        request,
        steps,
        CHECK,
        status=status,
        form=form,
        sections=found,
        before=_address(steps, steps.neighbours(CHECK)[0]),
        after=reverse("bookings:book", args=[steps.date.seminar.slug, steps.date.slug]),
        carried=steps.carried(None),
        way=steps.way,
        whom=steps.whom,
        is_whole=steps.is_whole,
        number=steps.number,
        outlook=steps.outlook,
        **context,
    )


def _page(request: HttpRequest, steps: Steps, name: str, status: int = 200, **context: Any) -> HttpResponse:
    other = "en" if reader_language() == "cy" else "cy"
    with override(other):
        # A link of the page's frame cannot carry answers along, a button of the form can.
        elsewhere, start = _address(steps, name), _start(steps)
    template = "check" if name == CHECK else "step"
    return render(
        request,
        f"bookings/booking/{template}.html",
        {
            **_about(steps.date),
            "step": name,
            "title": TITLES[name],
            "number_of_step": steps.names.index(name) + 1,
            "number_of_steps": len(steps.names),
            "in_other_language": elsewhere,
            "other_language_address": start,
            **context,
        },
        status=status,
    )


def _start(steps: Steps) -> str:
    return reverse("bookings:book", args=[steps.date.seminar.slug, steps.date.slug])


def _address(steps: Steps, name: str) -> str:
    return reverse(
        f"bookings:book-{name}",
        kwargs={"slug": steps.date.seminar.slug, "date_slug": steps.date.slug, "name": name},
    )


def _too_many() -> str:
    return _(
        "Many bookings came from your network in the last minutes. Wait ten minutes, then press the button again: "
        "what you typed stays on this page."
    )


@require_safe
@managed
def booked(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    standing = Standing(booking)
    return render(
        request,
        "bookings/booking/booked.html",
        {
            **_about(booking.seminar_date),
            "booking": booking,
            "token": token,
            "standing": standing,
            "line": standing.line,
        },
    )


@login_not_required
@require_safe
def how_drawn(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """How lots are drawn, for whoever chooses."""
    date = _date(request, slug, date_slug)
    rules: BookingRules | None = getattr(date, "booking_rules", None)
    if rules is None or rules.workshops != BookingRules.Workshops.DRAWN:
        raise Http404
    context = {**_about(date), "rules": rules, "is_drawn": places.is_to_be_drawn(rules)}
    return render(request, "bookings/booking/how_drawn.html", context)
