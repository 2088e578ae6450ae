import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.folding import fold, fold_email


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


@pytest.mark.parametrize(
    "one",
    [
        "Mair.Owen@Body.Example",
        " mair.owen@body.example ",
        "MAIR.OWEN@BODY.EXAMPLE",
        "mair.owen@body。example",
    ],
)
def test_one_mailbox_has_one_folded_address(one: str) -> None:
    assert fold_email(one) == "mair.owen@body.example"


@pytest.mark.parametrize(
    "stranger",
    # Another domain, which anybody can register; and other letters in the name, the last of which is no plain K.
    ["kai@bódy.example", "kai@bøday.example", "kái@body.example", "\N{KELVIN SIGN}ai@body.example"],
)
def test_a_strangers_mailbox_never_folds_into_anothers(stranger: str) -> None:
    assert fold_email(stranger) not in {fold_email("kai@body.example"), fold_email("kai@boday.example")}


@given(st.text())
def test_a_folded_address_is_never_longer_than_its_column(text: str) -> None:
    for address in (text[:254], f"{text[:60]}@{'é.' * 90}cymru"):
        assert len(fold_email(address[:254])) <= 254
        assert fold_email(fold_email(address[:254])) == fold_email(address[:254])
