"""The organisers' workspace, and the page behind a speaker's link. Every action is a noun that is posted to."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from seminars.views import (
    invitation,
    organise_dates,
    organise_programme,
    organise_resources,
    organise_seminars,
    organise_sessions,
    organise_speakers,
    organise_venues,
)

programme = [
    path("", organise_programme.programme, name="organise-programme"),
    path(_("slots/"), organise_programme.slots, name="organise-slots"),
    path(_("slots/<int:pk>/"), organise_programme.slot, name="organise-slot"),
    path(_("slots/<int:pk>/removal/"), organise_programme.slot_removal, name="organise-slot-removal"),
    path(_("runs/"), organise_programme.runs, name="organise-runs"),
    path(_("runs/<int:pk>/"), organise_programme.run, name="organise-run"),
    path(_("runs/<int:pk>/removal/"), organise_programme.run_removal, name="organise-run-removal"),
    path(_("copy/"), organise_programme.copy, name="organise-programme-copy"),
]
date: list[URLPattern | URLResolver] = [
    path("", organise_dates.date, name="organise-date"),
    path(_("move/"), organise_dates.move, name="organise-move"),
    path(_("cancellation/"), organise_dates.cancellation, name="organise-cancellation"),
    path(_("reinstatement/"), organise_dates.reinstatement, name="organise-reinstatement"),
    path(_("removal/"), organise_dates.removal, name="organise-date-removal"),
    path(_("programme/"), include(programme)),
]
billing = [
    path(_("invitation/"), organise_speakers.invitation, name="organise-invitation"),
    path(_("answer/"), organise_speakers.answer, name="organise-answer"),
    path(_("again/"), organise_speakers.again, name="organise-billing-again"),
    path(_("removal/"), organise_speakers.removal, name="organise-billing-removal"),
]
session = [
    path("", organise_sessions.session, name="organise-session"),
    path(_("removal/"), organise_sessions.removal, name="organise-session-removal"),
    path(_("speakers/new/"), organise_speakers.add, name="organise-speaker-add"),
    path(_("speakers/"), organise_speakers.billings, name="organise-billings"),
    path(_("speakers/order/"), organise_speakers.order, name="organise-billing-order"),
]
seminar: list[URLPattern | URLResolver] = [
    path("", organise_seminars.seminar, name="organise-seminar"),
    path(_("edit/"), organise_seminars.edit, name="organise-edit"),
    path(_("copy/"), organise_seminars.copy, name="organise-copy"),
    path(_("publication/"), organise_seminars.publication, name="organise-publication"),
    path(_("draft/"), organise_seminars.draft, name="organise-draft"),
    path(_("archive/"), organise_seminars.archive, name="organise-archive"),
    path(_("dates/"), organise_dates.dates, name="organise-dates"),
    path(_("dates/new/"), organise_dates.new, name="organise-date-new"),
    path(_("dates/<slug:date_slug>/"), include(date)),
    path(_("programme/"), organise_programme.first, name="organise-programme-first"),
    path(_("venues/new/"), organise_venues.new, name="organise-venue-new"),
    path(_("venues/<int:pk>/"), organise_venues.venue, name="organise-venue"),
    path(_("sessions/"), organise_sessions.sessions, name="organise-sessions"),
    path(_("sessions/new/"), organise_sessions.new, name="organise-session-new"),
    path(_("sessions/order/"), organise_sessions.order, name="organise-session-order"),
    path(_("sessions/<int:pk>/"), include(session)),
    path(_("speakers/"), organise_speakers.speakers, name="organise-speakers"),
    path(_("speakers/<int:pk>/"), organise_speakers.speaker, name="organise-speaker"),
    path(_("billings/<int:pk>/"), include(billing)),
    path(_("resources/"), organise_resources.resources, name="organise-resources"),
    path(_("resources/new/"), organise_resources.new, name="organise-resource-new"),
    path(_("resources/<int:pk>/removal/"), organise_resources.removal, name="organise-resource-removal"),
]
urlpatterns = [
    path(_("organise/"), organise_seminars.workspace, name="organise"),
    path(_("organise/new/"), organise_seminars.new, name="organise-new"),
    path(_("organise/<slug:slug>/"), include(seminar)),
    path(_("speakers/invitation/<str:token>/"), invitation.invitation, name="invitation"),
    path(
        _("speakers/invitation/<str:token>/acceptance/"), invitation.acceptance, name="invitation-acceptance"
    ),
    path(_("speakers/invitation/<str:token>/refusal/"), invitation.refusal, name="invitation-refusal"),
    path(_("speakers/invitation/<str:token>/details/"), invitation.details, name="invitation-details"),
]
