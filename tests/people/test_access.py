"""Who may open and who may do what: one table. 302 for the anonymous is the way to sign in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from people.models import EmailDomain, Invitation, Member, Membership, Organisation
from people.urls import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db
WHO = ["anonymous", "outsider", "member", "editor", "organiser", "staff"]
EVERYBODY = [200] * 6
OWN = [302, 200, 200, 200, 200, 200]
EDITORS = [302, 403, 403, 200, 200, 200]
STAFF = [302, 403, 403, 403, 403, 200]
# (method, address, what each of WHO gets)
TABLE = [
    ("get", "organisations", EVERYBODY),
    ("get", "organisation", EVERYBODY),
    ("get", "visible-member", EVERYBODY),
    ("get", "hidden-member", [404] * 6),
    ("get", "desk", OWN),
    ("get", "profile", OWN),
    ("get", "my-data", OWN),
    ("get", "my-data-file", OWN),
    ("get", "closing", OWN),
    ("get", "details", EDITORS),
    ("get", "memberships", EDITORS),
    ("get", "invitations", EDITORS),
    ("get", "membership-role", EDITORS),
    ("get", "membership-removal", EDITORS),
    ("post", "membership-removal", [302, 403, 403, 302, 302, 302]),
    ("get", "organiser-role", [302, 403, 403, 403, 200, 200]),
    ("post", "organiser-removal", [302, 403, 403, 403, 302, 302]),
    ("post", "invitation-revocation", [302, 403, 403, 302, 302, 302]),
    ("get", "leaving", [302, 404, 200, 200, 200, 404]),
    ("post", "joining", [302] * 6),
    ("get", "joining", [302, 405, 405, 405, 405, 405]),
    ("get", "domains", STAFF),
    ("post", "domain-removal", [302, 403, 403, 403, 403, 302]),
    ("get", "audit", STAFF),
    ("get", "invitation", OWN),
    ("post", "acceptance", [302, 404, 404, 404, 404, 404]),
]


@pytest.fixture
def addresses(
    organisation: Organisation, organiser: Member, editor: Member, colleague: Member
) -> dict[str, str]:
    slug = organisation.slug
    domain = EmailDomain.objects.create(organisation=organisation, domain="nowhere.example")
    invitation, token = Invitation.issue(organisation, "new@gwynedd.example", "editor", by=editor)
    on_colleague = [slug, Membership.objects.get(member=colleague).pk]
    on_organiser = [slug, Membership.objects.get(member=organiser).pk]
    visible = factories.MemberFactory(is_visible=True)
    hidden = factories.MemberFactory()
    found = {
        name: reverse(f"people:{name}")
        for name in ("organisations", "desk", "profile", "my-data", "my-data-file", "closing", "audit")
    }
    found |= {
        name: reverse(f"people:{name}", args=[slug])
        for name in ("organisation", "details", "memberships", "invitations", "leaving", "joining", "domains")
    }
    return found | {
        "visible-member": visible.get_absolute_url(),
        "hidden-member": hidden.get_absolute_url(),
        "membership-role": reverse("people:membership-role", args=on_colleague),
        "membership-removal": reverse("people:membership-removal", args=on_colleague),
        "organiser-role": reverse("people:membership-role", args=on_organiser),
        "organiser-removal": reverse("people:membership-removal", args=on_organiser),
        "invitation-revocation": reverse("people:invitation-revocation", args=[slug, invitation.pk]),
        "domain-removal": reverse("people:domain-removal", args=[slug, domain.pk]),
        "invitation": reverse("people:invitation", args=[token]),
        "acceptance": reverse("people:acceptance", args=[invitation.pk]),
    }


@pytest.mark.parametrize(("method", "name", "expected"), TABLE, ids=[f"{m}-{n}" for m, n, _e in TABLE])
def test_who_may_do_what(
    method: str,
    name: str,
    expected: list[int],
    addresses: dict[str, str],
    request: pytest.FixtureRequest,
    client_of: Callable[[Any], Client],
) -> None:
    got = []
    for who in WHO:
        person = None if who == "anonymous" else request.getfixturevalue(who)
        client = client_of(person)
        if method == "post":
            # An action changes what the next one finds: each is tried on its own.

            with transaction.atomic():
                got.append(client.post(addresses[name]).status_code)
                transaction.set_rollback(True)
        else:
            got.append(client.get(addresses[name]).status_code)

    assert dict(zip(WHO, got, strict=True)) == dict(zip(WHO, expected, strict=True))


def test_the_anonymous_are_led_to_sign_in_and_back(addresses: dict[str, str], client: Client) -> None:
    response = client.get(addresses["invitation"])

    assert response["Location"] == f"{reverse('account_login')}?next={addresses['invitation']}"


def test_every_address_of_people_is_in_the_table(addresses: dict[str, str]) -> None:
    named = {pattern.name for pattern in urlpatterns}
    assert named - {name for _method, name, _expected in TABLE} == {"member"}
