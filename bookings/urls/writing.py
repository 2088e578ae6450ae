"""The organisers: letters, messages; unsubscribing and bounces."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import outbox

letters = [
    path("", outbox.letters, name="organise-letters"),
    path(_("repetition/"), outbox.repeat_all, name="organise-letters-repetition"),
    path(_("<int:pk>/repetition/"), outbox.repeat, name="organise-letter-repetition"),
]
of_date: list[URLPattern | URLResolver] = [path(_("letters/"), include(letters))]
of_seminar: list[URLPattern | URLResolver] = [path(_("dates/<slug:date_slug>/"), include(of_date))]
urlpatterns: list[URLPattern | URLResolver] = [path(_("organise/<slug:slug>/"), include(of_seminar))]
