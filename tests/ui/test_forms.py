import datetime

import pytest
from django import forms
from django.utils import translation

from seminars.models import Series
from ui.forms import (
    DayMonthYearField,
    Group,
    Pair,
    PatternForm,
    PatternModelForm,
    Single,
    TimeField,
    layout,
    summary,
)


class Visit(PatternForm):
    groups = [("When", "Both are needed", ["day", "time"])]

    name = forms.CharField()
    note = forms.CharField(required=False, help_text="Short")
    way = forms.ChoiceField(label="How will you come?", choices=[("bus", "By bus")], widget=forms.RadioSelect)
    title_en = forms.CharField(required=False)
    title_cy = forms.CharField(required=False)
    day = DayMonthYearField()
    time = TimeField()
    agree = forms.BooleanField()


class SeriesForm(PatternModelForm):
    class Meta:
        model = Series
        fields = ["title_en", "title_cy", "description_en", "description_cy"]


def test_layout_pairs_languages_and_groups_fields() -> None:
    parts = layout(Visit())

    assert [type(part) for part in parts] == [Single, Single, Single, Pair, Single, Group]
    assert [part.field.name for part in parts[-1].parts] == ["day", "time"]


@pytest.mark.parametrize(
    ("language", "order"), [("en", ["title_en", "title_cy"]), ("cy", ["title_cy", "title_en"])]
)
def test_pair_starts_with_the_reader_s_language(language: str, order: list[str]) -> None:
    with translation.override(language):
        pair = next(part for part in layout(Visit()) if isinstance(part, Pair))

    assert [half.name for half in pair.fields] == order


def test_what_is_written_in_a_language_carries_it() -> None:
    html = str(Visit())

    assert '<input type="text" name="title_cy" lang="cy"' in html
    assert '<input type="text" name="name" lang' not in html


def test_text_needed_in_one_language_is_not_called_optional() -> None:
    form = SeriesForm()

    assert [form[name].is_optional for name in ("title_en", "title_cy", "description_en")] == [
        False,
        False,
        True,
    ]
    assert str(form).count("one of the two is needed") == 1


def test_optional_is_marked_and_required_is_not() -> None:
    form = Visit()

    assert "(optional)" in form["note"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()
    assert "required" not in form["name"].as_field_group()


def test_clean_form_has_no_summary() -> None:
    assert "error-summary" not in str(Visit())


def test_summary_follows_the_page_and_leads_to_the_first_control() -> None:
    form = Visit({"day_0": "13", "day_2": "2026", "time": "late", "name": ""})

    assert summary(form) == [
        ("Name: this is needed", "id_name"),
        ("Answer the question “How will you come?”", "id_way_0"),
        ("Agree: this is needed", "id_agree"),
        ("The date must include a day, a month and a year", "id_day_1"),
        ("Enter a time on the 24-hour clock, like 14:30", "id_time"),
    ]
    html = str(form)
    assert all(f'href="#{target}"' in html and f'id="{target}"' in html for _words, target in summary(form))


def test_summary_holds_what_is_wrong_with_the_whole_and_with_hidden_fields() -> None:
    class Hidden(PatternForm):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("The two <do> not agree")

    html = str(Hidden({"version": "x"}))

    assert "The two &lt;do&gt; not agree" in html
    assert "version: Enter a whole number." in html


def test_hint_and_error_describe_the_control() -> None:
    class Strict(PatternForm):
        email = forms.EmailField(help_text="At work")

    html = str(Strict({"email": "nobody"}))

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html


def test_radios_are_a_group_whose_description_holds_the_error() -> None:
    html = Visit({})["way"].as_field_group()

    assert '<fieldset aria-describedby="id_way_error">' in html
    assert "aria-invalid" not in html


def test_typed_values_stay_and_are_escaped() -> None:
    html = str(Visit({"name": '"><script>', "day_0": "31", "day_1": "2", "day_2": "<b>"}))

    assert "<script>" not in html
    assert "<b>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
    assert 'name="day_0" value="31"' in html


@pytest.mark.parametrize(
    "parts",
    [("31", "2", "2026"), ("1", "13", "2026"), ("1", "1", "26"), ("a", "1", "2026"), ("1", "1", "9" * 5000)],
)
def test_date_that_is_none_is_refused(parts: tuple[str, str, str]) -> None:
    with pytest.raises(forms.ValidationError, match="real date"):
        DayMonthYearField().clean(list(parts))


def test_date_is_put_together() -> None:
    assert DayMonthYearField().clean([" 13", "9", "2016"]) == datetime.date(2016, 9, 13)


def test_empty_date_is_none_where_it_is_optional() -> None:
    assert DayMonthYearField(required=False).clean(["", " ", ""]) is None


def test_date_shows_its_initial_value_and_knows_a_change() -> None:
    form = Visit(initial={"day": datetime.date(2016, 9, 13)})

    assert 'name="day_1" value="9"' in str(form["day"])
    assert DayMonthYearField().has_changed(datetime.date(2016, 9, 13), ["13", "9", "2016"]) is False
    assert DayMonthYearField().has_changed(datetime.date(2016, 9, 13), ["14", "9", "2016"]) is True


@pytest.mark.parametrize("text", ["14:30", "14.30", "1430", " 14:30 ", "14h30", "2.30pm", "02:30 p.m."])
def test_time_is_read_as_people_write_it(text: str) -> None:
    assert TimeField().clean(text) == datetime.time(14, 30)


@pytest.mark.parametrize("text", ["24:00", "14:60", "half past two", "١٤:٣٠", "1" * 5000])
def test_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="24-hour clock"):
        TimeField().clean(text)


def test_a_number_that_is_too_large_is_said_with_its_field_and_its_limit() -> None:
    class Group(PatternForm):
        size = forms.IntegerField(label="largest group, in % of all", min_value=1, max_value=10)

    assert Group({"size": "99"}).errors["size"] == ["Largest group, in % of all: 10 at most"]
    assert Group({"size": "0"}).errors["size"] == ["Largest group, in % of all: 1 at least"]
