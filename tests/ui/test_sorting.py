from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ui.sorting import ALPHABET, reading_key, welsh_key

WORDS = st.text(st.sampled_from("abcdefghilmnoprstuwyŵŷâ ’-ABCDŴ19"), max_size=12)


def test_letters_of_two_signs_stand_in_their_own_place() -> None:
    words = [
        "chwarae",
        "cymuned",
        "dwr",
        "ddoe",
        "llan",
        "lwc",
        "ngwlad",
        "glan",
        "hen",
        "rhannu",
        "rydym",
        "theatr",
        "tŷ",
    ]

    assert sorted(words, key=welsh_key) == [
        "cymuned", "chwarae", "dwr", "ddoe", "glan", "ngwlad", "hen", "lwc", "llan", "rydym", "rhannu", "tŷ", "theatr",
    ]  # fmt: skip


def test_n_and_g_that_meet_by_chance_are_two_letters() -> None:
    assert sorted(["banw", "Bangor", "bachgen"], key=welsh_key) == ["bachgen", "Bangor", "banw"]


def test_figures_count_by_their_value_and_come_first() -> None:
    assert sorted(["Ysgol 10", "Ysgol 9", "Ysgol", "10"], key=welsh_key) == [
        "10",
        "Ysgol",
        "Ysgol 9",
        "Ysgol 10",
    ]


def test_reading_order_is_that_of_the_page() -> None:
    words = ["lwc", "llan"]

    assert sorted(words, key=reading_key) == ["llan", "lwc"]
    with translation.override("cy"):
        assert sorted(words, key=reading_key) == ["lwc", "llan"]


def test_alphabet_sorts_as_it_is() -> None:
    backwards = ALPHABET[::-1]

    assert sorted(backwards, key=welsh_key) == ALPHABET


@given(st.lists(WORDS))
def test_order_does_not_depend_on_where_one_starts(words: list[str]) -> None:
    backwards = words[::-1]

    once = sorted(words, key=welsh_key)

    assert sorted(backwards, key=welsh_key) == once
    assert sorted(once, key=welsh_key) == once


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert welsh_key(text) == welsh_key(text)
    assert (welsh_key(text) < welsh_key(text + "z")) is True
