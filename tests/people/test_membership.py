from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from people.access import has_role
from people.models import AuditEvent, EmailDomain, Invitation, Member, Membership, Organisation
from people.refusal import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> Member:
    return factories.MemberFactory(name="Nia Newcomer", email="nia@gwynedd.example")


def confirm(member: Member, verified: bool = True) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=verified, primary=True)


def membership_of(member: Member) -> Membership:
    return Membership.objects.get(member=member)


def test_a_confirmed_address_of_the_domain_joins(newcomer: Member, organisation: Organisation) -> None:
    EmailDomain.objects.create(organisation=organisation, domain="gwynedd.example")
    confirm(newcomer)

    Membership.join(newcomer, organisation)

    assert has_role(newcomer, "contributor", organisation.pk)
    assert not has_role(newcomer, "editor", organisation.pk)
    assert AuditEvent.objects.get().detail == {"role": "contributor", "way": "address"}


@pytest.mark.parametrize("domain", ["gwynedd.example", "other.example", "example", "notgwynedd.example"])
def test_an_address_that_is_not_confirmed_or_not_of_the_domain_does_not_join(
    newcomer: Member, organisation: Organisation, domain: str
) -> None:
    EmailDomain.objects.create(organisation=organisation, domain=domain)
    confirm(newcomer, verified=domain != "gwynedd.example")

    with pytest.raises(Refused, match="confirmed e-mail address"):
        Membership.join(newcomer, organisation)
    assert not Membership.objects.exists()


def test_joining_again_keeps_a_greater_role(editor: Member, organisation: Organisation) -> None:
    Membership.give(editor, organisation, "contributor", by=editor, way="address")

    assert membership_of(editor).role == "editor"
    assert not AuditEvent.objects.exists()


ROLES = ["contributor", "editor", "organiser"]


@pytest.mark.parametrize(
    ("who", "target", "role", "allowed"),
    [
        ("member", "colleague", "contributor", False),
        ("member", "colleague", "editor", False),
        ("outsider", "colleague", "editor", False),
        ("editor", "colleague", "editor", True),
        ("editor", "colleague", "organiser", False),
        ("editor", "editor", "organiser", False),
        ("editor", "organiser", "contributor", False),
        ("organiser", "editor", "organiser", True),
        ("organiser", "editor", "contributor", True),
        ("staff", "colleague", "organiser", True),
    ],
)
def test_who_may_give_which_role(
    who: str, target: str, role: str, allowed: bool, request: pytest.FixtureRequest, organiser: Member
) -> None:
    by, membership = request.getfixturevalue(who), membership_of(request.getfixturevalue(target))
    before = membership.role

    if allowed:
        membership.change_role(role, by=by)
    else:
        with pytest.raises(Refused):
            membership.change_role(role, by=by)

    membership.refresh_from_db()
    assert membership.role == (role if allowed else before)
    assert AuditEvent.objects.filter(verb="role-changed", actor=by).exists() == (allowed and role != before)


def test_the_last_organiser_stays_until_there_is_another(
    organiser: Member, editor: Member, staff: Member
) -> None:
    last = membership_of(organiser)

    with pytest.raises(Refused, match="last organiser"):
        last.change_role("editor", by=staff)
    with pytest.raises(Refused, match="last organiser"):
        last.end(by=organiser)

    membership_of(editor).change_role("organiser", by=staff)
    last.end(by=organiser)
    assert not Membership.objects.filter(member=organiser).exists()
    assert AuditEvent.objects.first().verb == "membership-left"


def test_an_organiser_whose_account_is_closed_does_not_count(
    organiser: Member, organisation: Organisation
) -> None:
    factories.member_of(organisation, "organiser", is_active=False)

    with pytest.raises(Refused, match="last organiser"):
        membership_of(organiser).end(by=organiser)


def test_an_invitation_makes_its_addressee_a_member(
    organisation: Organisation, editor: Member, newcomer: Member
) -> None:
    invitation, token = Invitation.issue(organisation, "Nia@Gwynedd.example ", "editor", by=editor)
    confirm(newcomer)

    Invitation.objects.by_token(token).get().accept(newcomer)

    assert has_role(newcomer, "editor", organisation.pk)
    assert token not in invitation.token_hash
    with pytest.raises(Refused, match="has been used"):
        invitation.accept(newcomer)


def test_an_invitation_fits_no_other_person(
    organisation: Organisation, editor: Member, outsider: Member, newcomer: Member
) -> None:
    invitation, _token = Invitation.issue(organisation, newcomer.email, "editor", by=editor)
    confirm(outsider)
    confirm(newcomer, verified=False)

    for person in (outsider, newcomer):
        with pytest.raises(Refused, match="sent to another address"):
            invitation.accept(person)
    assert Invitation.objects.waiting().count() == 1


def test_an_invitation_runs_out_after_fourteen_days(
    organisation: Organisation, editor: Member, newcomer: Member, time_machine: Any
) -> None:
    invitation, _token = Invitation.issue(organisation, newcomer.email, "editor", by=editor)
    confirm(newcomer)
    assert invitation.is_waiting

    time_machine.move_to(timezone.now() + timedelta(days=14, seconds=1))

    with pytest.raises(Refused, match="run out"):
        invitation.accept(newcomer)


def test_a_second_invitation_replaces_the_first_and_a_member_needs_none(
    organisation: Organisation, editor: Member, member: Member, newcomer: Member
) -> None:
    _first, old = Invitation.issue(organisation, newcomer.email, "editor", by=editor)
    _second, new = Invitation.issue(organisation, newcomer.email, "contributor", by=editor)

    assert not Invitation.objects.by_token(old).exists()
    assert Invitation.objects.by_token(new).exists()
    with pytest.raises(Refused, match="already"):
        Invitation.issue(organisation, member.email, "editor", by=editor)
    with pytest.raises(Refused, match="up to your own"):
        Invitation.issue(organisation, "x@y.example", "organiser", by=editor)


def test_audit_events_are_never_changed_and_hold_no_address(
    organisation: Organisation, editor: Member
) -> None:
    invitation, _token = Invitation.issue(organisation, "nia@gwynedd.example", "editor", by=editor)
    invitation.revoke(by=editor)
    event = AuditEvent.objects.first()

    for change in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(verb="x"),
    ):
        with pytest.raises(Exception, match="never"):
            change()
    rows = [f"{row} {row.detail}" for row in AuditEvent.objects.all()]
    assert [row.verb for row in AuditEvent.objects.all()] == ["invitation-withdrawn", "invitation-sent"]
    assert not any("@" in row for row in rows)
