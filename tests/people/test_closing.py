import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from learning.models import Author
from people import closing, mydata
from people.models import AuditEvent, Invitation, Member, Membership, Organisation
from tests import factories
from themes.following import follow
from themes.models import Follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def hooks() -> Iterator[list[Any]]:
    before, closing._hooks[:] = list(closing._hooks), []
    yield closing._hooks
    closing._hooks[:] = before


def test_my_data_holds_every_row_about_me_and_no_secret(
    client_of: Callable[[Any], Client],
    member: Member,
    colleague: Member,
    organisation: Organisation,
    editor: Member,
) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True)
    write_up = factories.WriteUpFactory(created_by=member, title_en="My own draft")
    factories.AuthorFactory(write_up=write_up, member=member, name="Mair")
    follow(member, organisation)
    Invitation.issue(
        factories.OrganisationFactory(), member.email, "editor", by=factories.MemberFactory(is_staff=True)
    )
    AuditEvent.record(member, "role-changed", organisation)

    response = client_of(member).get(reverse("people:my-data-file"))

    data = json.loads(response.content)
    assert response["Content-Disposition"].startswith('attachment; filename="my-data-')
    assert "no-store" in response["Cache-Control"]
    assert data["account"]["email"] == member.email
    assert set(data["rows"]) >= {
        "account.emailaddress.user",
        "learning.author.member",
        "learning.writeup.created_by",
        "people.auditevent.actor",
        "people.membership.member",
        "themes.follow.member",
    }
    assert data["rows"]["learning.writeup.created_by"][0]["title_en"] == "My own draft"
    assert len(data["invitations"]) == 1
    text = response.content.decode()
    assert "password" not in text
    assert "token_hash" not in text
    assert colleague.email not in text


def test_an_app_adds_to_my_data(member: Member) -> None:
    mydata.register("extra", lambda one: {"name": one.name})
    try:
        assert mydata.everything_about(member)["extra"] == {"name": "Mair Officer"}
    finally:
        del mydata._exporters["extra"]


def test_everything_that_points_at_a_member_is_in_my_data() -> None:
    """A new table that points at members is exported by itself; only a many-to-many goes another way."""
    labels = {label for label, _rows in mydata._pointing_rows(factories.MemberFactory())}

    assert {"learning.kept.member", "seminars.speaker.member", "admin.logentry.user"} & labels
    assert len(labels) > 8


@pytest.mark.parametrize("choice", ["keep", "anonymous"])
def test_closing_deletes_what_is_mine_and_keeps_what_i_published(
    choice: str,
    client_of: Callable[[Any], Client],
    member: Member,
    organisation: Organisation,
    hooks: list[Any],
) -> None:
    def forget_name(closed: Member, keep_name: bool) -> None:
        if not keep_name:
            Author.objects.filter(member=closed).update(name="A former member")

    closing.on_closing(forget_name)
    EmailAddress.objects.create(user=member, email=member.email, verified=True)
    author = factories.AuthorFactory(member=member, name="Mair Officer")
    follow(member, organisation)
    AuditEvent.record(member, "role-changed", organisation)
    elsewhere, client = client_of(member), client_of(member)

    response = client.post(
        reverse("people:closing"), {"name": choice, "proof": "a long passphrase"}, follow=True
    )

    assert "Your account is closed" in response.content.decode()
    for gone in (Member, Membership, EmailAddress, Follow):
        assert not gone.objects.exists()
    author.refresh_from_db()
    assert author.member is None
    assert author.name == ("Mair Officer" if choice == "keep" else "A former member")
    assert elsewhere.get(reverse("people:desk")).status_code == 302
    assert AuditEvent.objects.filter(verb="role-changed", actor=None, actor_name="Mair Officer").exists()
    closed = AuditEvent.objects.get(verb="account-closed")
    assert closed.detail == {"kept_name": choice == "keep"}
    assert "Mair" not in closed.object_label


@pytest.mark.parametrize(
    "data", [{}, {"name": "keep"}, {"name": "keep", "proof": "wrong"}, {"proof": "a long passphrase"}]
)
def test_closing_needs_a_choice_and_the_password(
    client_of: Callable[[Any], Client], member: Member, data: dict[str, str]
) -> None:
    page = client_of(member).post(reverse("people:closing"), data).content.decode()

    assert 'class="error-summary"' in page
    assert Member.objects.filter(pk=member.pk).exists()


def test_who_has_no_password_types_the_address(client_of: Callable[[Any], Client], member: Member) -> None:
    member.set_unusable_password()
    member.save()
    client = client_of(member)

    client.post(reverse("people:closing"), {"name": "keep", "proof": "other@body.example"})
    assert Member.objects.filter(pk=member.pk).exists()
    client.post(reverse("people:closing"), {"name": "keep", "proof": member.email.upper()})
    assert not Member.objects.filter(pk=member.pk).exists()


def test_closing_is_all_or_nothing(member: Member, hooks: list[Any]) -> None:
    def fail(closed: Member, keep_name: bool) -> None:
        raise RuntimeError("an app could not finish")

    closing.on_closing(fail)
    with pytest.raises(RuntimeError):
        closing.close_account(member, keep_name=True)

    assert Membership.objects.filter(member=member).exists()
    assert not AuditEvent.objects.exists()
