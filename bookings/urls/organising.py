"""The organisers: who comes, and what they can do about it."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import organising, organising_changes, organising_export, organising_list, organising_one

one = [
    path("", organising_one.booking, name="organise-booking"),
    path(_("needs/"), organising_one.needs, name="organise-booking-needs"),
    path(_("approval/"), organising_one.approval, name="organise-approval"),
    path(_("refusal/"), organising_one.refusal, name="organise-refusal"),
    path(_("priority/"), organising_one.priority, name="organise-priority"),
    path(_("priority/removal/"), organising_one.priority_removal, name="organise-priority-removal"),
    path(_("split/"), organising_one.split, name="organise-split"),
    path(_("cancellation/"), organising_one.cancellation, name="organise-booking-cancellation"),
    path(_("letter/"), organising_one.letter, name="organise-letter-again"),
    path(_("move/"), organising_changes.move, name="organise-booking-move"),
    path(_("workshops/"), organising_changes.workshops, name="organise-workshops"),
    path(_("details/"), organising_changes.details, name="organise-details"),
]
desk: list[URLPattern | URLResolver] = [
    path("", organising.bookings, name="organise-bookings"),
    path(_("needs/"), organising.needs, name="organise-needs"),
    path(_("organisations/"), organising.organisations, name="organise-bodies"),
    path(_("list/"), organising_list.bookings, name="organise-list"),
    path(_("requests/"), organising_list.requests, name="organise-requests"),
    path(_("new/"), organising_changes.new, name="organise-new"),
    path(_("export/"), organising_export.export, name="organise-export"),
    path("<int:pk>/", include(one)),
]
of_date = [path(_("bookings/"), include(desk))]
of_seminar = [path(_("dates/<slug:date_slug>/"), include(of_date))]
urlpatterns: list[URLPattern | URLResolver] = [path(_("organise/<slug:slug>/"), include(of_seminar))]
