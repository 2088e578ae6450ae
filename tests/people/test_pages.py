import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from people.models import AuditEvent, EmailDomain, Invitation, Member, Membership, Organisation
from tests import factories
from tests.people.test_listing import LIST, published_write_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 30])
def test_an_organisation_shows_what_is_public_in_constant_queries(
    client: Client, organisation: Organisation, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for index in range(number):
        published_write_up(organisation=organisation, title_en=f"Shared {index}")
        factories.SeminarFactory(organisation=organisation)
        factories.member_of(organisation, "editor", is_visible=True)
    draft = factories.WriteUpFactory(organisation=organisation, title_en="Secret draft")

    with django_assert_num_queries(6):
        page = client.get(organisation.get_absolute_url()).content.decode()

    assert f"Shared {number - 1}" in page
    assert draft.title_en not in page


def test_who_does_not_show_themselves_is_on_no_public_page(
    client: Client, organisation: Organisation, client_of: Callable[[Any], Client], member: Member
) -> None:
    shown = factories.member_of(organisation, "editor", name="Shown Person", is_visible=True)
    hidden = factories.member_of(organisation, "editor", name="Hidden Person")
    closed = factories.member_of(
        organisation, "editor", name="Closed Person", is_visible=True, is_active=False
    )
    write_up = published_write_up(organisation=organisation)
    factories.AuthorFactory(write_up=write_up, member=shown, name="Shown Person")

    pages = client.get(organisation.get_absolute_url()).content.decode()
    pages += client.get(shown.get_absolute_url()).content.decode()
    assert pages.count("Shown Person") >= 3
    assert "Hidden Person" not in pages
    assert "Closed Person" not in pages
    for person in (hidden, closed):
        assert client.get(person.get_absolute_url()).status_code == 404
        assert client_of(member).get(person.get_absolute_url()).status_code == 404


def test_no_public_page_holds_an_address(client: Client, organisation: Organisation, settings: Any) -> None:
    shown = factories.member_of(
        organisation, "editor", email="find.me@gwynedd.example", is_visible=True, bio="Ask me"
    )
    published_write_up(organisation=organisation, created_by=shown)
    EmailDomain.objects.create(organisation=organisation, domain="gwynedd.example")

    for address in (LIST, organisation.get_absolute_url(), shown.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "gwynedd.example" not in page
        assert "find.me" not in page


def test_a_hidden_profile_is_a_preview_for_oneself(
    client_of: Callable[[Any], Client], member: Member
) -> None:
    page = client_of(member).get(member.get_absolute_url()).content.decode()

    assert "Only you can see this page." in page


def test_profile_keeps_the_role_where_the_kind_says(
    client_of: Callable[[Any], Client], member: Member
) -> None:
    client_of(member).post(
        reverse("people:profile"),
        {
            "name": "Mair",
            "kind": "councillor",
            "role_text": "Housing",
            "language": "cy",
            "bio": "",
            "is_visible": "on",
        },
    )

    member.refresh_from_db()
    assert (member.name, member.portfolio, member.job_title) == ("Mair", "Housing", "")
    assert (member.language, member.is_visible) == ("cy", True)


def test_the_desk_tells_a_newcomer_what_to_do(
    client_of: Callable[[Any], Client], organisation: Organisation, editor: Member
) -> None:
    newcomer = factories.MemberFactory(email="nia@gwynedd.example")
    client = client_of(newcomer)
    assert "What you can do next" in client.get(reverse("people:desk")).content.decode()
    EmailAddress.objects.create(user=newcomer, email=newcomer.email, verified=True)
    EmailDomain.objects.create(organisation=organisation, domain="gwynedd.example")

    assert "Join Gwynedd Council" in client.get(reverse("people:desk")).content.decode()
    client.post(reverse("people:joining", args=[organisation.slug]))

    page = client.get(reverse("people:desk")).content.decode()
    assert "What you can do next" not in page
    assert Membership.objects.get(member=newcomer).role == "contributor"


def test_the_desk_stays_under_twelve_queries(
    client_of: Callable[[Any], Client], member: Member, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _each in range(10):
        factories.WriteUpFactory(created_by=member)
        Membership.objects.create(
            member=member,
            organisation=factories.OrganisationFactory(),
            role="editor",
            confirmed_at=timezone.now(),
        )

    client = client_of(member)
    with django_assert_max_num_queries(12):
        client.get(reverse("people:desk"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_members_asks_the_same_for_one_and_for_thirty(
    client_of: Callable[[Any], Client], editor: Member, organisation: Organisation, number: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    for _each in range(number):
        factories.member_of(organisation, "contributor")

    client = client_of(editor)
    with django_assert_num_queries(7):
        client.get(reverse("people:memberships", args=[organisation.slug]))


def test_an_invitation_is_written_in_both_languages_and_leads_in(
    client_of: Callable[[Any], Client], organisation: Organisation, editor: Member
) -> None:
    address = reverse("people:invitations", args=[organisation.slug])
    client_of(editor).post(address, {"email": "nia@gwynedd.example", "role": "editor"})
    letter = mail.outbox[0]
    newcomer = factories.MemberFactory(email="nia@gwynedd.example")
    EmailAddress.objects.create(user=newcomer, email=newcomer.email, verified=True)
    link = re.search(r"http://[^/]*(/en/invitations/\S+)", letter.body)

    assert letter.to == ["nia@gwynedd.example"]
    assert "Cyngor Gwynedd" in letter.body
    assert "Gwynedd Council" in letter.body
    assert link
    client_of(newcomer).post(link[1])
    assert Membership.objects.get(member=newcomer).role == "editor"
    assert client_of(newcomer).get(link[1]).status_code == 410
    assert client_of(newcomer).get("/en/invitations/guess/").status_code == 404


def test_an_invitation_does_not_tell_another_person_whose_it_is(
    client_of: Callable[[Any], Client], organisation: Organisation, editor: Member, outsider: Member
) -> None:
    _invitation, token = Invitation.issue(organisation, "nia@gwynedd.example", "editor", by=editor)

    client = client_of(outsider)
    page = client.get(reverse("people:invitation", args=[token])).content.decode()
    client.post(reverse("people:invitation", args=[token]))

    assert "nia@" not in page
    assert "sent to another address" in page
    assert not Membership.objects.filter(member=outsider, organisation=organisation).exists()


def test_invite_form_keeps_what_was_typed(
    client_of: Callable[[Any], Client], organisation: Organisation, editor: Member
) -> None:
    address = reverse("people:invitations", args=[organisation.slug])

    page = client_of(editor).post(address, {"email": "not an address", "role": "organiser"}).content.decode()

    assert 'value="not an address"' in page
    assert page.count('class="error"') == 2
    assert not mail.outbox


@pytest.mark.parametrize("typed", ["gmail.com", "gov.uk", "not a domain", "x", "mair@", "a" * 300, "<b>.uk"])
def test_a_domain_that_is_everybodys_or_none_is_refused(
    client_of: Callable[[Any], Client], organisation: Organisation, staff: Member, typed: str
) -> None:
    page = (
        client_of(staff)
        .post(reverse("people:domains", args=[organisation.slug]), {"domain": typed})
        .content.decode()
    )

    assert 'class="error-summary"' in page
    assert not EmailDomain.objects.exists()


def test_staff_add_a_domain_once_and_take_it_away(
    client_of: Callable[[Any], Client], organisation: Organisation, staff: Member
) -> None:
    address = reverse("people:domains", args=[organisation.slug])
    other = reverse("people:domains", args=[factories.OrganisationFactory().slug])
    client_of(staff).post(address, {"domain": "@Gwynedd.Llyw.Cymru "})
    taken = client_of(staff).post(other, {"domain": "gwynedd.llyw.cymru"}).content.decode()
    domain = EmailDomain.objects.get()

    assert domain.domain == "gwynedd.llyw.cymru"
    assert "Gwynedd Council has this domain already" in taken
    client_of(staff).post(reverse("people:domain-removal", args=[organisation.slug, domain.pk]))
    assert [event.verb for event in AuditEvent.objects.all()] == ["domain-removed", "domain-added"]


def test_the_audit_page_filters_and_is_never_slower_for_more(
    client_of: Callable[[Any], Client], staff: Member, organisation: Organisation, member: Member,
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    for _each in range(60):
        AuditEvent.record(member, "role-changed", organisation, before="editor", after="contributor")
    AuditEvent.record(staff, "domain-added", organisation, domain="gwynedd.example")
    client = client_of(staff)

    with django_assert_num_queries(5):
        page = client.get("/en/audit/").content.decode()
    assert "61 rows" in page
    assert page.count("<tr>") == 51
    found = client.get("/en/audit/", {"verb": "domain-added"}).content.decode()
    assert "1 row<" in found
    assert found.count("<tr>") == 2
    assert "0 rows" in client.get("/en/audit/", {"q": "nobody"}).content.decode()


def test_organisation_details_are_changed_and_noted(
    client_of: Callable[[Any], Client], organisation: Organisation, editor: Member
) -> None:
    client_of(editor).post(
        reverse("people:details", args=[organisation.slug]),
        {"about_en": "<script>x</script> We learn.", "about_cy": "", "website": "www.gwynedd.llyw.cymru"},
    )
    page = Client().get(organisation.get_absolute_url()).content.decode()

    assert 'href="https://www.gwynedd.llyw.cymru"' in page
    assert "&lt;script&gt;" in page
    assert AuditEvent.objects.get().detail == {"fields": ["about_en", "website"]}
    with translation.override("cy"):
        welsh = Client().get(organisation.get_absolute_url()).content.decode()
    assert '<div lang="en">' in welsh
