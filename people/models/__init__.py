from people.models.audit import AuditEvent
from people.models.member import Member
from people.models.membership import Invitation, Membership
from people.models.organisation import EmailDomain, Organisation

__all__ = ["AuditEvent", "EmailDomain", "Invitation", "Member", "Membership", "Organisation"]
