"""A delegate's own booking, behind a secret link; a member's seminars."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import managing, managing_changes, managing_day, managing_member

own = [
    path("", managing.manage, name="manage"),
    path(_("calendar.ics"), managing.entry, name="entry"),
    path(_("acceptance/"), managing.acceptance, name="acceptance"),
    path(_("refusal/"), managing.refusal, name="refusal"),
    path(_("leaving/"), managing.leaving, name="leaving"),
    path(_("cancellation/"), managing.cancellation, name="cancellation"),
    path(_("split/"), managing.split, name="split"),
    path(_("workshops/"), managing_changes.workshops, name="workshops"),
    path(_("move/"), managing_changes.moves, name="moves"),
    path(_("move/<slug:date_slug>/"), managing_changes.move, name="move"),
    path(_("hand-over/"), managing_changes.hand_over, name="hand-over"),
    path(_("details/"), managing_changes.own_details, name="details"),
    path(_("joining/"), managing_day.joining, name="join"),
    path(_("delegates/"), managing_day.delegates, name="delegates"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("bookings/<str:token>/"), include(own)),
    path(_("desk/seminars/"), managing_member.my_seminars, name="my-seminars"),
]
