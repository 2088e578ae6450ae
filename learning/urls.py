"""Addresses of the learning. Fixed words come before the slug; no write-up may take one of them as its slug."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from learning.feeds import feed
from learning.views import keeping, lists, reading

app_name = "learning"
urlpatterns = [
    path("", include("learning.write_urls")),
    path(_("learning/"), lists.write_ups, name="write-ups"),
    path(_("learning/feed/"), feed, name="feed"),
    path(_("learning/shelf/"), keeping.shelf, name="shelf"),
    path(_("learning/<slug:slug>/"), reading.write_up, name="write-up"),
    path(_("learning/<slug:slug>/lessons/<int:number>/"), reading.lesson, name="lesson"),
    path(_("learning/<slug:slug>/lessons/<int:number>/keeping/"), keeping.keeping, name="lesson-keeping"),
    path(_("learning/<slug:slug>/lessons/<int:number>/removal/"), keeping.removal, name="lesson-removal"),
]
