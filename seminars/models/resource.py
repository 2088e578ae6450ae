import uuid
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from seminars.models.programme import Session
from seminars.models.seminar import Seminar
from ui.bilingual import Bilingual, at_least_one


def stored_name(resource: models.Model, filename: str) -> str:
    """A name of our own: what was typed by an uploader never becomes a path."""
    return f"resources/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:8]}"


class Resource(Bilingual):
    """A link or a file that belongs to a seminar, or to one session of it."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="resources")
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="resources", null=True, blank=True, verbose_name=_("session")
    )
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    # What the file is called when it is downloaded: made safe, and kept apart from where it lies.
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=4,
        choices=[("cy", "Cymraeg"), ("en", "English"), ("both", _("Both languages"))],
        default="both",
    )
    position = models.PositiveSmallIntegerField(default=0)

    bilingual_required = ("title",)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            at_least_one("title"),
            models.CheckConstraint(
                condition=(models.Q(link="") & ~models.Q(file="")) | (~models.Q(link="") & models.Q(file="")),
                name="seminars_resource_is_a_link_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.tr("title")
