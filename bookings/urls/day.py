"""The day: stewards, check-in, badges, programme."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import day, day_desk, day_device

of_date = [
    path(_("check-in/"), day_desk.stewards, name="stewards"),
    path(_("check-in/link/"), day_desk.new_link, name="stewards-link"),
    path(_("check-in/closing/"), day_desk.closing, name="day-closing"),
    path(_("check-in/paper/"), day_desk.paper, name="paper"),
    path(_("check-in/sheets/"), day_desk.sheets, name="sheets"),
    path(_("badges/"), day_desk.badges, name="badges"),
    path(_("badges.pdf"), day_desk.badges_pdf, name="badges-pdf"),
]
at_the_door = [
    path("", day.desk, name="check-in-desk"),
    path(_("arrivals/"), day.arrival, name="arrival"),
    path(_("arrivals/<int:pk>/removal/"), day.arrival_removal, name="arrival-removal"),
    path(_("walk-in/"), day.walk_in, name="walk-in"),
    path(_("replay/"), day_device.replay, name="replay"),
    path(_("list/"), day_device.arrivals, name="arrival-list"),
    path(_("counts/"), day_device.counts, name="arrival-counts"),
    # Beside the pages, so that it sees these and no others.
    path("worker.js", day_device.worker, name="check-in-worker"),
    path("<str:code>/", day.check_in, name="check-in"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("stewards/<str:token>/"), day.steward, name="steward"),
    path(_("check-in/<uuid:uuid>/"), include(at_the_door)),
    path(_("organise/<slug:slug>/dates/<slug:date_slug>/"), include(of_date)),
    path(
        _("seminars/<slug:slug>/<slug:date_slug>/programme.pdf"), day_desk.programme_pdf, name="programme-pdf"
    ),
]
