"""After the day: feedback, commitments, impact, certificates."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import (
    afterwards,
    afterwards_certificate,
    afterwards_commitments,
    afterwards_desk,
    afterwards_headings,
    afterwards_impact,
    afterwards_member,
)

of_delegate = [
    path(_("feedback/"), afterwards.feedback, name="feedback"),
    path(_("commitments/"), afterwards_commitments.commitments, name="commitments"),
    path(_("commitments/<int:pk>/"), afterwards_commitments.commitment, name="commitment"),
    path(_("commitments/<int:pk>/removal/"), afterwards_commitments.removal, name="commitment-removal"),
    path(_("follow-up/<int:pk>/"), afterwards_commitments.follow_up, name="follow-up"),
    path(_("certificate/"), afterwards_certificate.certificate, name="certificate"),
    path(_("certificate.pdf"), afterwards_certificate.certificate_pdf, name="certificate-pdf"),
]
of_date = [
    path("", afterwards_desk.feedback, name="organise-feedback"),
    path(_("answers.csv"), afterwards_desk.export, name="feedback-export"),
    path(_("comments/"), afterwards_desk.comments, name="feedback-comments"),
    path(_("commitments/<int:pk>/hiding/"), afterwards_desk.hiding, name="commitment-hiding"),
    path(_("headings/"), afterwards_headings.headings, name="feedback-headings"),
    path(_("headings/<int:pk>/"), afterwards_headings.heading, name="feedback-heading"),
    path(_("headings/<int:pk>/removal/"), afterwards_headings.removal, name="feedback-heading-removal"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("afterwards/<str:token>/"), include(of_delegate)),
    path(_("organise/<slug:slug>/dates/<slug:date_slug>/feedback/"), include(of_date)),
    path(_("desk/commitments/"), afterwards_member.shared, name="shared-commitments"),
    path(_("impact/"), afterwards_impact.overall, name="impact-overall"),
    path(_("seminars/<slug:slug>/impact/"), afterwards_impact.of_seminar, name="impact"),
]
