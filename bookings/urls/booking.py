"""Booking a place, for everybody: the form, and the link again."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import booking, lost_link

form = [
    path("", booking.book, name="book"),
    path(_("way/"), booking.step, {"name": "how"}, name="book-how"),
    path(_("who/"), booking.step, {"name": "who"}, name="book-who"),
    path(_("person/"), booking.person, name="book-person"),
    path(_("workshops/"), booking.step, {"name": "workshops"}, name="book-workshops"),
    path(_("needs/"), booking.step, {"name": "needs"}, name="book-needs"),
    path(_("answers/"), booking.step, {"name": "check"}, name="book-check"),
    path(_("how/"), booking.how_drawn, name="how-drawn"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("seminars/<slug:slug>/<slug:date_slug>/booking/"), include(form)),
    path(_("bookings/link/"), lost_link.lost_link, name="lost-link"),
    path(_("bookings/<str:token>/booked/"), booking.booked, name="booked"),
]
