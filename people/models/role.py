from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do for an organisation; each may also do what those before it may."""

    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    ORGANISER = "organiser", _("Organiser")

    @property
    def rank(self) -> int:
        return list(Role).index(self) + 1

    def covers(self, other: str) -> bool:
        """Whether this role may also do what the other one may."""
        return self.rank >= Role(other).rank
