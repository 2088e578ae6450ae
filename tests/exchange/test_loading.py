"""When the example may be loaded, and when its sign-ins may exist."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from exchange.example.signins import CAST
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_example", stdout=out)
    return out.getvalue()


def test_another_database_is_left_alone() -> None:
    factories.SeminarFactory()

    with pytest.raises(CommandError, match="not the example"):
        load()


def test_sign_ins_are_for_development_only(settings: LazySettings) -> None:
    settings.DEVELOPMENT = False

    load()

    assert not Member.objects.filter(email__in=[row[1] for row in CAST]).exists()
