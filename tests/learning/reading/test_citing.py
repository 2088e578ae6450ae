from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from learning.citing import citation, citations, together
from tests.learning.reading.conftest import Publish


@pytest.fixture(autouse=True)
def _here(settings: Any) -> None:
    settings.SITE_ADDRESS = "https://exchange.example"


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("en", [], ""),
        ("en", ["Elin"], "Elin"),
        ("en", ["Elin", "Tom", "Mair"], "Elin, Tom and Mair"),
        ("cy", ["Elin", "Tom"], "Elin a Tom"),
        ("cy", ["Tom", "Elin"], "Tom ac Elin"),
        ("cy", ["Tom", "William"], "Tom a William"),
        ("cy", ["Tom", "Wyn"], "Tom a Wyn"),
        ("cy", ["Tom", "Ynyr"], "Tom ac Ynyr"),
    ],
)
def test_names_are_joined_as_the_language_does(language: str, names: list[str], expected: str) -> None:
    with translation.override(language):
        assert together(names) == expected


def test_a_lesson_is_cited_with_its_number_and_its_address(publish: Publish) -> None:
    then = datetime(2016, 10, 5, tzinfo=UTC)
    write_up = publish(title_en="Bins", title_cy="Biniau", slug="bins", published_at=then, lessons=0)
    lesson = write_up.lessons.create(position=1, title_en="Start small", title_cy="Dechreuwch yn fach")

    english = citation(write_up, ["Elin", "Owain"], lesson, "en")
    welsh = citation(write_up, ["Elin", "Owain"], lesson, "cy")

    assert english == (
        "Elin and Owain (2016). ‘Bins’, lesson 1: ‘Start small’. Good Practice Exchange. "
        "https://exchange.example/en/learning/bins/lessons/1/"
    )
    assert welsh.startswith("Elin ac Owain (2016). ‘Biniau’, gwers 1: ‘Dechreuwch yn fach’.")
    assert welsh.endswith("https://exchange.example/cy/dysgu/bins/gwersi/1/")


def test_without_authors_the_organisation_is_cited(publish: Publish) -> None:
    write_up = publish()

    assert citation(write_up, []).startswith(write_up.organisation.name_en)


def test_many_authors_are_cited_by_the_first(publish: Publish) -> None:
    assert citation(publish(), list("ABCDE")).startswith("A and others (")


def test_the_readers_language_comes_first(publish: Publish) -> None:
    write_up = publish()

    with translation.override("cy"):
        assert [language for language, _text in citations(write_up, [])] == ["cy", "en"]
    assert [language for language, _text in citations(write_up, [])] == ["en", "cy"]
