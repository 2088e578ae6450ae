from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models.audit import AuditEvent
from people.models.member import Member
from people.models.membership import Membership
from people.models.organisation import Organisation
from people.models.role import Role
from people.refusal import Refused
from ui.secret_links import hashed, new_token

INVITATION_LASTS = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())

    def by_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hashed(token))

    def meant_for(self, member: Member) -> "InvitationQuerySet":
        return self.filter(email__in=member.confirmed_emails())


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

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    @classmethod
    @transaction.atomic
    def issue(
        cls, organisation: Organisation, email: str, role: str, *, by: Member
    ) -> tuple["Invitation", str]:
        """A new invitation and the token of its link, which is kept nowhere; it replaces one to the same address."""
        if role not in dict(Membership.roles_given_by(by, organisation.pk)):
            raise Refused(gettext("You may give roles up to your own."))
        email = email.strip().lower()
        if Membership.objects.confirmed().filter(organisation=organisation, member__email=email).exists():
            raise Refused(gettext("There is a member with this address already."))
        cls.objects.filter(organisation=organisation, email=email, accepted_at__isnull=True).delete()
        token = new_token()
        invitation = cls.objects.create(
            organisation=organisation, email=email, role=role, invited_by=by, token_hash=hashed(token)
        )
        AuditEvent.record(by, "invitation-sent", organisation, role=str(role))
        return invitation, token

    @property
    def is_waiting(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()

    def is_for(self, member: Member) -> bool:
        return self.email.lower() in member.confirmed_emails()

    @transaction.atomic
    def accept(self, member: Member) -> Membership:
        """Once, in time, and only by the person whose confirmed address it was sent to."""
        if not self.is_for(member):
            raise Refused(
                gettext(
                    "This invitation was sent to another address. Add that address to your account and confirm it, then open the link again."
                )
            )
        now = timezone.now()
        used = Invitation.objects.filter(pk=self.pk).waiting().update(accepted_at=now)
        if not used:
            raise Refused(
                gettext("This invitation has been used, withdrawn or has run out. Ask for a new one.")
            )
        self.accepted_at = now
        return Membership.give(member, self.organisation, self.role, by=member, way="invitation")

    def revoke(self, *, by: Member) -> None:
        if self.accepted_at is None:
            AuditEvent.record(by, "invitation-withdrawn", self.organisation, role=self.role)
            self.delete()
