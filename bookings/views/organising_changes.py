"""What an organiser types about a booking: a new one for somebody, a move, workshops, the person's details."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import changing, correcting, figures, moving, places, taking
from bookings.forms.organisations import suggestions
from bookings.forms.organising import DetailsForm, MoveForm, NewBookingForm
from bookings.forms.workshops import TheirWorkshopsForm
from bookings.models import Booking, Place, Pool
from bookings.places import Wish
from bookings.views.desk import booking_of, form_page, page, who
from bookings.views.organising_one import address_of
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import SeminarDate
from seminars.views.workspace import date_of, posted
from ui.dates import day


def new(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Book for somebody: also before booking opens and after it has closed."""
    date = date_of(request, slug, date_slug)
    rules, pools = figures.rules_of(date), list(Pool.objects.held().filter(seminar_date=date))
    if rules is None or not pools:
        return page(request, "unarranged", date, _("Book for somebody"))
    date.booking_rules = rules
    form = NewBookingForm(
        posted(request), pools=pools, deleted_on=day(taking.needs_deleted_on(date)), runs=places.to_choose_from(date),
        is_drawn=places.is_to_be_drawn(rules), initial={"key": uuid.uuid4()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = taking.book(
                taking.Request(
                    date, form.cleaned_data["attendance"], [form.person], wishes=form.wishes, key=form.cleaned_data["key"],
                    organiser=who(request),
                )
            )[0]  # fmt: skip
            _tell_made(request, made)
            return redirect("bookings:organise-booking", slug, date_slug, made.pk)
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date, form, _("Book for somebody"), _("Book"), reverse("bookings:organise-list", args=[slug, date_slug]),
        organisations=suggestions(),
        introduction=_("They get the same letter as if they had booked themselves, with a link that manages the booking."),
    )  # fmt: skip


def _tell_made(request: HttpRequest, booking: Booking) -> None:
    if booking.is_confirmed:
        messages.success(request, _("The booking is made, and a confirmation goes out."))
    else:
        messages.warning(request, _("Every place is taken, so they are in the queue."))


def move(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    pools = [pool for pool in _open_pools(found.seminar_date) if pool.pk != found.pool_id]
    form = MoveForm(posted(request), pools=pools)
    if request.method == "POST" and form.is_valid():
        try:
            pool = form.pool
            # On the same date the workshops stay; on another they are chosen anew.
            moved = moving.move(found, pool.seminar_date, pool.attendance, by=who(request))
            moved.seminar_date = pool.seminar_date
            if moved.is_confirmed:
                messages.success(request, _("The booking has moved, and they are told."))
            else:
                messages.warning(
                    request,
                    _("There is no free place, so they are in the queue there and keep the place they have."),
                )
            return redirect(address_of(moved))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, found.seminar_date, form, _("Move the booking of %(name)s") % {"name": found.name},
        _("Move it"), address_of(found), desk_tab="organise-list", is_impossible=not pools,
        introduction=_("The place here is given back only once one there is theirs. On another date, workshops are chosen anew.")
        if pools else _("There is no other date of this seminar that can be booked, and no other way of taking part."),
    )  # fmt: skip


def _open_pools(date: SeminarDate) -> list[Pool]:
    """Of this date and of the others of its seminar that are still to come."""
    dates = {one.pk: one for one in date.seminar.dates.upcoming().scheduled().select_related("venue")}
    for one in dates.values():
        one.seminar = date.seminar
    pools = (
        Pool.objects.held()
        .filter(seminar_date__in=dates, seminar_date__booking_rules__isnull=False)
        .order_by("seminar_date__starts_at", "attendance")
    )
    found = list(pools)
    for pool in found:
        pool.seminar_date = dates[pool.seminar_date_id]
    return found


def workshops(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    rules = figures.rules_of(found.seminar_date)
    runs = places.to_choose_from(found.seminar_date)
    if rules is None or not runs:
        messages.info(request, _("This date has no workshops to choose from."))
        return redirect(address_of(found))
    form = TheirWorkshopsForm(
        posted(request), runs=runs, is_drawn=places.is_to_be_drawn(rules), places=found.places.all()
    )
    if request.method == "POST" and form.is_valid():
        try:
            changing.choose_workshops(found, form.wishes, by=who(request))
            _tell_places(request, found, form.wishes)
            return redirect(address_of(found))
        except Refused as refused:
            form.say(refused)
    return form_page(
        request, found.seminar_date, form, _("Workshops of %(name)s") % {"name": found.name}, _("Save"), address_of(found),
        desk_tab="organise-list",
    )  # fmt: skip


def _tell_places(request: HttpRequest, booking: Booking, wishes: list[Wish]) -> None:
    messages.success(request, _("The workshops are saved."))
    number = booking.places.filter(state=Place.State.WAITING).count() if wishes else 0
    if number:
        words = ngettext(
            "They wait for %(number)s workshop that is full.",
            "They wait for %(number)s workshops that are full.",
            number,
        )
        messages.warning(request, words % {"number": number})


def details(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    form = DetailsForm(posted(request), booking=found)
    if request.method == "POST" and form.is_valid():
        try:
            correcting.correct(found, form.person, by=who(request))
            messages.success(request, _("The details are saved."))
            return redirect(address_of(found))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, found.seminar_date, form, _("Details of %(name)s") % {"name": found.name}, _("Save"), address_of(found),
        organisations=suggestions(), desk_tab="organise-list",
    )  # fmt: skip
