import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from seminars.models import Billing, Resource, Seminar, SeminarDate
from tests import factories

SECRET = "https://meet.example.wales/not-for-the-public"


@pytest.fixture
def full_seminar(organisation: Any) -> Callable[..., Seminar]:
    """`full_seminar(n)`: a seminar with n of everything that its pages list, its first date called `first`."""

    def make(number: int = 1, **fields: Any) -> Seminar:
        series = factories.SeriesFactory(organisation=organisation)
        seminar = factories.SeminarFactory(series=series, organisation=organisation, **fields)
        dates = [
            factories.SeminarDateFactory(
                seminar=seminar,
                slug="first" if n == 0 else f"date-{n}",
                starts_at=timezone.now() + timedelta(days=3 + n),
                attendance=SeminarDate.Attendance.BOTH,
                joining_link=SECRET,
                joining_instructions_en="The password is teisen",
                joining_instructions_cy="Y cyfrinair yw teisen",
            )
            for n in range(number)
        ]
        for n in range(number):
            seminar.themes.add(factories.ThemeFactory())
            seminar.tags.add(f"tag of {seminar.pk}, {n}")
            session = factories.SessionFactory(seminar=seminar, title_en=f"Workshop number {n}")
            for position in range(2):
                factories.BillingFactory(
                    session=session,
                    speaker=factories.SpeakerFactory(email="private@speaker.example"),
                    position=position,
                )
            slot = factories.SlotFactory(
                seminar_date=dates[0], starts_at=dates[0].starts_at + timedelta(minutes=n)
            )
            room = factories.RoomFactory(venue=dates[0].venue)
            factories.RunFactory(session=session, slot=slot, room=room)
            Resource.objects.create(
                seminar=seminar, title_en=f"Slides {n}", link="https://example.org/slides"
            )
            write_up = factories.WriteUpFactory(
                organisation=organisation, state="published", published_at=timezone.now()
            )
            write_up.seminars.add(seminar)
            factories.LessonFactory(write_up=write_up)
            other = factories.SeminarFactory(series=series, organisation=organisation)
            factories.SeminarDateFactory(seminar=other, starts_at=timezone.now() + timedelta(days=40 + n))
        return seminar

    return make


@pytest.fixture
def withdrawn() -> Callable[[Billing], None]:
    def withdraw(billing: Billing) -> None:
        billing.state = Billing.State.WITHDRAWN
        billing.save()

    return withdraw


def text_of(client: Any, thing: Any) -> str:
    """Of an address, or of something that has one."""
    address = thing if isinstance(thing, str) else thing.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def event_in(text: str) -> Any:
    """The structured data of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])
