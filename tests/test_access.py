"""The access matrix: every address, as nobody, member, organiser, editor and staff, against the table in `tests/pages.py`."""

import pytest
from django.test import Client

from people.models import Member
from tests.pages import ROLES, SIGN_INS, route_names
from tests.pages_of_the_exchange import ELSEWHERE, PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients() -> dict[str, Client]:
    found = {"nobody": Client()}
    for role, email in SIGN_INS.items():
        found[role] = Client()
        found[role].force_login(
            Member.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return found


def test_every_route_is_in_the_table() -> None:
    assert route_names() - {page.name for page in PAGES} - ELSEWHERE == set()


def test_the_table_names_no_route_that_is_gone() -> None:
    assert ({page.name for page in PAGES} | ELSEWHERE) - route_names() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.name}{page.query}")
def test_who_may(example: None, clients: dict[str, Client], page: object) -> None:
    address = page.address()  # type: ignore[attr-defined]

    answers = {
        role: getattr(clients[role], page.method)(address).status_code  # type: ignore[attr-defined]
        for role in ROLES
    }

    assert answers == page.statuses  # type: ignore[attr-defined]


def test_strangers_are_led_to_the_sign_in_page(example: None) -> None:
    """And back to where they were going: for every page that a member may open and a stranger may not."""
    for page in PAGES:
        if page.method == "get" and page.statuses["nobody"] == 302 and 200 in page.statuses.values():
            location = Client().get(page.address()).headers["Location"]
            assert location.startswith("/en/account/login/") or page.name == "account_logout", page
