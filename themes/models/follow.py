from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Follow(models.Model):
    """That a member follows a theme, a tag, an organisation or a series.

    The relation is generic because series live above this app.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    followed = GenericForeignKey()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "content_type", "object_id"], name="themes_followed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.followed}"

    @property
    def word(self) -> str:
        """What kind of thing is followed, as it stands in addresses."""
        return self.content_type.model
