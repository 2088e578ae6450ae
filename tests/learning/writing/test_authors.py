import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from learning.models import Author, CoauthorInvitation, WriteUp
from people.models import Member
from tests.learning.writing.conftest import address

pytestmark = pytest.mark.django_db


def test_colleague_is_added_and_told(
    member_client: Client, draft: WriteUp, colleague: Member, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        member_client.post(address("write-author-colleague", draft.slug), {"colleague-member": colleague.pk})

    assert [author.name for author in draft.authors.all()] == ["Mair Officer", "Cai Colleague"]
    assert WriteUp.objects.get(pk=draft.pk).can_be_edited_by(colleague)
    assert [letter.to for letter in mail.outbox] == [["cai@gwynedd.example"]]


def test_somebody_of_elsewhere_cannot_be_picked(
    member_client: Client, draft: WriteUp, outsider: Member
) -> None:
    page = member_client.post(
        address("write-author-colleague", draft.slug), {"colleague-member": outsider.pk}
    )

    assert "Choose a colleague from the list" in page.content.decode()
    assert draft.authors.count() == 1


def test_invitation_is_the_same_whether_or_not_there_is_an_account(
    member_client: Client, draft: WriteUp, councillor: Member, django_capture_on_commit_callbacks: Any
) -> None:
    answers = []
    for email in (councillor.email, "nobody.knows@council.example"):
        with django_capture_on_commit_callbacks(execute=True):
            data = {"invitation-email": email, "invitation-role": "councillor"}
            answer = member_client.post(address("write-author-invitation", draft.slug), data, follow=True)
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"|invitation/\d+', "", answer.content.decode())
        answers.append(page.replace(email, "…"))
        draft.coauthor_invitations.all().delete()

    assert answers[0] == answers[1]
    first, second = mail.outbox
    assert re.sub(r"invitation/\S+", "", first.body) == re.sub(r"invitation/\S+", "", second.body)


@pytest.fixture
def invited(draft: WriteUp, member: Member, councillor: Member) -> CoauthorInvitation:
    return CoauthorInvitation.objects.create(
        write_up=draft, email=councillor.email, role=Author.Role.COUNCILLOR, invited_by=member
    )


def test_invitation_is_accepted_by_whom_it_was_for(
    client_of: Any, draft: WriteUp, councillor: Member, invited: CoauthorInvitation
) -> None:
    to = address("write-invitation", invited.token)
    client = client_of(councillor)
    assert client.get(to).status_code == 200
    assert not draft.authors.filter(member=councillor).exists()

    client.post(to)

    assert draft.authors.get(member=councillor).role == "councillor"
    assert client.post(to).status_code == 404


def test_invitation_is_worth_nothing_to_others(
    client_of: Any, outsider: Member, draft: WriteUp, invited: CoauthorInvitation
) -> None:
    answer = client_of(outsider).post(address("write-invitation", invited.token))

    assert answer.status_code == 404
    assert draft.slug not in answer.content.decode()
    assert draft.title_en not in answer.content.decode()


def test_invitation_taken_back_no_longer_works(
    client_of: Any, member_client: Client, councillor: Member, draft: WriteUp, invited: CoauthorInvitation
) -> None:
    token = invited.token
    member_client.post(address("write-invitation-removal", draft.slug, invited.pk))

    assert client_of(councillor).get(address("write-invitation", token)).status_code == 404


def test_open_invitations_are_limited(member_client: Client, draft: WriteUp) -> None:
    for n in range(12):
        data = {"invitation-email": f"n{n}@body.example", "invitation-role": "other"}
        page = member_client.post(address("write-author-invitation", draft.slug), data)

    assert draft.coauthor_invitations.count() == 10
    assert "too many open invitations" in page.content.decode()


def test_author_by_name_and_the_order(member_client: Client, draft: WriteUp) -> None:
    member_client.post(
        address("write-author-new", draft.slug),
        {"name": "Barry Parsons", "role": "councillor", "organisation_name": "Devon"},
    )
    last = draft.authors.last()
    assert last is not None
    member_client.post(address("write-author-order", draft.slug), {"move": f"up:{last.pk}"})

    assert [author.name for author in draft.authors.all()] == ["Barry Parsons", "Mair Officer"]


def test_author_who_removes_themselves_is_led_away(
    client_of: Any, member_client: Client, draft: WriteUp, colleague: Member
) -> None:
    member_client.post(address("write-author-colleague", draft.slug), {"colleague-member": colleague.pk})
    mine = draft.authors.get(member=colleague)

    answer = client_of(colleague).post(address("write-author-removal", draft.slug, mine.pk))

    assert answer.url == address("write")
    assert not draft.authors.filter(member=colleague).exists()
