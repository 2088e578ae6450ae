"""What delegates change with a form: workshops, the date, who comes, what they need."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import changing, details, moving, places, taking, waiting
from bookings.forms.managing import DetailsForm, HandOverForm, MoveForm, places_left
from bookings.forms.organisations import suggestions
from bookings.forms.workshops import WorkshopsForm
from bookings.models import Booking, OwnQuestion, Pool
from bookings.standing import Standing
from bookings.views.managing import back_to, page
from bookings.views.secret import managed
from people.refusal import Refused
from seminars.cards import card
from seminars.forms import say_refusal
from seminars.views.workspace import posted
from ui.dates import day

change = require_http_methods(["GET", "HEAD", "POST"])


@change
@managed
def workshops(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    standing = Standing(booking)
    if not standing.can_choose:
        return back_to(token)
    form = WorkshopsForm(
        posted(request),
        runs=places.to_choose_from(booking.seminar_date),
        is_drawn=standing.are_drawn,
        places=standing.places,
    )
    if request.method == "POST" and form.is_valid():
        try:
            changing.choose_workshops(booking, form.wishes)
            return back_to(token, "workshops")
        except Refused as refused:
            say_refusal(form, refused)
    return page(request, "workshops", booking, token, form=form, standing=standing)


@require_safe
@managed
def moves(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The seminar's dates side by side, with the places left in each way of taking part."""
    standing = Standing(booking)
    if not standing.can_move:
        return back_to(token)
    queues = _who_waits(standing.other_pools)
    choices: dict[int, dict[str, object]] = {}
    for pool in standing.other_pools:
        date = pool.seminar_date
        is_own = date.pk == booking.seminar_date_id
        if is_own and not (booking.is_confirmed and standing.can_change):
            continue
        one = choices.setdefault(
            date.pk, {"card": card(date, themes=False), "date": date, "is_own": is_own, "ways": []}
        )
        one["ways"] += [(pool.get_attendance_display(), places_left(pool, queues.get(pool.pk, 0)))]  # type: ignore[operator]
    return page(request, "moves", booking, token, choices=list(choices.values()), standing=standing)


@change
@managed
def move(request: HttpRequest, booking: Booking, token: str, date_slug: str) -> HttpResponse:
    """One step: the old place is given up only when the new one is won."""
    standing = Standing(booking)
    pools = [pool for pool in standing.other_pools if pool.seminar_date.slug == date_slug]
    if not pools:
        if standing.is_open:
            raise Http404
        return back_to(token)
    to = pools[0].seminar_date
    is_own = to.pk == booking.seminar_date_id
    queues = _who_waits(pools)
    form = MoveForm(
        posted(request),
        pools=pools,
        what_happens={pool.pk: _what_happens(booking, pool, queues.get(pool.pk, 0)) for pool in pools},
        preferred=booking.pool.attendance,
        runs=[] if is_own else places.to_choose_from(to),
        is_drawn=not is_own and places.is_to_be_drawn(to.booking_rules),
    )
    if request.method == "POST" and form.is_valid():
        try:
            moved = moving.move(booking, to, form.cleaned_data["attendance"], form.wishes)
            said = "way" if is_own else "moved" if moved.is_confirmed else "queued"
            return back_to(moved.token, said)
        except Refused as refused:
            say_refusal(form, refused)
    return page(
        request, "move", booking, token, form=form, to=to, to_card=card(to, themes=False), is_own=is_own
    )


def _what_happens(booking: Booking, pool: Pool, waiting_now: int) -> str:
    """In words, before anything is done."""
    left = places_left(pool, waiting_now)
    if pool.seminar_date_id == booking.seminar_date_id:
        is_free = pool.free and not waiting.has_first_claim(pool)
        return left if is_free else _("%(left)s. You keep the place that you have.") % {"left": left}
    if pool.seminar_date.booking_rules.needs_approval:
        return _("%(left)s. An organiser approves bookings there: you keep what you have until then.") % {
            "left": left
        }
    if pool.free and not waiting.has_first_claim(pool):
        return _("%(left)s. You move at once, and what you have goes to the next person.") % {"left": left}
    if booking.is_confirmed:
        return _("%(left)s. You join the queue, and keep your place until you win the new one.") % {
            "left": left
        }
    return _("%(left)s. You join that queue as well, and stay in this one until you win a place.") % {
        "left": left
    }


def _who_waits(pools: list[Pool]) -> dict[int, int]:
    rows = Booking.objects.filter(pool__in=pools, state=Booking.State.WAITING)
    return dict(rows.order_by().values_list("pool").annotate(number=Count("pk")))


@change
@managed
def hand_over(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """To a colleague, who gets a link of their own. After that this address opens nothing, so the answer says it all."""
    standing = Standing(booking)
    if not standing.can_change:
        return back_to(token)
    form = HandOverForm(
        posted(request),
        deleted_on=day(taking.needs_deleted_on(booking.seminar_date)),
        eats=booking.pool.attendance == Pool.Attendance.IN_PERSON,
        initial={
            "kind": booking.kind,
            "language": booking.language,
            "body": booking.affiliation,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            colleague = form.colleague
            moving.hand_over(booking, colleague)
            return page(request, "handed_over", booking, "", colleague=colleague, acted=True)
        except Refused as refused:
            say_refusal(form, refused)
    return page(request, "hand_over", booking, token, form=form, organisations=suggestions())


@change
@managed
def own_details(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    if not Standing(booking).can_change:
        return back_to(token)
    form = DetailsForm(
        posted(request),
        person=details.of(booking),
        deleted_on=day(taking.needs_deleted_on(booking.seminar_date)),
        eats=booking.pool.attendance == Pool.Attendance.IN_PERSON,
        questions=list(booking.seminar_date.own_questions.filter(purpose=OwnQuestion.Purpose.BOOKING)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            details.change(booking, form.changed_person)
            return back_to(token, "details")
        except Refused as refused:
            say_refusal(form, refused)
    return page(request, "details", booking, token, form=form, organisations=suggestions())
