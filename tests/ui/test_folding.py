import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gŵyl", "gwyl"),
        ("TŶ’R  Cyffredin ", "ty'r cyffredin"),
        ("Straße", "strasse"),
        ("Ÿ", "y"),
        ("ﬁle", "file"),
        ("", ""),
    ],
)
def test_fold_takes_case_accents_and_spaces_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿabcdefghij ")))
def test_case_never_tells_two_texts_apart(text: str) -> None:
    assert fold(text.upper()) == fold(text)
