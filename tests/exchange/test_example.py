"""The example is read by people who decide about the exchange: it has to be whole, varied and in both languages."""

from io import StringIO

import pytest
from django.core.management import call_command

from learning.models import Facet, Lesson, WriteUp
from people.models import Member, Organisation
from seminars.models import Billing, RunSpeaker, Seminar, SeminarDate
from themes.models import Theme

pytestmark = pytest.mark.django_db


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_example", stdout=out, **options)
    return out.getvalue()


def test_it_is_as_large_and_varied_as_promised(example: None) -> None:
    assert Organisation.objects.count() == 435
    assert Seminar.objects.count() >= 11
    assert Seminar.objects.exclude(series=None).values("series").distinct().count() >= 5
    assert WriteUp.objects.count() >= 30
    assert WriteUp.objects.values("organisation").distinct().count() >= 20
    assert SeminarDate.objects.public().upcoming().exists()
    assert SeminarDate.objects.public().past().exists()


def test_every_theme_is_used(example: None) -> None:
    used = set(Facet.objects.filter(kind="theme").values_list("value", flat=True))

    assert {theme.slug_en for theme in Theme.objects.all() if str(theme.pk) not in used} == set()


def test_it_exists_in_both_languages(example: None) -> None:
    for model, name in [(Seminar, "title"), (Theme, "introduction"), (Seminar, "focus")]:
        for language in ("en", "cy"):
            assert not model.objects.filter(**{f"{name}_{language}": ""}).exists()
    in_one = WriteUp.objects.filter(title_cy="") | WriteUp.objects.filter(title_en="")
    assert 1 <= in_one.count() <= 8


def test_the_seminar_of_2016_has_its_facts(example: None) -> None:
    seminar = Seminar.objects.get(slug="redesigning-public-services")
    plenary = seminar.sessions.filter(kind="plenary").first()
    assert plenary is not None

    assert [date.local_start.date().isoformat() for date in seminar.dates.all()] == [
        "2016-09-13",
        "2016-09-29",
    ]
    assert [date.venue.region for date in seminar.dates.all() if date.venue] == [
        "South East Wales",
        "North Wales",
    ]
    assert [billing.speaker.name for billing in plenary.billings.all()] == ["Carl Haggerty", "Barry Parsons"]
    workshops = seminar.sessions.filter(kind="workshop")
    assert workshops.count() == 3
    for date in seminar.dates.all():
        assert {workshop.runs.filter(slot__seminar_date=date).count() for workshop in workshops} == {2}


def test_its_write_up_has_nine_lessons(example: None) -> None:
    write_up = WriteUp.objects.get(slug="redesigning-public-services-nine-lessons")

    assert [lesson.position for lesson in write_up.lessons.all()] == list(range(1, 10))
    assert write_up.original_name == "Carl's Notepad"
    assert [seminar.slug for seminar in write_up.seminars.all()] == ["redesigning-public-services"]


def test_failures_are_told(example: None) -> None:
    assert not WriteUp.objects.filter(state="published", what_did_not_en="", what_did_not_cy="").exists()


def test_nobody_is_in_two_rooms_at_once(example: None) -> None:
    live = Billing.objects.live().count()
    assert live
    assert RunSpeaker.objects.exists()


def test_loading_again_changes_nothing(example: None) -> None:
    before = (
        WriteUp.objects.count(),
        Lesson.objects.count(),
        SeminarDate.objects.count(),
        Member.objects.count(),
    )

    again = load()

    assert "0 seminars, 0 dates, 0 write-ups" in again
    assert before == (
        WriteUp.objects.count(),
        Lesson.objects.count(),
        SeminarDate.objects.count(),
        Member.objects.count(),
    )


def test_it_multiplies(example: None, capsys: pytest.CaptureFixture[str]) -> None:
    originals = WriteUp.objects.published().count()

    load(size=3)

    assert WriteUp.objects.published().count() == 3 * originals
    assert Facet.objects.filter(kind="kind").count() == 3 * originals
    assert "write-ups" in capsys.readouterr().err
