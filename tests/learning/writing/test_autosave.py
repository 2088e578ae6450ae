"""What is saved by itself while somebody types, and shown before it is saved."""

import json
from typing import Any

import pytest
from django.test import Client

from learning.models import WriteUp
from people.models import Member
from tests.learning.writing.conftest import address, hidden, story
from ui.markdown import LONGEST

pytestmark = pytest.mark.django_db


def test_preview_without_script_shows_the_text_and_saves_nothing(
    member_client: Client, draft: WriteUp
) -> None:
    to = address("write-story-preview", draft.slug)

    page = member_client.post(to, {"body_en": "*Now*", "body_cy": "", "opened": "abc"}).content.decode()

    assert "<em>Now</em>" in page
    assert ">\n*Now*</textarea>" in page
    assert hidden_of(page) == "abc"
    draft.refresh_from_db()
    assert draft.body_en == ""


def hidden_of(page: str) -> str:
    return page.split('name="opened" value="')[1].split('"')[0]


def test_preview_fragment_is_sanitised_and_capped(member_client: Client) -> None:
    to = address("write-preview")

    assert (
        member_client.post(to, {"text": "# A\n<script>"}).content.decode()
        == "<h2>A</h2>\n<p>&lt;script&gt;</p>\n"
    )
    assert member_client.post(to, {"text": "x" * (LONGEST + 1)}).status_code == 413


def test_autosave_answers_with_the_time_and_the_new_mark(member_client: Client, draft: WriteUp) -> None:
    first = story(member_client, draft, body_en="One", autosave="1")
    said = json.loads(first.content)

    second = story(member_client, draft, said["opened"], body_en="One two", autosave="1")

    assert len(said["saved"]) == 5
    assert second.status_code == 200
    draft.refresh_from_db()
    assert draft.body_en == "One two"


def test_autosave_conflict_does_not_overwrite(
    client_of: Any, member_client: Client, editor: Member, draft: WriteUp
) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    story(client_of(editor), draft, body_en="Theirs")

    answer = story(member_client, draft, opened, body_en="Mine", autosave="1")

    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.body_en == "Theirs"


def test_autosave_leaves_a_published_text_alone(client_of: Any, editor: Member, make: Any) -> None:
    write_up = make("published", body_en="Before")

    answer = story(client_of(editor), write_up, body_en="Half a sen", autosave="1")

    assert json.loads(answer.content) == {"kept": True}
    write_up.refresh_from_db()
    assert write_up.body_en == "Before"


def test_autosave_signed_out_is_redirected(draft: WriteUp) -> None:
    answer = Client().post(address("write-story", draft.slug), {"body_en": "Mine", "autosave": "1"})

    assert answer.status_code == 302
