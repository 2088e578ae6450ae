import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.writeup import WriteUp
from people.models import Member
from ui.bilingual import Bilingual, at_least_one


class Image(Bilingual):
    """A picture of a write-up, re-encoded to WebP in three widths; the text that stands for it is required."""

    WIDTHS = (480, 960, 1600)  # pixels

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="images")
    alternative_en = models.CharField(_("what it shows, in English"), max_length=300, blank=True)
    alternative_cy = models.CharField(_("what it shows, in Welsh"), max_length=300, blank=True)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    uploaded_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    bilingual_required = ("alternative",)

    class Meta:
        ordering = ["uploaded_at"]
        constraints = [at_least_one("alternative")]

    def __str__(self) -> str:
        return self.tr("alternative")

    def get_absolute_url(self) -> str:
        return reverse("learning:image", args=[self.uuid, self.WIDTHS[1]])

    def stored_at(self, width: int) -> str:
        """Path of one width within the media store."""
        return f"images/{self.uuid.hex[:2]}/{self.uuid.hex}-{width}.webp"
