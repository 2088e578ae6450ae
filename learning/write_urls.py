"""Addresses of the writing and of the review. They stand before `/learning/<slug>/`; editing.RESERVED keeps slugs clear of them."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from learning.views import (
    review,
    write_actions,
    write_authors,
    write_images,
    write_lessons,
    write_lists,
    write_parts,
    write_revisions,
)


def part(word: Any, name: str) -> list[URLPattern | URLResolver]:
    preview = path(_("preview/"), write_parts.part_preview, {"name": name}, name=f"write-{name}-preview")
    return [
        path(word, write_parts.part, {"name": name}, name=f"write-{name}"),
        path(word, include([preview])),
    ]


lessons = [
    path("", write_lessons.lessons, name="write-lessons"),
    path(_("new/"), write_lessons.new, name="write-lesson-new"),
    path(_("new/preview/"), write_lessons.new_preview, name="write-lesson-new-preview"),
    path(_("order/"), write_lessons.order, name="write-lesson-order"),
    path("<int:pk>/", write_lessons.lesson, name="write-lesson"),
    path(_("<int:pk>/preview/"), write_lessons.lesson_preview, name="write-lesson-preview"),
    path(_("<int:pk>/removal/"), write_lessons.removal, name="write-lesson-removal"),
]
authors = [
    path("", write_authors.authors, name="write-authors"),
    path(_("new/"), write_authors.new, name="write-author-new"),
    path(_("colleague/"), write_authors.colleague, name="write-author-colleague"),
    path(_("invitation/"), write_authors.invitation, name="write-author-invitation"),
    path(
        _("invitation/<int:pk>/removal/"), write_authors.invitation_removal, name="write-invitation-removal"
    ),
    path(_("order/"), write_authors.order, name="write-author-order"),
    path("<int:pk>/", write_authors.author, name="write-author"),
    path(_("<int:pk>/removal/"), write_authors.removal, name="write-author-removal"),
]
images = [
    path("", write_images.images, name="write-images"),
    path("<uuid:uuid>/", write_images.alternative, name="write-image"),
    path(_("<uuid:uuid>/removal/"), write_images.removal, name="write-image-removal"),
]
revisions = [
    path("", write_revisions.revisions, name="write-revisions"),
    path("<int:pk>/", write_revisions.revision, name="write-revision"),
    path(_("<int:pk>/restoration/"), write_revisions.restoration, name="write-revision-restoration"),
]
one: list[URLPattern | URLResolver] = [
    path("", write_parts.overview, name="write-overview"),
    *part(_("basics/"), "about"),
    *part(_("story/"), "story"),
    *part(_("what-worked/"), "results"),
    *part(_("themes-and-tags/"), "filing"),
    *part(_("source/"), "source"),
    path(_("lessons/"), include(lessons)),
    path(_("authors/"), include(authors)),
    path(_("images/"), include(images)),
    path(_("revisions/"), include(revisions)),
    path(_("check/"), write_actions.check, name="write-check"),
    path(_("submission/"), write_actions.submission, name="write-submission"),
    path(_("submission/removal/"), write_actions.submission_removal, name="write-submission-removal"),
    path(_("withdrawal/"), write_actions.withdrawal, name="write-withdrawal"),
    path(_("reinstatement/"), write_actions.reinstatement, name="write-reinstatement"),
    path(_("deletion/"), write_actions.deletion, name="write-deletion"),
]
write: list[URLPattern | URLResolver] = [
    path("", write_lists.mine, name="write"),
    path(_("new/"), write_lists.start, name="write-new"),
    path(_("preview/"), write_parts.preview, name="write-preview"),
    path(_("invitation/<str:token>/"), write_authors.accept, name="write-invitation"),
    path("<slug:slug>/", include(one)),
]
reviews = [
    path("", review.queue, name="review"),
    path("<slug:slug>/", review.write_up, name="review-write-up"),
    path(_("<slug:slug>/publication/"), review.publication, name="review-publication"),
    path(_("<slug:slug>/changes/"), review.changes, name="review-changes"),
    path(_("<slug:slug>/schedule/"), review.schedule, name="review-schedule"),
    path(_("<slug:slug>/schedule/removal/"), review.schedule_removal, name="review-schedule-removal"),
]
urlpatterns = [
    path(_("learning/write/"), include(write)),
    path(_("learning/review/"), include(reviews)),
    path(_("learning/images/<uuid:uuid>-<int:width>.webp"), write_images.image, name="image"),
]
