"""The write-up of the 2016 seminar, written, reviewed, changed and published by nothing but HTTP POSTs."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from learning.models import WriteUp
from people.models import Member, Organisation
from tests import factories
from tests.learning.writing.conftest import address, hidden

pytestmark = pytest.mark.django_db
TITLE = "Redesigning public services: the strategic importance of digital"
LESSONS = [
    "Digital is not the real problem to solve; legacy thinking is",
    "There is a leadership vacuum: act, and be the leader for others",
    "The Well-being of Future Generations Act is a chance to reinvent the public sector",
    "Digital still has no definition that everyone agrees on",
    "Design with people, not for them",
    "The well-being of the people who do the work matters",
    "Overthinking leads to inaction: start small and get going",
    "People still do not share enough, openly",
    "Digital matters to strategy, but no more than people, money and data do",
]


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    """Open the page, then post it as a browser would: with what it was opened at."""
    to = address(name, *args)
    opened = client.get(to)
    if opened.status_code == 200 and 'name="opened"' in opened.content.decode():
        data.setdefault("opened", hidden(opened))
    answer = client.post(to, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_nine_lessons_from_start_to_published(
    client_of: Any,
    member: Member,
    editor: Member,
    organisation: Organisation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    theme, other = factories.ThemeFactory(), factories.ThemeFactory()
    officer, reviewer = client_of(member), client_of(editor)
    post(
        officer, "write-new", title=TITLE, kind="reflection", organisation=organisation.pk, language="en",
        **{f"lesson_{n}": LESSONS[n - 1] for n in (1, 2, 3)},
    )  # fmt: skip
    write_up = WriteUp.objects.get()
    slug = write_up.slug
    for lesson in LESSONS[3:]:
        post(
            officer,
            "write-lesson-new",
            slug,
            title_en=lesson,
            body_en="Why *this* matters.",
            themes=[theme.pk],
        )
    post(
        officer, "write-about", slug, title_en=TITLE, title_cy="Ailgynllunio gwasanaethau", summary_en="In short.",
        kind="reflection", organisation=organisation.pk,
    )  # fmt: skip
    post(officer, "write-story", slug, body_en="# The day\n\nTwo dates.", body_cy="Dau ddyddiad.")
    post(
        officer,
        "write-results",
        slug,
        what_did_not_en="Fewer decision-makers came.",
        challenge_en="Start small.",
    )
    post(officer, "write-filing", slug, themes=[theme.pk, other.pk], tags="digital, Wales, Cymru")
    post(
        officer, "write-source", slug, original_name="A blog", original_url="https://blog.example/2016",
        original_published_at_0="5", original_published_at_1="10", original_published_at_2="2016", licence="OGL-UK-3.0",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        post(officer, "write-submission", slug)
        post(reviewer, "review-changes", slug, note="Add what it cost.")
    assert WriteUp.objects.get().review_note == "Add what it cost."
    post(officer, "write-results", slug, what_did_not_en="Fewer decision-makers came. It cost a day.")
    with django_capture_on_commit_callbacks(execute=True):
        post(officer, "write-submission", slug)
        post(reviewer, "review-publication", slug)

    write_up.refresh_from_db()
    assert write_up.state == "published"
    assert [lesson.title_en for lesson in write_up.lessons.all()] == LESSONS
    assert [lesson.position for lesson in write_up.lessons.all()] == list(range(1, 10))
    assert write_up.what_did_not_en_html == "<p>Fewer decision-makers came. It cost a day.</p>\n"
    assert sorted(write_up.tags.names()) == ["Cymru", "Wales", "digital"]
    assert "fewer" not in write_up.folded
    assert "design with people" in write_up.folded
    assert [letter.to[0].split("@")[0] for letter in mail.outbox] == ["elen", "mair", "elen", "mair"]
