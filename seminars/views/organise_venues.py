"""Venues and their rooms: made on the way to a date, and kept for the next one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import has_role, is_organiser
from people.models.membership import Role
from seminars.forms.venues import RoomFormSet, VenueForm
from seminars.models import Seminar, Venue
from seminars.views.workspace import posted, seminar_of


def new(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    return _venue(request, seminar, Venue(organisation=seminar.organisation), _("A new venue"))


def venue(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seminar = seminar_of(request, slug)
    venue = get_object_or_404(Venue, pk=pk)
    if not can_be_changed_by(venue, request.user):
        raise PermissionDenied
    return _venue(request, seminar, venue, str(venue))


def can_be_changed_by(venue: Venue, member: Any) -> bool:
    """Whoever keeps it; one that nobody keeps, any organiser."""
    if venue.organisation_id is None:
        return is_organiser(member)
    return has_role(member, Role.ORGANISER, venue.organisation_id)


def _venue(request: HttpRequest, seminar: Seminar, venue: Venue, heading: str) -> HttpResponse:
    date = request.GET.get("date", "")
    form = VenueForm(posted(request), instance=venue, prefix="venue")
    rooms = RoomFormSet(posted(request), instance=venue, prefix="rooms")
    if request.method == "POST" and form.is_valid() and rooms.is_valid():
        with transaction.atomic():
            rooms.instance = form.save()
            rooms.save()
        messages.success(request, _("The venue is saved."))
        return redirect(f"{_back(seminar, date)}?venue={rooms.instance.pk}")
    context = {
        "seminar": seminar, "tab": "dates", "heading": heading, "form": form, "rooms": rooms, "back": _back(seminar, date)
    }  # fmt: skip
    return render(request, "seminars/organise/venue.html", context)


def _back(seminar: Seminar, date: str) -> str:
    """The date's form that somebody came from, or a new one's."""
    if date and seminar.dates.filter(slug=date).exists():
        return reverse("seminars:organise-date", args=[seminar.slug, date])
    return reverse("seminars:organise-date-new", args=[seminar.slug])
