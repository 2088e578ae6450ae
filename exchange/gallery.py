"""What the component gallery shows: made-up content, long Welsh words and every state of a form."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from ui import charts
from ui.forms import DayMonthYearField, PatternForm, TimeField
from ui.tiles import AREAS, tiles_of_wales

HERE = ZoneInfo("Europe/London")


class Practice(PatternForm):
    groups = [
        (
            "Dates and choices",
            "The second group of the form, with a hint of its own.",
            ["day", "time", "join", "access", "agree"],
        ),
        ("The rest", ["theme", "tags", "paper", "question", "password"]),
    ]
    not_optional = {"title_en", "title_cy"}

    name = forms.CharField(
        label="Full name",
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="We will only use this about this seminar",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    title_en = forms.CharField(label="Title in English", required=False)
    title_cy = forms.CharField(label="Title in Welsh", required=False)
    summary_en = forms.CharField(
        label="Summary in English", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_cy = forms.CharField(
        label="Summary in Welsh", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    day = DayMonthYearField(label="Date", help_text="For example, 13 9 2026")
    time = TimeField(label="Starts at", help_text="On the 24-hour clock, for example 14:30")
    join = forms.ChoiceField(
        label="How will you join?",
        choices=[("l", "In Llandudno"), ("c", "In Cardiff"), ("o", "Online")],
        widget=forms.RadioSelect,
    )
    access = forms.MultipleChoiceField(
        label="What would help you take part?", help_text="Select all that apply", required=False,
        choices=[("bsl", "British Sign Language"), ("cy", "Simultaneous translation from Welsh"), ("loop", "Hearing loop")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    agree = forms.BooleanField(
        label="I have read the privacy notice",
        error_messages={"required": "Confirm that you have read the privacy notice"},
    )
    theme = forms.ChoiceField(
        label="Theme",
        choices=[("", "Choose a theme"), ("a", "Community assets"), ("b", "Datblygu cynaliadwy")],
    )
    tags = forms.CharField(
        label="Tags", help_text="Parted by commas", required=False,
        widget=forms.TextInput(attrs={"list": "tag-options", "data-combobox": "", "data-several": "", "data-found": "{n} found"}),
    )  # fmt: skip
    paper = forms.FileField(label="Share a document", help_text="PDF or Word, up to 10 MB", required=False)
    question = forms.CharField(
        label="A question for the speakers", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )


def context(page: str | None) -> dict[str, Any]:
    codes = list(AREAS)
    flows = [
        ("Cyngor Sir Ynys Môn", "Gwynedd Council", 4),
        ("Cyngor Sir Ynys Môn", "Torfaen County Borough Council", 7),
        ("Powys County Council", "Heddlu Gwent", 2),
        ("Torfaen County Borough Council", "Bwrdd Iechyd Prifysgol Betsi Cadwaladr", 5),
        ("Gwynedd Council", "Gwynedd Council", 1),
    ]
    starts = datetime.datetime(2026, 9, 13, 9, 30, tzinfo=HERE)
    return {
        "clean": Practice(prefix="clean"),
        "wrong": Practice({"wrong-day_0": "31", "wrong-day_1": "2", "wrong-day_2": "2026", "wrong-time": "half past", "wrong-email": "nobody"}, prefix="wrong"),
        "starts": starts,
        "ends": starts + datetime.timedelta(hours=3, minutes=30),
        "states": ["draft", "in review", "published", "scheduled", "moved", "full", "cancelled", "archived", "planning", "trying", "embedded", "stopped"],
        "bars": charts.bars("g-bars", "How useful was the seminar?", [("Very useful", 41), ("Useful", 22), ("Neutral", 6), ("Not useful", 0)]),
        "trend": charts.trend("g-trend", "Write-ups on community assets by year", [(str(2016 + n), value) for n, value in enumerate((3, 5, 4, 9, 12, 2, 7, 14, 11, 16))]),
        "links": charts.links("g-links", "Who learns from whom", flows),
        "tiles": charts.tile_map("g-tiles", "Organisations that took part, by principal area", tiles_of_wales({code: n * 7 % 12 for n, code in enumerate(codes)}, dict.fromkeys(codes, "#tiles"))),
        "nothing": charts.bars("g-none", "A chart without figures", []),
        "page": Paginator(range(230), 20).get_page(page or 6),
        "weekdays": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "items": ["Croeso", "Astudiaeth achos", "Cloi"],
        "month_rows": [[(day if 0 < (day := week * 7 + column - 1) <= 30 else 0) for column in range(7)] for week in range(5)],
    }  # fmt: skip
