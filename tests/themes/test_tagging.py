import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from themes.models import Tag, Tagged
from themes.tagging import known, merge, parse_tags, suggestions
from ui.folding import fold

pytestmark = pytest.mark.django_db


def test_tags_are_separated_by_commas_and_said_once() -> None:
    assert parse_tags(" Gŵyl,gwyl ,#digital;  Public   Services\nGWYL") == [
        "Gŵyl",
        "digital",
        "Public Services",
    ]


def test_spellings_of_one_word_are_one_tag() -> None:
    [first] = known(["Gŵyl"])

    [again] = known(["gwyl"])

    assert again == first
    assert Tag.objects.get().name == "Gŵyl"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower()) or "ß" in text or "ı" in text.lower()


def test_suggestions_begin_with_the_word_typed() -> None:
    known(["Welsh language", "language choice", "slang"])

    assert [tag.name for tag in suggestions("LANG")] == ["language choice", "Welsh language"]


def test_merging_moves_everything_once(staff: object) -> None:
    old, new = known(["co-design", "codesign"])
    both, one = factories.WriteUpFactory(), factories.WriteUpFactory()
    both.tags.add(old, new)
    one.tags.add(old)

    merge(old, new, by=staff)

    assert not Tag.objects.filter(pk=old.pk).exists()
    assert sorted(Tagged.objects.filter(tag=new).values_list("object_id", flat=True)) == sorted(
        [both.pk, one.pk]
    )


def test_a_tag_is_not_merged_into_itself(staff: object) -> None:
    [tag] = known(["alone"])

    with pytest.raises(ValueError, match="itself"):
        merge(tag, tag, by=staff)
