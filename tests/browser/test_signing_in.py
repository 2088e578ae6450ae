"""Passkeys under the real policy for scripts, with an authenticator that Chromium plays; and the pages by axe."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from people.models import Member, Organisation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mair(db: None) -> Member:
    member = factories.MemberFactory(name="Mair Owen", email="mair@gwynedd.example")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def play_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_then_signs_in(page: Page, mair: Member) -> None:
    play_authenticator(page)
    page.goto(reverse("account_login"))
    page.get_by_label("Email").fill(mair.email)
    page.get_by_label("Password", exact=True).fill("a long passphrase")
    page.locator("form .buttons").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Welcome, Mair Owen")).to_be_visible()

    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password", exact=True).fill("a long passphrase")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("The key is added.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Welcome, Mair Owen")).to_be_visible()
    assert page.problems == []  # type: ignore[attr-defined]


def test_a_key_that_is_refused_is_said_beside_the_button(page: Page) -> None:
    page.goto(reverse("account_login"))
    expect(page.locator("[data-passkey-failure]")).to_be_hidden()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('refused')); }")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("no key was used")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pages_of_people_pass_axe_and_fit(
    new_page: Any, axe: Callable[[Page], list[Any]], staff: Member, organisation: Organisation, editor: Member,
    language: str, width: int,
) -> None:  # fmt: skip
    page = new_page(staff, width=width)
    with translation.override(language):
        public = [reverse("people:organisations"), organisation.get_absolute_url()]
        own = [reverse(f"people:{name}") for name in ("desk", "profile", "my-data", "closing", "audit")] + [
            reverse(f"people:{name}", args=[organisation.slug])
            for name in ("memberships", "invitations", "domains", "details")
        ]
        own += [reverse(name) for name in ("account_email", "mfa_index")]
        entrance = [
            reverse(name) for name in ("account_login", "account_signup", "account_request_login_code")
        ]

    for who, addresses in ((page, public + own), (new_page(width=width), entrance)):
        for address in addresses:
            who.goto(address)
            assert axe(who) == [], address
            assert who.evaluate("document.documentElement.scrollWidth") <= width, address
