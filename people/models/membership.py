from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.member import Member
from people.models.organisation import Organisation

INVITATION_LASTS = timedelta(days=14)


class Role(models.TextChoices):
    """What a member may do for an organisation; each may also do what those before it may."""

    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    ORGANISER = "organiser", _("Organiser")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def confirmed(self) -> "MembershipQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def of(self, member: object) -> "MembershipQuerySet":
        return self.confirmed().filter(member_id=getattr(member, "pk", None))


class Membership(models.Model):
    """A member's place in an organisation, and the roles that it gives."""

    Role = Role

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name_en"]
        constraints = [
            models.UniqueConstraint(fields=["member", "organisation"], name="people_one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.organisation}"


def _invitation_expiry() -> object:
    return timezone.now() + INVITATION_LASTS


class Invitation(models.Model):
    """An editor's invitation to join an organisation; only a hash of its token is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_invitation_expiry)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"
