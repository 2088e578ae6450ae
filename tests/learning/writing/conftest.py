from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning import filing
from learning.models import WriteUp
from people.models import Member, Organisation
from tests import factories


@pytest.fixture
def make(organisation: Organisation, member: Member) -> Callable[..., WriteUp]:
    """`make(state="draft", **fields)`: a complete write-up of the member's, in a state."""

    def made(state: str = "draft", **fields: Any) -> WriteUp:
        now = factories.timezone.now()
        extra: dict[str, Any] = {}
        if state in {"published", "withdrawn"}:
            extra = {"published_at": now}
        if state == "withdrawn":
            extra |= {"withdrawn_reason_en": "Superseded", "withdrawn_at": now}
        if state == "in review":
            extra = {"submitted_at": now, "submitted_by": member}
        write_up = factories.WriteUpFactory(
            organisation=organisation, created_by=member, state=state, **{**extra, **fields}
        )
        factories.LessonFactory(write_up=write_up, title_en="Start small", title_cy="Dechrau’n fach")
        factories.AuthorFactory(write_up=write_up, member=member, name=member.name)
        write_up.themes.add(factories.ThemeFactory())
        filing.refile(write_up)
        return write_up

    return made


@pytest.fixture
def draft(make: Callable[..., WriteUp]) -> WriteUp:
    return make()


@pytest.fixture
def member_client(client_of: Any, member: Member) -> Client:
    return client_of(member)


def address(name: str, *args: Any) -> str:
    return reverse(f"learning:{name}", args=args)


def hidden(response: Any, name: str = "opened") -> str:
    """The value of a hidden field of the page."""
    import re

    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"the page has no hidden field {name}"
    return found[1]


def story(client: Client, write_up: WriteUp, opened: str | None = None, **data: Any) -> Any:
    """Save the page of the story, opened just now or with an older mark."""
    to = address("write-story", write_up.slug)
    mark = hidden(client.get(to)) if opened is None else opened
    return client.post(to, {"body_en": "", "body_cy": "", "opened": mark, **data})
