import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from exchange import texts
from learning.filing import refile
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_welcome_speaks_both_languages(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'lang="cy"' in page
    assert "Croeso" in page
    assert "Welcome" in page


@pytest.mark.parametrize("accepted", ["cy", "en", "fr"])
def test_the_welcome_says_the_names_in_both_languages_whatever_the_browser_asks_for(
    client: Client, accepted: str
) -> None:
    page = client.get("/", headers={"accept-language": accepted}).content.decode()

    assert "<title>Cyfnewidfa Arfer Da – Good Practice Exchange</title>" in page
    assert '<span lang="cy">Cyfnewidfa Arfer Da</span>' in page
    assert '<span lang="en">Good Practice Exchange</span>' in page


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_language_chosen_before_is_kept(client: Client, language: str) -> None:
    client.cookies["django_language"] = language

    assert client.get("/").headers["Location"] == f"/{language}/"


def test_a_member_is_led_to_their_language(client: Client) -> None:
    client.force_login(factories.MemberFactory(language="cy"))

    assert client.get("/").headers["Location"] == "/cy/"


def test_health(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"database": True, "migrations_waiting": 0}


def test_not_ready_while_a_migration_waits(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="learning").last().delete()  # type: ignore[union-attr]

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations_waiting"] == 1


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_a_text_says_the_same_in_both_languages(name: str) -> None:
    english, welsh = texts.page(name, "en"), texts.page(name, "cy")

    assert english.title != welsh.title
    for mark in ("<h2>", "<li>", "<p>", "<a "):
        assert english.html.count(mark) == welsh.html.count(mark)


@pytest.mark.parametrize("count", [1, 30])
def test_home_reads_a_fixed_number_of_rows(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        factories.SeminarDateFactory()
        write_up = factories.WriteUpFactory(state="published", published_at=factories.timezone.now())
        factories.LessonFactory(write_up=write_up)
        refile(write_up)
        factories.ThemeFactory()

    with django_assert_num_queries(4):  # type: ignore[operator]
        assert client.get("/en/").status_code == 200


def test_headers_are_strict(client: Client) -> None:
    headers = client.get("/en/").headers

    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
