"""The headings under which organisers gather what delegates wrote: they are of the seminar, for all its dates."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import filing
from bookings.forms.afterwards import HeadingForm
from bookings.models import FeedbackTheme
from bookings.opinions import by_heading
from bookings.views.desk import form_page, page
from seminars.models import SeminarDate
from seminars.views.workspace import date_of, posted

TAB = "organise-feedback"


def _back(date: SeminarDate) -> str:
    return reverse("bookings:feedback-headings", args=[date.seminar.slug, date.slug])


def _saved(form: HeadingForm) -> bool:
    """False: somebody else added the same heading in the same moment."""
    form.theme.name = form.cleaned_data["name"]
    try:
        with transaction.atomic():
            form.theme.save()
    except IntegrityError:
        form.add_error("name", _("There is such a heading already"))
        return False
    return True


def headings(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = HeadingForm(posted(request), theme=FeedbackTheme(seminar=date.seminar))
    if request.method == "POST" and form.is_valid() and _saved(form):
        messages.success(request, _("The heading is added."))
        return redirect(_back(date))
    return page(request, "headings", date, _("Headings"), form=form, headings=by_heading(date), desk_tab=TAB)


def heading(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = HeadingForm(posted(request), theme=get_object_or_404(FeedbackTheme, seminar=date.seminar, pk=pk))
    if request.method == "POST" and form.is_valid() and _saved(form):
        messages.success(request, _("The heading is renamed."))
        return redirect(_back(date))
    return form_page(request, date, form, _("Rename the heading"), _("Save"), _back(date), desk_tab=TAB)


def removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    found = get_object_or_404(FeedbackTheme, seminar=date.seminar, pk=pk)
    if request.method == "POST":
        filing.remove(found)
        messages.success(request, _("The heading is removed. What was under it is kept."))
        return redirect(_back(date))
    return form_page(
        request, date, None, _("Remove the heading “%(name)s”?") % {"name": found.name}, _("Remove the heading"),
        _back(date), is_dangerous=True, desk_tab=TAB,
        introduction=_("It goes from all dates of the seminar. The answers under it are kept."),
    )  # fmt: skip
