"""What is filled into a letter is text, whatever it looks like."""

import string

from hypothesis import given
from hypothesis import strategies as st

from bookings.letters import filling
from bookings.letters.filling import Lines, Link, Prose, Value


def of(**values: Value):
    return values.get


HOSTILE = "**Ann** [win](https://bad.example) <script>x</script> {code} {__class__} &amp; `x`"


def test_a_value_is_shown_as_it_is():
    said = filling.html("Hello {name},", of(name=HOSTILE, code="SECRET"))

    assert said == (
        "<p>Hello **Ann** [win](https://bad.example) &lt;script&gt;x&lt;/script&gt; {code} {__class__} &amp;amp; `x`,</p>\n"
    )
    assert filling.plain("Hello {name},", of(name=HOSTILE, code="SECRET")) == f"Hello {HOSTILE},"


@given(st.text(string.printable, min_size=1, max_size=60).filter(str.strip))
def test_no_value_becomes_markup(name: str):
    assert filling.html("{name}", of(name=name)).count("<") == 2
    assert filling.html("> {name}", of(name=name)).count("<") == 4


def test_braces_that_name_nothing_stand_as_they_are():
    text = "{__class__} {0} {name.upper} {unknown} {} {{name}}"

    assert filling.plain(text, of(name="Ann")) == "{__class__} {0} {name.upper} {unknown} {} {Ann}"


def test_a_subject_is_one_line():
    assert filling.subject("News\r\nBcc: all@bad.example {name}", of(name="Ann\nX: y")) == (
        "News Bcc: all@bad.example Ann X: y"
    )


def test_a_paragraph_that_has_nothing_to_say_is_left_out():
    text = "Hello,\n\nThe reason: {reason}\n\nYour workshops:\n{workshops}\n\nBye."

    assert filling.plain(text, of(reason=" ", workshops=Lines(()))) == "Hello,\n\nBye."


def test_of_a_list_only_the_item_is_left_out():
    assert filling.plain("- When: {when}\n- Code: {code}", of(when="now", code="")) == "- When: now"


def test_lines_are_a_list_on_a_line_of_their_own_and_a_series_within_a_sentence():
    get = of(workshops=Lines(("11:00, *One*", "12:00, Two")))

    assert filling.plain("Yours:\n{workshops}", get) == "Yours:\n- 11:00, *One*\n- 12:00, Two"
    assert filling.html("Yours:\n{workshops}", get) == (
        "<p>Yours:</p>\n<ul>\n<li>11:00, *One*</li>\n<li>12:00, Two</li>\n</ul>\n"
    )
    assert filling.plain("Yours: {workshops}.", get) == "Yours: 11:00, *One*; 12:00, Two."


def test_prose_keeps_its_lines_and_its_addresses_can_be_followed():
    get = of(joining_instructions=Prose("Ring *the* bell.\r\nMap: https://map.example/a_b.\n\nThen wait."))

    assert filling.html("{joining_instructions}", get) == (
        '<p>Ring *the* bell.<br>\nMap: <a href="https://map.example/a_b" rel="nofollow noopener">'
        "https://map.example/a_b</a>.</p>\n<p>Then wait.</p>\n"
    )
    assert filling.plain("{joining_instructions}", get).startswith("Ring *the* bell.\nMap: https://map")


def test_a_link_is_followed_from_words_or_shown():
    get = of(manage_link=Link("https://x.example/a_b/(c)"))

    assert filling.html("[Yours]({manage_link})", get) == (
        '<p><a href="https://x.example/a_b/%28c%29" rel="nofollow noopener">Yours</a></p>\n'
    )
    assert 'href="https://x.example/a_b/%28c%29"' in filling.html("Go: {manage_link}", get)
    assert filling.plain("[Yours]({manage_link})", get) == "Yours: https://x.example/a_b/(c)"


def test_a_placeholder_as_a_link_runs_no_script():
    said = filling.html("[x]({name})", of(name="javascript:alert(1)"))

    assert "href" not in said


def test_markup_of_the_text_itself_is_words_in_plain():
    text = "# Title\n\n**Bold**, *light* and 2 * 3 * 4, <https://x.example> [y](https://y.example)\\\nend \\*"

    assert filling.plain(text, of()) == (
        "Title\n\nBold, light and 2 * 3 * 4, https://x.example y: https://y.example\nend *"
    )


def test_strangers_are_told_with_what_was_perhaps_meant():
    assert filling.strangers("{name} {nmae} {0} {__class__}", ("name", "seminar")) == [
        ("nmae", "name"),
        ("0", ""),
        ("__class__", ""),
    ]
