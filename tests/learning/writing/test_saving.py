"""Saving a page of a write-up: what is kept, what is refused, and that nothing typed is lost or overwritten."""

from typing import Any

import pytest
from django.test import Client

from learning.models import WriteUp
from people.models import Member
from tests import factories
from tests.learning.writing.conftest import address, hidden, story
from ui.markdown import LONGEST

pytestmark = pytest.mark.django_db


def test_save_keeps_both_languages_and_goes_on(member_client: Client, draft: WriteUp) -> None:
    answer = story(member_client, draft, body_en="*Now*", body_cy="*Nawr*")

    draft.refresh_from_db()
    assert answer.url == address("write-lessons", draft.slug)
    assert (draft.body_en, draft.body_cy_html) == ("*Now*", "<p><em>Nawr</em></p>\n")
    assert draft.version == 2


def test_save_over_somebody_elses_change_is_refused_and_shows_both(
    client_of: Any, member_client: Client, editor: Member, draft: WriteUp
) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    story(client_of(editor), draft, body_en="Theirs <b>", body_cy="Same")

    answer = story(member_client, draft, opened, body_en="Mine & more", body_cy="Same")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs &lt;b&gt;" in page
    assert "Mine &amp; more" in page
    assert "choice-body_cy" not in page
    draft.refresh_from_db()
    assert draft.body_en == "Theirs <b>"


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_conflict_is_settled_by_a_choice(
    client_of: Any, member_client: Client, editor: Member, draft: WriteUp, choice: str, kept: str
) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    story(client_of(editor), draft, body_en="Theirs")
    conflict = story(member_client, draft, opened, body_en="Mine", body_cy="Newydd")

    answer = story(
        member_client, draft, hidden(conflict), body_en="Mine", body_cy="Newydd",
        **{"choice-body_en": choice, "choice-body_cy": "mine"},
    )  # fmt: skip

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.body_en, draft.body_cy) == (kept, "Newydd")


def test_change_of_another_page_is_no_conflict(
    client_of: Any, member_client: Client, editor: Member, draft: WriteUp
) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    client_of(editor).post(
        address("write-results", draft.slug),
        {
            "what_worked_en": "Tea",
            "opened": hidden(client_of(editor).get(address("write-results", draft.slug))),
        },
    )

    answer = story(member_client, draft, opened, body_en="Mine")

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.body_en, draft.what_worked_en) == ("Mine", "Tea")


def test_replayed_form_does_no_harm(member_client: Client, draft: WriteUp) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    first = story(member_client, draft, opened, body_en="Once")

    again = story(member_client, draft, opened, body_en="Once")

    assert (first.status_code, again.status_code) == (302, 302)


def test_too_long_is_said_in_words_and_the_text_is_kept(member_client: Client, draft: WriteUp) -> None:
    answer = story(member_client, draft, body_en="x" * (LONGEST + 1))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This text is too long: the most is 50000 characters" in page
    assert "x" * (LONGEST + 1) in page
    draft.refresh_from_db()
    assert draft.body_en == ""


def test_hostile_markdown_is_harmless(member_client: Client, draft: WriteUp) -> None:
    story(
        member_client,
        draft,
        body_en='<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="a()">',
    )

    page = member_client.get(address("write-check", draft.slug)).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_wrong_encoding_is_no_fault(member_client: Client, draft: WriteUp) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    answer = member_client.post(
        address("write-story", draft.slug),
        data=f"opened={opened}&body_en=caf%E9%00&body_cy=".encode(),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code in {200, 302}


def test_text_typed_while_it_went_to_review_is_shown_back(
    member: Member, member_client: Client, draft: WriteUp
) -> None:
    opened = hidden(member_client.get(address("write-story", draft.slug)))
    draft.submit(by=member)

    answer = story(member_client, draft, opened, body_en="An hour's work")

    assert answer.status_code == 403
    assert "An hour&#x27;s work" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.body_en, draft.state) == ("", "in review")


def test_editor_changes_a_published_one_live(client_of: Any, editor: Member, make: Any) -> None:
    write_up = make("published")
    to = address("write-about", write_up.slug)
    client_of(editor).post(
        to,
        {
            "title_en": "Quite new",
            "kind": "how-to",
            "organisation": write_up.organisation_id,
            "opened": hidden(client_of(editor).get(to)),
        },
    )

    write_up.refresh_from_db()
    assert (write_up.title_en, write_up.state) == ("Quite new", "published")
    assert "quite new" in write_up.folded
    assert write_up.facets.filter(kind="kind", value="how-to").exists()


def test_seminar_that_only_a_colleague_sees_stays_attached(member_client: Client, draft: WriteUp) -> None:
    hidden_one = factories.SeminarFactory(state="draft", published_at=None)
    draft.seminars.add(hidden_one)
    to = address("write-about", draft.slug)
    data = {
        "title_en": "A",
        "kind": "how-to",
        "organisation": draft.organisation_id,
        "seminars": hidden_one.title_en,
    }

    answer = member_client.post(to, {**data, "opened": hidden(member_client.get(to))})

    assert answer.status_code == 302
    assert list(draft.seminars.all()) == [hidden_one]


def test_title_is_needed_in_one_language(member_client: Client, draft: WriteUp) -> None:
    to = address("write-about", draft.slug)
    page = member_client.post(
        to, {"kind": "how-to", "organisation": draft.organisation_id, "opened": hidden(member_client.get(to))}
    )

    assert page.status_code == 200
    assert ": fill this in, in Welsh or in English" in page.content.decode()


def test_names_are_written_with_semicolons_in_either_language(member_client: Client, draft: WriteUp) -> None:
    first = factories.OrganisationFactory(name_en="Powys Council", name_cy="Cyngor Powys")
    second = factories.OrganisationFactory(name_en="Cardiff Council", name_cy="Cyngor Caerdydd")
    to = address("write-about", draft.slug)
    data = {
        "title_en": "A",
        "kind": "how-to",
        "organisation": draft.organisation_id,
        "partners": "powys council;  Cyngor Caerdydd;",
    }

    member_client.post(to, {**data, "opened": hidden(member_client.get(to))})

    assert set(draft.partners.all()) == {first, second}
    assert 'value="Cardiff Council; Powys Council"' in member_client.get(to).content.decode()


def test_unknown_name_is_said_in_words(member_client: Client, draft: WriteUp) -> None:
    to = address("write-about", draft.slug)
    data = {
        "title_en": "Changed",
        "kind": "how-to",
        "organisation": draft.organisation_id,
        "partners": "Nowhere & Sons",
    }

    page = member_client.post(to, {**data, "opened": hidden(member_client.get(to))}).content.decode()

    assert "We do not know “Nowhere &amp; Sons”: choose a name from the list" in page
    assert 'value="Nowhere &amp; Sons"' in page


def test_saving_without_a_change_raises_no_version(member_client: Client, draft: WriteUp) -> None:
    to = address("write-story", draft.slug)
    before = draft.version

    answer = member_client.post(
        to, {"body_en": draft.body_en, "opened": hidden(member_client.get(to)), "autosave": "1"}
    )

    draft.refresh_from_db()
    assert answer.json()["saved"]
    assert draft.version == before
