"""A date's bookings as a file. Who took which columns is audited, and nothing of what they hold."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import exporting
from bookings.exporting import Column
from bookings.forms.exporting import XLSX, ExportForm
from bookings.forms.organising import ListFilter
from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.views.desk import form_page
from bookings.views.organising_list import filter_of
from people.models import AuditEvent
from seminars.models import SeminarDate
from seminars.views.workspace import date_of, posted


def export(request: HttpRequest, slug: str, date_slug: str) -> HttpResponseBase:
    """Of the whole date, or of its list as the address narrows it."""
    date = date_of(request, slug, date_slug)
    narrowing = filter_of(request, date)
    wanted = narrowing.narrow(Booking.objects.filter(seminar_date=date))
    form = ExportForm(posted(request), columns=exporting.columns(date), is_narrowed=narrowing.is_used)
    if request.method == "POST" and form.is_valid():
        _note(request, date, form, narrowing)
        if not narrowing.is_used:
            wanted = wanted.filter(state__in=form.cleaned_data["states"])
        return _file(date, form.chosen, wanted, form.cleaned_data["format"])
    back = reverse("bookings:organise-list", args=[slug, date_slug])
    if narrowing.is_used:
        back = f"{back}?{request.GET.urlencode()}"
    return form_page(
        request, date, form, _("Download the bookings"), _("Make the file"), back, form_class="in-columns",
        introduction=_told(narrowing, wanted) if narrowing.is_used else "",
    )  # fmt: skip


def _told(narrowing: ListFilter, wanted: BookingQuerySet) -> str:
    number = wanted.count()
    words = ngettext(
        "Only the %(number)s booking of the list as you narrowed it: %(by)s.",
        "Only the %(number)s bookings of the list as you narrowed it: %(by)s.",
        number,
    )
    return words % {"number": number, "by": ", ".join(narrowing.told)}


def _note(request: HttpRequest, date: SeminarDate, form: ExportForm, narrowing: ListFilter) -> None:
    """By which fields the list was narrowed is kept, and not by what: somebody may have searched for a name."""
    names = [column.name for column in form.chosen]
    took_needs = exporting.NEEDS & {*names}
    which = {"narrowed": narrowing.names} if narrowing.is_used else {"states": form.cleaned_data["states"]}
    AuditEvent.record(
        request.user, "needs-exported" if took_needs else "bookings-exported", date,
        columns=names, format=form.cleaned_data["format"], **which,
    )  # fmt: skip


def _file(date: SeminarDate, chosen: list[Column], wanted: BookingQuerySet, kind: str) -> HttpResponseBase:
    table = exporting.rows(date, chosen, wanted)
    name = f"{date.slug}-bookings.{kind}"
    if kind == XLSX:
        response: HttpResponseBase = FileResponse(
            exporting.as_xlsx(table, _("Bookings")),
            as_attachment=True,
            filename=name,
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        response = StreamingHttpResponse(
            exporting.as_csv(table),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
