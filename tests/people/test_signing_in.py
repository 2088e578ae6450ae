"""Sign-up and sign-in from end to end, by the pages that people use; mail lands in a box."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import translation

from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "name": "Mair Owen",
    "email": "mair@gwynedd.example",
    "password1": "a long passphrase",
    "kind": "councillor",
    "role_text": "Finance",
    "language": "cy",
}


@pytest.fixture(autouse=True)
def _no_limits_from_before(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def mair() -> Member:
    member = factories.MemberFactory(email="mair@gwynedd.example", language="cy")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def code_in(letter: Any) -> str:
    found = re.search(r"^([A-Z0-9]{3,6}-?[A-Z0-9]{3,6})$", letter.body, re.MULTILINE)
    assert found, letter.body
    return found[1]


def test_sign_up_asks_confirms_the_address_and_signs_in(client: Client) -> None:
    client.post(reverse("account_signup"), SIGN_UP)
    response = client.get(reverse("people:desk"))
    assert response.status_code == 302
    response = client.post(
        reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])}, follow=True
    )

    member = Member.objects.get()
    assert (member.name, member.slug, member.kind) == ("Mair Owen", "mair-owen", "councillor")
    assert (member.portfolio, member.job_title, member.language) == ("Finance", "", "cy")
    assert member.confirmed_emails() == ["mair@gwynedd.example"]
    assert response.request["PATH_INFO"] == reverse("people:desk")
    assert not member.is_visible


def test_sign_up_keeps_what_was_typed_and_says_what_is_missing(client: Client) -> None:
    page = client.post(reverse("account_signup"), SIGN_UP | {"name": "", "kind": "king"}).content.decode()

    assert "Enter your name" in page
    assert 'value="mair@gwynedd.example"' in page
    assert page.count('class="error-summary"') == 1
    assert not Member.objects.exists()


def test_two_of_one_name_have_pages_of_their_own() -> None:
    one, other = (factories.MemberFactory(name="Siân Hughes", slug=None) for _ in range(2))

    assert one.slug == "sian-hughes"
    assert other.slug.startswith("sian-hughes-")


def test_sign_up_with_a_known_address_says_the_same_and_writes_to_its_owner(
    client: Client, mair: Member
) -> None:
    known = client.post(reverse("account_signup"), SIGN_UP)
    unknown = Client().post(reverse("account_signup"), SIGN_UP | {"email": "nobody@gwynedd.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mail.outbox[0].to == ["mair@gwynedd.example"]
    assert not re.search(r"^[A-Z0-9]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert Member.objects.filter(email="mair@gwynedd.example").count() == 1


def test_a_code_by_mail_signs_in(client: Client, mair: Member) -> None:
    client.post(reverse("account_request_login_code"), {"email": mair.email})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert client.session["_auth_user_id"] == str(mair.pk)


def test_a_code_does_not_tell_whether_there_is_an_account(mair: Member) -> None:
    def pages(email: str) -> tuple[int, str, str]:
        client = Client()
        asked = client.post(reverse("account_request_login_code"), {"email": email})
        page = client.get(asked["Location"]).content.decode().replace(email, "@")
        return asked.status_code, asked["Location"], re.sub(r'value="[A-Za-z0-9]{64}"', "", page)

    assert pages(mair.email) == pages("nobody@gwynedd.example")
    assert [letter.to for letter in mail.outbox] == [[mair.email], ["nobody@gwynedd.example"]]


def test_a_forgotten_password_is_replaced_by_a_code(client: Client, mair: Member) -> None:
    client.post(reverse("account_reset_password"), {"email": mair.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[0])})
    client.post(
        reverse("account_complete_password_reset"),
        {"password1": "another passphrase", "password2": "another passphrase"},
    )

    assert Client().login(email=mair.email, password="another passphrase")


def test_letters_are_in_the_members_language(client: Client, mair: Member) -> None:
    client.post(reverse("account_request_login_code"), {"email": mair.email})

    with translation.override("cy"):
        assert mail.outbox[0].subject == translation.gettext("Your code for signing in")
    assert "Your code" not in mail.outbox[0].subject
    assert "example.com" not in mail.outbox[0].body


def test_too_many_attempts_are_stopped_by_a_friendly_page(client: Client) -> None:
    for _attempt in range(40):
        response = client.post(reverse("account_reset_password"), {"email": "mair@gwynedd.example"})

    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_allauth_has_our_frame(language: str, mair: Member) -> None:
    seen = 0
    with translation.override(language):
        for name in _allauth_names():
            for client in (Client(), Client()):
                if seen % 2:
                    client.force_login(mair)
                try:
                    response = client.get(reverse(name))
                except NoReverseMatch:
                    continue
                seen += 1
                if response.status_code == 200 and "html" in response["Content-Type"]:
                    names = [template.name for template in response.templates]
                    assert "base.html" in names, (name, names)
                    assert "allauth/layouts/base.html" not in names, (name, names)
                    assert "<style" not in response.content.decode(), name
    assert seen > 30


def _allauth_names() -> list[str]:
    def walk(patterns: Any) -> Any:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if pattern.name and pattern.name.startswith(("account_", "mfa_")):
                    yield pattern.name
            elif "admin" not in str(pattern.pattern):
                yield from walk(pattern.url_patterns)

    return sorted(set(walk(get_resolver().url_patterns)))
