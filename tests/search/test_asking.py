import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asking import LONGEST, MOST_WORDS, beginning_near, marked, read


def test_words_are_folded_and_asked_once() -> None:
    assert read("  Gŵyl  GWYL fawr ").words == ("gwyl", "fawr")


def test_a_long_question_is_cut_and_says_so() -> None:
    question = read("x" * 10_000)

    assert question.is_cut
    assert len(question.asked) == LONGEST
    assert len(read(" ".join(map(str, range(50)))).words) == MOST_WORDS


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Gŵyl y Môr", ("mor",), "Gŵyl y <mark>Môr</mark>"),
        ("Ten calls", ("call", "ten"), "<mark>Ten</mark> <mark>call</mark>s"),
        ("a <b> & c", ("b",), "a &lt;<mark>b</mark>&gt; &amp; c"),
        ("Straße", ("strasse",), "<mark>Straße</mark>"),
        ("nothing", ("x",), "nothing"),
        ("", ("x",), ""),
    ],
)
def test_matches_are_marked_whatever_their_case_and_accents(
    text: str, words: tuple[str, ...], expected: str
) -> None:
    assert marked(text, words) == expected


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_never_lets_markup_through(text: str, typed: str) -> None:
    shown = marked(text, read(typed).words).replace("<mark>", "").replace("</mark>", "")

    assert "<" not in shown
    assert ">" not in shown


def test_a_long_text_is_shown_from_near_its_match() -> None:
    text = "word " * 100 + "a needle here " + "word " * 100

    shown = beginning_near(text, ("needle",))

    assert "needle" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 152
    assert beginning_near("short", ("x",)) == "short"
