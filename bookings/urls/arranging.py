"""The organisers: how a date is booked; pools, rules, own questions, the draw."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import (
    arranging,
    arranging_draw,
    arranging_places,
    arranging_questions,
    arranging_rules,
)

arrangement: list[URLPattern | URLResolver] = [
    path("", arranging.arrangement, name="arrange"),
    path(_("places/new/"), arranging_places.pool_new, name="pool-new"),
    path(_("places/<int:pk>/"), arranging_places.pool, name="pool"),
    path(_("places/<int:pk>/lowering/"), arranging_places.lowering, name="pool-lowering"),
    path(_("places/<int:pk>/extra/"), arranging_places.extra, name="pool-extra"),
    path(_("places/<int:pk>/removal/"), arranging_places.pool_removal, name="pool-removal"),
    path(_("rules/"), arranging_rules.rules, name="rules"),
    path(_("copy/"), arranging_rules.copy, name="arrangement-copy"),
    path(_("questions/"), arranging_questions.questions, name="own-questions"),
    path(_("questions/new/"), arranging_questions.new, name="own-question-new"),
    path(_("questions/<int:pk>/"), arranging_questions.question, name="own-question"),
    path(_("questions/<int:pk>/removal/"), arranging_questions.removal, name="own-question-removal"),
    path(_("questions/order/<slug:purpose>/"), arranging_questions.order, name="own-question-order"),
    path(_("draw/"), arranging_draw.draw, name="draw"),
    path(_("draw/preview/"), arranging_draw.preview, name="draw-preview"),
    path(_("draw/<int:pk>/publication/"), arranging_draw.publication, name="draw-publication"),
]
of_date = [path(_("booking/"), include(arrangement))]
of_seminar = [path(_("dates/<slug:date_slug>/"), include(of_date))]
urlpatterns: list[URLPattern | URLResolver] = [path(_("organise/<slug:slug>/"), include(of_seminar))]
