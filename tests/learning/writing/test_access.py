"""Who sees what: strangers never see a draft, a note or a revision, by any address."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from learning import editing, revisions
from learning.models import WriteUp
from learning.write_urls import one, reviews
from people.models import Member
from tests.learning.writing.conftest import address

pytestmark = pytest.mark.django_db
SECRET = "Zebra crossing secret"
NOTE = "Pelican note"


def names(patterns: Any) -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.append(pattern.name)
    return found


def addresses(write_up: WriteUp) -> list[str]:
    """Every address that has a write-up in it, with numbers that exist where there are any."""
    lesson, author = write_up.lessons.get().pk, write_up.authors.get().pk
    revision = revisions.of(write_up)[0].pk
    numbers = {"lesson": lesson, "author": author, "revision": revision, "invitation": 1}
    found = []
    for name in names(one) + names(reviews):
        if name == "review":
            continue
        for extra in (
            (),
            *((number,) for number in numbers.values()),
            ("0" * 8 + "-0000-4000-8000-" + "0" * 12,),
        ):
            try:
                found.append(address(name, write_up.slug, *extra))
            except Exception:
                continue
    return found


@pytest.fixture
def secret(make: Any, member: Member) -> WriteUp:
    write_up = make("changes asked", title_en=SECRET, title_cy=SECRET, review_note=NOTE)
    editing.change(write_up, member, lambda fresh: None)
    return write_up


def test_there_is_something_to_leak(client_of: Any, member: Member, secret: WriteUp) -> None:
    page = client_of(member).get(address("write-overview", secret.slug)).content.decode()

    assert SECRET in page
    assert NOTE in page
    assert len(addresses(secret)) > 30


@pytest.mark.parametrize("who", [None, "colleague", "outsider", "councillor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_draft_is_nowhere_for_a_stranger(
    client_of: Any, secret: WriteUp, who: str | None, method: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who) if who else None)

    for to in [*addresses(secret), address("write"), address("review")]:
        answer = getattr(client, method)(to)
        assert SECRET not in answer.content.decode(), to
        assert NOTE not in answer.content.decode(), to
        expected = {302} if who is None else {404, 405}
        if to in {address("write"), address("review")}:
            expected |= {200, 403, 405}
        assert answer.status_code in expected, (to, answer.status_code)


def test_note_and_revisions_of_a_published_one_are_not_for_readers(
    client_of: Any, outsider: Member, member: Member, make: Any
) -> None:
    write_up = make("published", review_note=NOTE)
    editing.change(write_up, factory_editor(write_up), lambda fresh: None)

    for to in addresses(write_up):
        answer = client_of(outsider).get(to)
        assert answer.status_code in {403, 404, 405}, to


def factory_editor(write_up: WriteUp) -> Member:
    from tests import factories

    return factories.member_of(write_up.organisation, "editor")


def test_writer_cannot_edit_while_it_is_in_review_but_sees_it(
    client_of: Any, member: Member, make: Any
) -> None:
    write_up = make("in review")

    assert client_of(member).get(address("write-overview", write_up.slug)).status_code == 200
    assert client_of(member).get(address("write-story", write_up.slug)).status_code == 403


def test_writer_may_not_review(client_of: Any, member: Member, make: Any) -> None:
    write_up = make("in review")

    assert client_of(member).get(address("review-write-up", write_up.slug)).status_code == 403
    assert client_of(member).post(address("review-publication", write_up.slug)).status_code == 403
    assert client_of(member).get(address("review")).status_code == 403


def test_slugs_that_would_be_hidden_are_not_given(member: Member, organisation: Any) -> None:
    for title in ("Write", "Review", "Feed", "Ysgrifennu", "Lluniau", "New"):
        write_up = editing.start(
            member, title=title, titles=["One"], language="en", organisation=organisation, kind="how-to"
        )
        with translation.override("en"):
            assert Client().get(write_up.get_absolute_url()).status_code in {302, 404}
    assert not WriteUp.objects.filter(slug__in=editing.RESERVED).exists()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_reserved_words_cover_the_addresses(language: str) -> None:
    with translation.override(language):
        learning = "learning/" if language == "en" else "dysgu/"
        words = set()
        for pattern in paths(get_resolver().url_patterns):
            rest = pattern.split(learning, 1)
            if len(rest) == 2:
                first, _sep, after = rest[1].partition("/")
                words |= {first} if first and "<" not in first else set()
                if first in {"write", "ysgrifennu"}:
                    second = after.partition("/")[0]
                    words |= {second} if second and "<" not in second else set()

    assert len(words) > 4
    assert words <= editing.RESERVED


def paths(patterns: Any, before: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        here = before + str(pattern.pattern)
        found += paths(pattern.url_patterns, here) if isinstance(pattern, URLResolver) else [here]
    return found
