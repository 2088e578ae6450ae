from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import access
from people.models.audit import AuditEvent
from people.models.member import Member
from people.models.organisation import Organisation
from people.models.role import Role
from people.refusal import Refused


class MembershipQuerySet(models.QuerySet["Membership"]):
    def confirmed(self) -> "MembershipQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def of(self, member: object) -> "MembershipQuerySet":
        return self.confirmed().filter(member_id=getattr(member, "pk", None) or 0)


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

    @classmethod
    def join(cls, member: Member, organisation: Organisation) -> "Membership":
        """Join by a confirmed e-mail address of a domain that the organisation claims."""
        if not Organisation.objects.filter(pk=organisation.pk).open_to(member).exists():
            raise Refused(
                gettext(
                    "You can join with a confirmed e-mail address of the organisation, or by an invitation from its editors."
                )
            )
        return cls.give(member, organisation, Role.CONTRIBUTOR, by=member, way="address")

    @classmethod
    @transaction.atomic
    def give(
        cls, member: Member, organisation: Organisation, role: str, *, by: Member, way: str
    ) -> "Membership":
        """Make somebody a member with this role; a greater role that they have already is left to them."""
        membership, _new = cls.objects.select_for_update().get_or_create(
            member=member, organisation=organisation, defaults={"role": role}
        )
        if membership.confirmed_at is None or Role(role).rank > Role(membership.role).rank:
            membership.role = role
            membership.confirmed_at = membership.confirmed_at or timezone.now()
            membership.save()
            AuditEvent.record(by, "membership-given", membership, role=str(role), way=way)
        access.forget_roles(member)
        return membership

    def can_be_changed_by(self, by: Any) -> bool:
        """Editors look after those whose role is no greater than their own."""
        own = access.highest_role(by, self.organisation_id)
        return own is not None and own.covers(Role.EDITOR) and own.covers(self.role)

    @staticmethod
    def roles_given_by(by: Any, organisation_id: int) -> list[tuple[str, str]]:
        """Roles up to the giver's own, as choices of a form."""
        own = access.highest_role(by, organisation_id)
        if own is None or not own.covers(Role.EDITOR):
            return []
        return [(value, str(label)) for value, label in Role.choices if own.covers(value)]

    @transaction.atomic
    def change_role(self, role: str, *, by: Member) -> None:
        self._lock()
        if role not in dict(self.roles_given_by(by, self.organisation_id)) or not self.can_be_changed_by(by):
            raise Refused(gettext("You may give roles up to your own."))
        if role == self.role:
            return
        if role != Role.ORGANISER:
            self._refuse_without_organiser()
        before, self.role = self.role, role
        self.save(update_fields=["role"])
        AuditEvent.record(by, "role-changed", self, before=before, after=str(role))

    @transaction.atomic
    def end(self, *, by: Member) -> None:
        """Take the member out of the organisation, or let them leave; the last organiser hands over first."""
        self._lock()
        self._refuse_without_organiser()
        AuditEvent.record(
            by, "membership-left" if by == self.member else "membership-removed", self, role=self.role
        )
        self.delete()
        access.forget_roles(self.member)

    def _lock(self) -> None:
        """One change of an organisation's roles at a time, so that two cannot each take one of the last two organisers away."""
        Organisation.objects.select_for_update().get(pk=self.organisation_id)
        self.refresh_from_db(fields=["role"])

    def _refuse_without_organiser(self) -> None:
        others = Membership.objects.confirmed().filter(
            organisation=self.organisation_id, role=Role.ORGANISER, member__is_active=True
        )
        if (
            self.role == Role.ORGANISER
            and self.confirmed_at is not None
            and not others.exclude(pk=self.pk).exists()
        ):
            raise Refused(
                gettext("This is the organisation's last organiser. Make somebody else an organiser first.")
            )
