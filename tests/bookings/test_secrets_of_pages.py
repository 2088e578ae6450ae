"""No private word, address, link or token on the pages, in the feeds and in the files that everybody may read."""

import re
from collections.abc import Iterator

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.urls import reverse

from bookings.models import Booking, Commitment, Delivery, Need, OwnAnswer
from people.models import Member
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import undone
from tests.bookings.marked import LINK, MARK, secret_tokens
from tests.pages import Page
from tests.pages_of_bookings import world
from tests.pages_of_the_exchange import PAGES

pytestmark = pytest.mark.django_db
# Whoever has the link is the delegate, or a steward: what they read is theirs to read.
BEHIND_A_LINK = {"token", "uuid", "key", "code"}
NEED = "zorbneed"


@pytest.fixture
def marked_example(example: None) -> None:
    """The example, in which all that is private of bookings carries the mark."""
    mark = Concat(Value("Zorblax "), Cast("pk", CharField()))
    address = Concat(Value("zorblax"), Cast("pk", CharField()), Value("@body.example"))
    Booking.objects.update(
        name=mark, name_folded=mark, email=address, email_folded=address, organisation_name=mark,
        booked_by_name="Zorblax", booked_by_email="zorblax@body.example", reason=MARK, priority_reason=MARK,
    )  # fmt: skip
    Need.objects.update(text=NEED)
    for booking in Booking.objects.confirmed().filter(seminar_date=world.date(*world.FULL))[:3]:
        Need.objects.update_or_create(
            booking=booking, kind="access", defaults={"text": NEED, "delete_after": "2100-01-01"}
        )
    OwnAnswer.objects.filter(booking__isnull=False).update(value=MARK)
    Delivery.objects.update(to=address, error=MARK)
    Commitment.objects.exclude(visibility="public").update(text=MARK, with_whom=MARK)
    SeminarDate.objects.update(
        joining_link=LINK, joining_instructions_en="xyzzy opens", joining_instructions_cy="xyzzy opens"
    )


def open_pages(client: Client, role: str) -> Iterator[tuple[Page, str]]:
    """What a reader in this role may read without anybody's link, and what it says, each as if it alone were read."""
    for page in PAGES:
        if page.method != "get" or page.statuses[role] != 200:
            continue
        with undone():
            kwargs = page.kwargs() if callable(page.kwargs) else page.kwargs
            if BEHIND_A_LINK & set(kwargs):
                continue
            answer = client.get(page.address())
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200:
            yield page, f"{body.decode(errors='replace')} {answer.headers}"


@pytest.mark.parametrize("role", ["nobody", "member"])
def test_public_pages_feeds_and_files_show_nobody(marked_example: None, role: str, client: Client) -> None:
    if role == "member":
        # Another than the example's: one who has booked nothing.
        client.force_login(
            factories.MemberFactory(), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    token_of = secret_tokens()
    looked_at = 0
    for page, said in open_pages(client, role):
        looked_at += 1
        for word in (MARK, NEED, "xyzzy"):
            assert word not in said.casefold(), f"{word} on {page.name}{page.query}"
        assert not token_of & set(re.findall(r"[\w-]{32}", said)), page.name
    assert looked_at > 40


def test_who_may_see_them_sees_them(marked_example: None, client: Client) -> None:
    """The test above would be easy to pass if these words stood nowhere."""
    client.force_login(
        Member.objects.get(email="organiser@example.wales"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    seen: dict[str, set[str]] = {MARK: set(), NEED: set(), "xyzzy": set()}
    for page, said in open_pages(client, "organiser"):
        for word, pages in seen.items():
            if word in said.casefold():
                pages.add(page.name)

    assert len(seen[MARK]) > 3
    assert seen["xyzzy"]
    # What people need is shown to who asks for it, which is audited: no page shows it by itself.
    assert seen[NEED] == set()
    asked = client.post(reverse("bookings:organise-needs", kwargs=world.of_date()()))
    assert NEED in asked.content.decode()
    delegate = Booking.objects.confirmed().filter(needs__text=NEED)[0]
    own = Client().get(reverse("bookings:details", args=[delegate.token])).content.decode()
    assert delegate.name in own
    assert NEED in own
