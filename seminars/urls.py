"""The public pages. The organisers' workspace has its own addresses, included at the end."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from seminars.views import calendars, detail, lists

app_name = "seminars"

# Words of our own come before the slugs, which `Seminar` may not take: see `seminars.models.seminar`.
seminars = [
    path("", lists.upcoming, name="seminars"),
    path(_("past/"), lists.past, name="past"),
    path(_("calendar/<int:year>/<int:month>/"), calendars.month, name="month"),
    path(_("calendar.ics"), calendars.everything, name="calendar-file"),
    path(_("feed/"), calendars.feed, name="feed"),
    path("<slug:slug>/", detail.seminar, name="seminar"),
    path("<slug:slug>/<slug:date_slug>/", detail.date, name="date"),
    path(_("<slug:slug>/<slug:date_slug>/calendar.ics"), calendars.one_date, name="date-file"),
]
series = [
    path("", lists.series_list, name="series-list"),
    path("<slug:slug>/", detail.series, name="series"),
    path(_("<slug:slug>/feed/"), calendars.feed, name="series-feed"),
]
urlpatterns = [
    path("", include("seminars.organise_urls")),
    path(_("seminars/"), include(seminars)),
    path(_("series/"), include(series)),
    path(_("speakers/<slug:slug>/"), detail.speaker, name="speaker"),
    path(_("resources/<int:pk>/"), detail.resource, name="resource"),
]
