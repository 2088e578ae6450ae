"""The cast, and the ground rules: no network, no leaking language, uploads in a folder that goes away."""

from collections.abc import Iterator
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from people.models import Member, Organisation
from tests import factories

NUMBERS = count(1)


@pytest.fixture(scope="session")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all tests' uploads; each test has a name in it, and makes the folder only if it uploads."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(autouse=True)
def _ground(settings: object, uploads: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = uploads / str(next(NUMBERS))  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The example content with its sign-ins, loaded once for a module's tests, each of which undoes its own changes."""
    world = transaction.atomic()
    # Verbs of bookings are durable: they refuse to run inside another transaction, but for one that is a test's.
    world._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), world:  # type: ignore[attr-defined]
        call_command("load_example", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def organisation() -> Organisation:
    return factories.OrganisationFactory(
        name_en="Gwynedd Council", name_cy="Cyngor Gwynedd", slug="gwynedd-council"
    )


@pytest.fixture
def member(organisation: Organisation) -> Member:
    """An officer who contributes for the organisation."""
    return factories.member_of(organisation, "contributor", name="Mair Officer", email="mair@gwynedd.example")


@pytest.fixture
def colleague(organisation: Organisation) -> Member:
    """Another contributor of the same organisation."""
    return factories.member_of(organisation, "contributor", name="Cai Colleague", email="cai@gwynedd.example")


@pytest.fixture
def editor(organisation: Organisation) -> Member:
    return factories.member_of(organisation, "editor", name="Elen Editor", email="elen@gwynedd.example")


@pytest.fixture
def organiser(organisation: Organisation) -> Member:
    return factories.member_of(
        organisation, "organiser", name="Owain Organiser", email="owain@gwynedd.example"
    )


@pytest.fixture
def outsider() -> Member:
    """An editor and organiser of another organisation."""
    elsewhere = factories.OrganisationFactory(name_en="Powys County Council", name_cy="Cyngor Sir Powys")
    return factories.member_of(elsewhere, "organiser", name="Olwen Outsider", email="olwen@powys.example")


@pytest.fixture
def councillor() -> Member:
    return factories.MemberFactory(
        name="Ceri Councillor", email="ceri@council.example", kind=Member.Kind.COUNCILLOR
    )


@pytest.fixture
def staff() -> Member:
    return factories.MemberFactory(
        name="Sian Staff", email="sian@exchange.example", is_staff=True, is_superuser=True
    )


@pytest.fixture
def client_of() -> object:
    """`client_of(member)`: a test client signed in as that member."""

    def signed_in(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member)
        return client

    return signed_in
