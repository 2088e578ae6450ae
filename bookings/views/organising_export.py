"""A date's bookings as a file. Who took which columns is audited, and nothing of what they hold."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import exporting
from bookings.exporting import Column
from bookings.forms.exporting import XLSX, ExportForm
from bookings.views.desk import form_page
from people.models import AuditEvent
from seminars.models import SeminarDate
from seminars.views.workspace import date_of, posted


def export(request: HttpRequest, slug: str, date_slug: str) -> HttpResponseBase:
    date = date_of(request, slug, date_slug)
    form = ExportForm(posted(request), columns=exporting.columns(date))
    if request.method == "POST" and form.is_valid():
        _note(request, date, form)
        return _file(date, form.chosen, form.cleaned_data["states"], form.cleaned_data["format"])
    return form_page(
        request, date, form, _("Download the bookings"), _("Make the file"),
        reverse("bookings:organise-list", args=[slug, date_slug]), form_class="in-columns",
    )  # fmt: skip


def _note(request: HttpRequest, date: SeminarDate, form: ExportForm) -> None:
    names = [column.name for column in form.chosen]
    took_needs = exporting.NEEDS & {*names}
    AuditEvent.record(
        request.user, "needs-exported" if took_needs else "bookings-exported", date,
        columns=names, states=form.cleaned_data["states"], format=form.cleaned_data["format"],
    )  # fmt: skip


def _file(date: SeminarDate, chosen: list[Column], states: list[str], kind: str) -> HttpResponseBase:
    table = exporting.rows(date, chosen, states)
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
