"""Who may do what for an organisation. Every `visible_to` and `can_..._by` of the exchange rests on this.

Roles grow: an organiser may do what an editor may, and an editor what a contributor may.
"""

from typing import Any

from people.models.role import Role


def roles(member: Any) -> dict[int, str]:
    """Role by organisation id for a member; read once a request, and kept on the member."""
    if not getattr(member, "is_authenticated", False) or not member.is_active:
        return {}
    if not hasattr(member, "_roles"):
        member._roles = dict(member.memberships.confirmed().values_list("organisation_id", "role"))
    return dict(member._roles)


def forget_roles(member: Any) -> None:
    """After a change of roles, so that the rest of the request knows of it."""
    vars(member).pop("_roles", None)


def organisations_as(member: Any, role: str) -> list[int]:
    """Ids of the organisations in which the member has this role or a greater one."""
    return [pk for pk, held in roles(member).items() if Role(held).covers(role)]


def has_role(member: Any, role: str, organisation_id: int | None) -> bool:
    """Whether the member holds this role, or a greater one, in the organisation. Staff hold every role."""
    if not getattr(member, "is_authenticated", False) or not member.is_active:
        return False
    return bool(member.is_staff) or organisation_id in organisations_as(member, role)


def highest_role(member: Any, organisation_id: int) -> Role | None:
    """The greatest role that the member may give to others there: their own."""
    if getattr(member, "is_staff", False) and member.is_active:
        return Role.ORGANISER
    held = roles(member).get(organisation_id)
    return Role(held) if held else None


def is_organiser(member: Any) -> bool:
    """Whether there is any organisation for which the member may run seminars."""
    return bool(getattr(member, "is_staff", False)) or bool(organisations_as(member, Role.ORGANISER))
