from typing import Any

import pytest
from django.test import Client

from people.models import Member, Organisation
from tests import factories
from tests.seminars.ground import Morning, morning


@pytest.fixture
def day(organisation: Organisation) -> Morning:
    return morning(
        seminar=factories.SeminarFactory(organisation=organisation, slug="digital", title_en="Digital")
    )


@pytest.fixture
def owner(client_of: Any, organiser: Member) -> Client:
    client: Client = client_of(organiser)
    return client
