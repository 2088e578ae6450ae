"""The day: questions to the speakers, and votes."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from bookings.views import asking, asking_desk

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("bookings/<str:token>/questions/"), asking.questions, name="questions"),
    path(_("bookings/<str:token>/questions/list/"), asking.question_list, name="question-list"),
    path(_("bookings/<str:token>/questions/<int:pk>/vote/"), asking.vote, name="question-vote"),
    path(
        _("bookings/<str:token>/questions/<int:pk>/vote/withdrawal/"),
        asking.vote_withdrawal,
        name="question-vote-withdrawal",
    ),
    path(_("questions/<uuid:uuid>/<str:key>/"), asking.screen, name="questions-screen"),
    path(_("questions/<uuid:uuid>/<str:key>/list/"), asking.screen_list, name="questions-screen-list"),
    path(_("questions/<uuid:uuid>/<str:key>/number/"), asking.number, name="questions-number"),
    path(
        _("organise/<slug:slug>/dates/<slug:date_slug>/questions/"),
        asking_desk.questions,
        name="organise-questions",
    ),
    path(
        _("organise/<slug:slug>/dates/<slug:date_slug>/questions/<int:pk>/showing/"),
        asking_desk.showing,
        name="question-showing",
    ),
    path(
        _("organise/<slug:slug>/dates/<slug:date_slug>/questions/<int:pk>/answer/"),
        asking_desk.answer,
        name="question-answer",
    ),
    path(
        _("organise/<slug:slug>/dates/<slug:date_slug>/questions/<int:pk>/hiding/"),
        asking_desk.hiding,
        name="question-hiding",
    ),
]
