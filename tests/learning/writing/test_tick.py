from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from learning.models import WriteUp
from people.models import Member
from tests.learning.writing.conftest import address

pytestmark = pytest.mark.django_db


def tick() -> str:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue()


def test_scheduled_is_published_when_it_is_due_and_not_before(
    make: Any, editor: Member, client_of: Any
) -> None:
    write_up = make("in review")
    write_up.publish(by=editor, on=timezone.now() + timedelta(hours=2))

    assert "0 write-ups published" in tick()
    assert not WriteUp.objects.visible_to(AnonymousUser()).filter(pk=write_up.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert "1 write-ups published" in tick()
        assert "0 write-ups published" in tick()

    write_up.refresh_from_db()
    assert write_up.is_published
    assert write_up.facets.exists()
    assert write_up.publish_on is None


def test_scheduled_that_lost_its_theme_stays_in_review(make: Any, editor: Member) -> None:
    write_up = make("in review")
    write_up.publish(by=editor, on=timezone.now() + timedelta(hours=2))
    write_up.themes.clear()

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert "0 write-ups published" in tick()

    assert WriteUp.objects.get(pk=write_up.pk).state == "in review"


def test_writers_are_asked_once_when_the_review_date_comes(make: Any) -> None:
    write_up = make("published", review_on=timezone.localdate())

    tick()
    tick()
    assert [letter.to for letter in mail.outbox] == [["mair@gwynedd.example"]]
    assert "still running" in mail.outbox[0].subject

    WriteUp.objects.filter(pk=write_up.pk).update(review_on=timezone.localdate() + timedelta(days=30))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tick()
    assert len(mail.outbox) == 2


def test_queue_has_oldest_first_and_what_is_scheduled(client_of: Any, editor: Member, make: Any) -> None:
    now = timezone.now()
    make("in review", title_en="Younger", submitted_at=now)
    make("in review", title_en="Older", submitted_at=now - timedelta(days=3))
    make("in review", title_en="For later", publish_on=now + timedelta(days=3))
    make("published", title_en="Long ago", review_on=timezone.localdate() - timedelta(days=2))

    page = client_of(editor).get(address("review")).content.decode()

    places = [page.index(title) for title in ("Older", "Younger", "For later", "Long ago")]
    assert places == sorted(places)


@pytest.mark.parametrize("count", [1, 12])
def test_queue_costs_the_same_queries(
    client_of: Any, editor: Member, make: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _n in range(count):
        make("in review")
    client: Client = client_of(editor)

    with django_assert_num_queries(7):
        client.get(address("review"))


def test_schedule_in_the_past_is_refused_in_words(client_of: Any, editor: Member, make: Any) -> None:
    write_up = make("in review")
    data = {"day_0": "1", "day_1": "1", "day_2": "2020", "time": "09:00"}

    page = client_of(editor).post(address("review-schedule", write_up.slug), data)

    assert "Choose a time that is still to come" in page.content.decode()


def test_review_page_compares_with_what_was_handed_in_before(
    client_of: Any, editor: Member, member: Member, make: Any
) -> None:
    from learning import editing

    write_up = make(body_en="It cost nothing")
    write_up.submit(by=member)
    write_up.ask_for_changes(by=editor, note="What did it cost?")

    def apply(fresh: WriteUp) -> None:
        fresh.body_en = "It cost a day"
        fresh.save()

    editing.change(write_up, member, apply)
    write_up.refresh_from_db()
    write_up.submit(by=member)

    page = client_of(editor).get(address("review-write-up", write_up.slug)).content.decode()

    assert "It cost <del>nothing</del><ins>a day</ins>" in page
