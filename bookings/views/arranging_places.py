"""The places of a date: opened, more or fewer of them, a few extra, closed."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import capacity
from bookings.forms.arranging import CapacityForm, ExtraForm, LoweringForm, NewPoolForm
from bookings.models import Booking, Pool
from bookings.views.arranging_page import (
    address,
    arranged,
    confirmation,
    form_page,
    main_address,
    me,
    page,
    pools_of,
    ways_left,
)
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.models import Room, SeminarDate
from seminars.views.workspace import posted, tell_refusal

Attendance = Pool.Attendance


def _largest(date: SeminarDate, attendance: str = Attendance.IN_PERSON) -> tuple[int | None, str]:
    """What the venue's largest room holds, and that in words."""
    if not date.venue_id or attendance != Attendance.IN_PERSON:
        return None, ""
    number = Room.objects.filter(venue=date.venue_id).aggregate(most=Max("capacity"))["most"]
    return number, _("The venue’s largest room holds %(number)s.") % {"number": number} if number else ""


def pool_new(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = arranged(request, slug, date_slug)
    ways = ways_left(date, pools_of(date))
    if not ways:
        messages.info(request, _("Every way of taking part can be booked already."))
        return redirect(main_address(date))
    number, largest = _largest(date)
    wanted = request.GET.get("way", ways[0][0])
    form = NewPoolForm(
        posted(request), ways=ways, largest=largest,
        initial={"attendance": wanted, "capacity": number if wanted == Attendance.IN_PERSON else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        capacity.open_pool(
            date, form.cleaned_data["attendance"], form.cleaned_data["capacity"], by=me(request)
        )
        messages.success(
            request, _("Places can be booked. Look at the rules: they can be changed at any time.")
        )
        return redirect(main_address(date))
    return form_page(
        request, date, form, _("Open booking"), _("Open booking"),
        introduction=_("Delegates can book from the moment that the seminar is public and booking opens."),
    )  # fmt: skip


def _pool_of(request: HttpRequest, slug: str, date_slug: str, pk: int) -> Pool:
    date = arranged(request, slug, date_slug)
    found: Pool = get_object_or_404(Pool, seminar_date=date, pk=pk)
    found.seminar_date = date
    return found


def pool(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """Another number of places; below what is taken, the next page asks what happens to whom."""
    found = _pool_of(request, slug, date_slug, pk)
    date = found.seminar_date
    form = CapacityForm(posted(request), pool=found, largest=_largest(date, found.attendance)[1])
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["capacity"]
        try:
            capacity.change(found, number, by=me(request))
        except capacity.TakenAlready:
            return redirect(f"{address(date, 'pool-lowering', pk)}?capacity={number}")
        messages.success(request, _("There are %(number)s places now.") % {"number": number})
        return redirect(main_address(date))
    words = ngettext(
        "%(number)s place is taken. New places go to the queue at once.",
        "%(number)s places are taken. New places go to the queue at once.",
        found.taken,
    )
    return form_page(
        request, date, form, _("Number of places: %(way)s") % {"way": found.get_attendance_display()},
        introduction=words % {"number": found.taken},
    )  # fmt: skip


def lowering(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """Fewer places than are taken: keep everybody, or cancel those who came last, whose names are shown."""
    found = _pool_of(request, slug, date_slug, pk)
    date = found.seminar_date
    asked = (request.POST if request.method == "POST" else request.GET).get("capacity", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else found.capacity
    over = found.taken - number - (0 if found.sheds_extra else found.extra)
    if over <= 0:
        return redirect(address(date, "pool", pk))
    last = capacity.last_in(found, over)
    form = LoweringForm(
        posted(request), choices=_what_then(over), initial={"capacity": number, "whom": _keys(last)}
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            capacity.change(
                found, cleaned["capacity"], by=me(request), then=cleaned["then"], whom=cleaned["whom"]
            )
            messages.success(request, _("There are %(number)s places now.") % {"number": cleaned["capacity"]})
            return redirect(main_address(date))
        except Refused as refused:
            say_refusal(form, refused)
            form.data = {**form.data, **form.cleaned_data, "whom": _keys(last)}
    words = ngettext(
        "%(taken)s places are taken, %(over)s more than the %(number)s that you want.",
        "%(taken)s places are taken, %(over)s more than the %(number)s that you want.",
        over,
    )
    return page(
        request, "lowering", date, _("What happens to those who are too many?"), form=form, last=last,
        introduction=words % {"taken": found.taken, "over": over, "number": number}, back=address(date, "pool", pk),
    )  # fmt: skip


def _what_then(over: int) -> list[tuple[str, str]]:
    cancel = ngettext(
        "Cancel the booking of the one who came last, named below. They are told.",
        "Cancel the bookings of the %(over)s who came last, named below. They are told.",
        over,
    )
    return [
        (capacity.KEEP, _("Keep everybody. No place is given until enough are given back.")),
        (capacity.CANCEL, cancel % {"over": over}),
    ]


def _keys(bookings: Iterable[Booking]) -> str:
    return " ".join(str(booking.pk) for booking in bookings)


def extra(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = _pool_of(request, slug, date_slug, pk)
    date = found.seminar_date
    form = ExtraForm(posted(request), pool=found)
    if request.method == "POST" and form.is_valid():
        try:
            capacity.give_extra(
                found, form.cleaned_data["extra"], form.cleaned_data["reason"], by=me(request)
            )
            messages.success(request, _("The extra places are saved."))
            return redirect(main_address(date))
        except Refused as refused:
            say_refusal(form, refused)
    return form_page(
        request, date, form, _("Extra places: %(way)s") % {"way": found.get_attendance_display()},
        introduction=_("For a guest of honour, or a mistake: the number of places itself stays."),
    )  # fmt: skip


def pool_removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = _pool_of(request, slug, date_slug, pk)
    date, way = found.seminar_date, {"way": found.get_attendance_display()}
    if request.method == "POST":
        try:
            capacity.close_pool(found, by=me(request))
            messages.success(request, _("%(way)s: this cannot be booked any more.") % way)
        except Refused as refused:
            tell_refusal(request, refused)
        return redirect(main_address(date))
    return confirmation(
        request, date, _("Close booking for this way of taking part? %(way)s") % way, _("Close it"),
        introduction=_("Nobody has booked in this way yet. You can open it again."),
    )  # fmt: skip
