from people.models.audit import AuditEvent
from people.models.invitation import Invitation
from people.models.member import Member
from people.models.membership import Membership
from people.models.organisation import EmailDomain, Organisation
from people.models.role import Role

__all__ = ["AuditEvent", "EmailDomain", "Invitation", "Member", "Membership", "Organisation", "Role"]
