import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import WriteUp
from people.models import Member, Organisation
from tests import factories
from tests.learning.reading.conftest import Publish

pytestmark = pytest.mark.django_db


def page(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_a_write_up_tells_everything(client: Client, publish: Publish) -> None:
    write_up = publish(
        body_en="We rang people.",
        what_worked_en="Ringing early.",
        what_did_not_en="The letters were too long.",
        challenge_en="Ring ten people.",
        authors=["Elin Rhys", "Tom Bevan"],
        original_name="A blog",
        original_url="https://blog.example/ten",
        lessons=3,
    )

    shown = page(client.get(write_up.get_absolute_url()))

    for text in ("We rang people.", "Ringing early.", "The letters were too long.", "Ring ten people."):
        assert text in shown
    assert 'class="double-act"' in shown
    assert 'href="https://blog.example/ten"' in shown
    assert 'rel="license noopener"' in shown
    assert [f'id="lesson-{n}"' in shown for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_write_up_costs_six_queries_with_one_lesson_and_with_thirty(
    client: Client, publish: Publish, django_assert_num_queries: Any
) -> None:
    theme = factories.ThemeFactory()
    small = publish(themes=[theme], tags=["a"], authors=["Elin"], days=3)
    large = publish(themes=[theme], tags=["a", "b"], authors=[f"Author {n}" for n in range(30)], lessons=30)
    large.partners.set(factories.OrganisationFactory() for _number in range(30))
    large.seminars.set(factories.SeminarFactory() for _number in range(30))

    for write_up in (small, large):
        with django_assert_num_queries(6):
            client.get(write_up.get_absolute_url())


def test_a_lesson_costs_five_queries(
    client: Client, publish: Publish, django_assert_num_queries: Any
) -> None:
    theme = factories.ThemeFactory()
    for write_up in (publish(themes=[theme]), publish(themes=[theme], lessons=30)):
        address = write_up.lessons.all()[0].get_absolute_url()
        with django_assert_num_queries(5):
            client.get(address)


def test_a_draft_is_there_for_its_writers_alone(
    client: Client, client_of: Any, member: Member, outsider: Member, organisation: Organisation
) -> None:
    draft = factories.WriteUpFactory(organisation=organisation, created_by=member)
    factories.LessonFactory(write_up=draft)

    for address in (draft.get_absolute_url(), draft.lessons.get().get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client_of(outsider).get(address).status_code == 404
        mine = client_of(member).get(address)
        assert mine.status_code == 200
        assert "Only its writers" in page(mine)
        assert "noindex" in page(mine)
        assert "no-store" in mine["Cache-Control"]


def test_a_withdrawn_write_up_is_gone_and_says_why(client: Client, publish: Publish) -> None:
    write_up = publish(body_en="A secret story", state="withdrawn", withdrawn_reason_en="It was wrong.")
    lesson = write_up.lessons.get()
    assert "secret story" in WriteUp.objects.get().body_en_html

    for address in (write_up.get_absolute_url(), lesson.get_absolute_url()):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "It was wrong." in page(gone)
        assert "noindex" in page(gone)
        assert "secret story" not in page(gone)
        assert lesson.title_en not in page(gone)


def test_a_text_in_one_language_says_so_in_the_other(client: Client, publish: Publish) -> None:
    publish(title_en="", title_cy="Y gair cyntaf", body_cy="Hanes.", summary_en="", slug="gair")

    shown = page(client.get("/en/learning/gair/"))

    assert '<span lang="cy">Y gair cyntaf</span>' in shown
    assert "This text exists only in Welsh." in shown
    assert "testun hwn ar gael" not in page(client.get("/cy/dysgu/gair/"))


def test_data_for_machines_cannot_close_its_element(client: Client, publish: Publish) -> None:
    write_up = publish(title_en="</script><script>alert(1)</script>", authors=["Elin & Tom"])

    shown = page(client.get(write_up.get_absolute_url()))

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown, re.S)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "Article"
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["author"][0]["name"] == "Elin & Tom"
    assert data["hasPart"][0]["url"].endswith("/lessons/1/")
    assert "<script>alert" not in shown


def test_related_are_those_that_share_the_most(client: Client, publish: Publish) -> None:
    a, b = factories.ThemeFactory(), factories.ThemeFactory()
    one = publish(themes=[a, b], tags=["bins"])
    publish(title_en="Shares all", themes=[a, b], tags=["bins"], days=9)
    publish(title_en="Shares one", themes=[a], days=2)
    publish(title_en="Shares nothing")
    publish(title_en="Gone", themes=[a, b], tags=["bins"], state="withdrawn", withdrawn_reason_en="Old")

    response = client.get(one.get_absolute_url())

    assert [other.title_en for other in response.context["related"]] == ["Shares all", "Shares one"]


def test_before_and_after_are_by_date(client: Client, publish: Publish) -> None:
    made = first, middle, last = publish(days=9), publish(days=6), publish(days=3)

    contexts = [client.get(one.get_absolute_url()).context for one in made]

    assert [(c["previous"], c["following"]) for c in contexts] == [
        (None, middle),
        (first, last),
        (middle, None),
    ]


def test_before_and_after_stay_in_the_series(client: Client, publish: Publish) -> None:
    series = factories.SeriesFactory()
    ours = [publish(days=9), publish(days=3)]
    for write_up in ours:
        write_up.seminars.add(factories.SeminarFactory(series=series))
    publish(days=6)

    response = client.get(ours[0].get_absolute_url())

    assert response.context["following"] == ours[1]
    assert "Next in the series" in page(response)


def test_a_seminar_that_is_a_draft_is_not_named(client: Client, publish: Publish) -> None:
    write_up = publish()
    write_up.seminars.add(
        factories.SeminarFactory(title_en="Open one"),
        factories.SeminarFactory(title_en="Secret one", state="draft", published_at=None),
    )

    shown = page(client.get(write_up.get_absolute_url()))

    assert "Open one" in shown
    assert "Secret one" not in shown


def test_a_review_date_that_has_passed_is_told(client: Client, publish: Publish) -> None:
    write_up = publish(review_on=timezone.localdate() - timedelta(days=1))

    assert "due to be looked at again" in page(client.get(write_up.get_absolute_url()))


def test_an_authors_address_is_never_shown(client: Client, publish: Publish, member: Member) -> None:
    write_up = publish(created_by=member)
    factories.AuthorFactory(write_up=write_up, member=member, name=member.name)

    shown = page(client.get(write_up.get_absolute_url()))

    assert member.name in shown
    assert member.email not in shown
    assert f"/{member.slug}/" not in shown


def test_lessons_lead_to_one_another(client: Client, publish: Publish) -> None:
    publish(lessons=3, slug="three")

    shown = page(client.get("/en/learning/three/lessons/2/"))

    assert "Lesson 2 of 3" in shown
    assert 'rel="prev" href="/en/learning/three/lessons/1/"' in shown
    assert 'href="/en/learning/three/lessons/3/"' in shown


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999"])
def test_a_lesson_that_is_not_there_is_not_found(client: Client, publish: Publish, number: str) -> None:
    publish(lessons=3, slug="three")

    assert client.get(f"/en/learning/three/lessons/{number}/").status_code == 404


def test_others_on_the_theme_come_from_other_public_write_ups(client: Client, publish: Publish) -> None:
    theme = factories.ThemeFactory()
    mine, other = publish(themes=[theme]), publish(themes=[theme])
    publish(themes=[theme], state="withdrawn", withdrawn_reason_en="Old")

    context = client.get(mine.lessons.get().get_absolute_url()).context

    assert [lesson.write_up for lesson in context["others"]] == [other]
