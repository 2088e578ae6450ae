"""The programme of one date: slots, and sessions put in them, moved, repeated and taken out."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.refusal import Refused
from seminars.clashes import clashes_elsewhere
from seminars.forms import say_refusal
from seminars.forms.programme import RunForm, SlotForm
from seminars.models import Billing, Room, Run, SeminarDate, Slot
from seminars.programme import (
    add_run,
    add_slot,
    change_run,
    change_slot,
    copy_programme,
    remove_run,
    remove_slot,
)
from seminars.views.workspace import (
    confirmation,
    date_of,
    form_page,
    page,
    posted,
    seminar_of,
    tell_notes,
    tell_refusal,
)


@require_safe
def first(request: HttpRequest, slug: str) -> HttpResponse:
    """The tab leads to the next date's programme, or to making a date."""
    seminar = seminar_of(request, slug)
    date = seminar.dates.upcoming().first() or seminar.dates.order_by("starts_at").last()
    if date is None:
        messages.info(request, _("A programme belongs to a date. Add the first one here."))
        return redirect("seminars:organise-date-new", slug)
    return redirect("seminars:organise-programme", slug, date.slug)


@require_safe
def programme(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    return _programme(request, date_of(request, slug, date_slug), None)


@require_http_methods(["GET", "POST"])
def slots(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    if request.method == "GET":
        # The page of a slot that was refused is at this address: reloading it or changing the language leads back.
        return _to_programme(date, "new-slot")
    form = SlotForm(request.POST, seminar_date=date)
    if form.is_valid():
        try:
            add_slot(date, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
            return _to_programme(date, "new-slot")
        except Refused as refused:
            say_refusal(form, refused)
    return _programme(request, date, form)


def _programme(request: HttpRequest, date: SeminarDate, form: SlotForm | None) -> HttpResponse:
    sessions = list(date.seminar.sessions.all())
    rooms = list(date.venue.rooms.all()) if date.venue else []
    live = Billing.objects.live().select_related("speaker")
    found = date.slots.select_related("seminar_date").prefetch_related(
        Prefetch("runs", Run.objects.select_related("session", "room").order_by("session__position", "pk")),
        Prefetch("runs__session__billings", live),
    )
    used = {run.session_id for slot in found for run in slot.runs.all()}
    return page(
        request, "programme", date.seminar, "programme", date=date, form=form,
        slot_form=form or SlotForm(seminar_date=date, after=list(found)[-1].ends_at if found else date.starts_at),
        grid=[_row(slot, rooms) for slot in found],
        unused=[session for session in sessions if session.pk not in used],
        sessions=sessions, rooms=rooms, dates=list(date.seminar.dates.select_related("venue").order_by("starts_at")),
        sources=date.seminar.dates.exclude(pk=date.pk).filter(slots__isnull=False).distinct().select_related("venue"),
        elsewhere=clashes_elsewhere(date),
    )  # fmt: skip


def _row(slot: Slot, rooms: list[Room]) -> tuple[Slot, list[Run], list[tuple[Room, Run | None]]]:
    """A slot, what is in it without a room, and every room with what is in it then."""
    runs = {run.room_id: run for run in slot.runs.all() if run.room_id}
    roomless = [run for run in slot.runs.all() if run.room_id is None]
    return slot, roomless, [(room, runs.get(room.pk)) for room in rooms]


def slot(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    slot = get_object_or_404(date.slots, pk=pk)
    form = SlotForm(posted(request), seminar_date=date, slot=slot)
    if request.method == "POST" and form.is_valid():
        try:
            change_slot(slot, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
            return _to_programme(date, f"slot-{slot.pk}")
        except Refused as refused:
            say_refusal(form, refused)
    heading = _("Change the slot %(slot)s") % {"slot": date.slots.get(pk=pk)}
    return form_page(request, date.seminar, "programme", form, heading, back=_address(date))


def slot_removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    slot = get_object_or_404(date.slots, pk=pk)
    if request.method == "POST":
        try:
            remove_slot(slot)
            messages.success(request, _("The slot is removed."))
        except Refused as refused:
            tell_refusal(request, refused)
        return _to_programme(date)
    return confirmation(
        request, date.seminar, "programme", _("Remove the slot %(slot)s?") % {"slot": slot}, _("Remove this slot"),
        _address(date), introduction=_("What is in it leaves the programme of this date. The sessions themselves stay."),
    )  # fmt: skip


def runs(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """Put a session in a slot; `?session=`, `?slot=` and `?room=` fill the form."""
    date = date_of(request, slug, date_slug)
    given = {
        name: request.GET.get(name)
        for name in ("session", "slot", "room")
        if request.GET.get(name, "").isdecimal()
    }
    form = RunForm(posted(request), seminar_date=date, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            run = add_run(*_asked(form))
            messages.success(request, _("“%(session)s” is in at %(time)s.") % _said(run))
            return _to_programme(date, f"slot-{run.slot_id}")
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date.seminar, "programme", form, _("Put a session in the programme"), button=_("Put it in"),
        back=_address(date),
    )  # fmt: skip


def run(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    run = get_object_or_404(
        Run.objects.filter(slot__seminar_date=date).select_related("session", "slot", "room"), pk=pk
    )
    given = {"slot": run.slot_id, "room": run.room_id, "capacity": run.capacity}
    form = RunForm(posted(request), seminar_date=date, initial=given)
    del form.fields["session"]
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        room, capacity = cleaned.get("room"), cleaned["capacity"]
        try:
            change_run(run, cleaned["slot"], room, capacity)
            messages.success(request, _("“%(session)s” is in at %(time)s.") % _said(run))
            return _to_programme(date, f"slot-{run.slot_id}")
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date.seminar, "programme", form, _("Change “%(session)s” at %(time)s") % _said(run), back=_address(date)
    )  # fmt: skip


@require_POST
def run_removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    run = get_object_or_404(Run.objects.filter(slot__seminar_date=date), pk=pk)
    try:
        remove_run(run)
        messages.success(request, _("“%(session)s” is out of the slot at %(time)s.") % _said(run))
    except Refused as refused:
        tell_refusal(request, refused)
    return _to_programme(date, f"slot-{run.slot_id}")


@require_POST
def copy(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    source = get_object_or_404(date.seminar.dates, slug=request.POST.get("source", ""))
    try:
        tell_notes(request, copy_programme(source, date))
        messages.success(request, _("The programme is copied."))
    except Refused as refused:
        tell_refusal(request, refused)
    return _to_programme(date)


def _asked(form: RunForm) -> tuple[Any, ...]:
    cleaned = form.cleaned_data
    return cleaned["session"], cleaned["slot"], cleaned.get("room"), cleaned["capacity"]


def _said(run: Run) -> dict[str, Any]:
    return {"session": run.session, "time": run.slot.clock}


def _address(date: SeminarDate) -> str:
    return reverse("seminars:organise-programme", args=[date.seminar.slug, date.slug])


def _to_programme(date: SeminarDate, place: str = "") -> HttpResponse:
    return redirect(_address(date) + (f"#{place}" if place else ""))
