"""Many copies of the example, for measuring: same texts, other titles, dates, organisations, themes and tags."""

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from exchange.example.loader import FOLDER
from learning.filing import refile_all
from learning.models import Author, Lesson, WriteUp
from people.models import Organisation
from seminars.models import Seminar, SeminarDate
from themes.models import Tag, Tagged, Theme

M = TypeVar("M", bound=models.Model)
Progress = Callable[[str, int, int], None]
BATCH = 2000
MOST_DATES = 5000  # what twenty seminars a year come to in a century or so


def copy_of(row: M, **changes: Any) -> M:
    """An unsaved copy of a row, with some fields changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {"pk": None, "id": None, **changes}
    values.pop("pk")
    return type(row)(**values)


def batches(rows: Iterator[M]) -> Iterator[list[M]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def multiply(times: int, progress: Progress, seed: int = 2016) -> None:
    """Make copies until there are `times` of every published write-up, and as many seminars as make `MOST_DATES`."""
    # The same every time, and no secret comes of it.
    # Another sequence for each size that it grows from: the identifiers are drawn from it, too.
    dice = random.Random(seed + WriteUp.objects.count())  # nosec B311 - not for secrets
    _write_ups(times, progress, dice)
    _seminars(times, progress)
    refile_all(
        lambda done: progress("filing", done, WriteUp.objects.published().count() if done < BATCH else done)
    )


def _write_ups(times: int, progress: Progress, dice: random.Random) -> None:
    organisations = list(Organisation.objects.values_list("pk", flat=True))
    themes = list(Theme.objects.values_list("pk", flat=True))
    tags = list(Tag.objects.values_list("pk", flat=True))
    kind = ContentType.objects.get_for_model(WriteUp)
    slugs = [file.stem for file in (FOLDER / "writeups").glob("*.toml")]
    originals = list(
        WriteUp.objects.published().filter(slug__in=slugs).prefetch_related("lessons", "authors")
    )
    have = WriteUp.objects.published().count() // len(originals)
    now = timezone.now()
    total = len(originals) * (times - have)
    done = 0
    for original in originals:
        lessons, authors = list(original.lessons.all()), list(original.authors.all())
        copies = (
            copy_of(
                original,
                uuid=uuid.UUID(int=dice.getrandbits(128), version=4),
                slug=f"{original.slug[:100]}-{n}",
                title_en=f"{original.title_en[:180]} ({n})" if original.title_en else "",
                title_cy=f"{original.title_cy[:180]} ({n})" if original.title_cy else "",
                organisation_id=dice.choice(organisations),
                published_at=now - timedelta(minutes=dice.randrange(1, 60 * 24 * 365 * 9)),
                kind=dice.choice(WriteUp.Kind.values),
            )
            for n in range(have + 1, times + 1)
        )
        for batch in batches(copies):
            with transaction.atomic():
                made = WriteUp.objects.bulk_create(batch, batch_size=200)
                pks = [row.pk for row in made]
                through: Any = WriteUp.themes.through
                through.objects.bulk_create(
                    [
                        through(writeup_id=pk, theme_id=theme)
                        for pk in pks
                        for theme in dice.sample(themes, 3)
                    ],
                    batch_size=BATCH,
                )
                Tagged.objects.bulk_create(
                    [
                        Tagged(content_type=kind, object_id=pk, tag_id=tag)
                        for pk in pks
                        for tag in dice.sample(tags, min(4, len(tags)))
                    ],
                    batch_size=BATCH,
                )
                Lesson.objects.bulk_create(
                    [copy_of(lesson, write_up_id=pk, kept=0) for pk in pks for lesson in lessons],
                    batch_size=500,
                )
                Author.objects.bulk_create(
                    [copy_of(author, write_up_id=pk, member_id=None) for pk in pks for author in authors],
                    batch_size=BATCH,
                )
            done += len(made)
            progress("write-ups", done, total)


def _seminars(times: int, progress: Progress) -> None:
    """Copies of the published seminars with their dates, a week earlier each time, until there are `MOST_DATES`."""
    slugs = [file.stem for file in (FOLDER / "seminars").glob("*.toml")]
    originals = list(Seminar.objects.published().filter(slug__in=slugs).prefetch_related("dates", "themes"))
    have = Seminar.objects.published().count() // len(originals)
    times = min(times, MOST_DATES // sum(len(seminar.dates.all()) for seminar in originals))
    total = len(originals) * (times - have)
    done = 0
    for original in originals:
        numbers = range(have + 1, times + 1)
        copies = [
            copy_of(
                original,
                series_id=None,  # a series is a few dozen dates, however many seminars there are
                slug=f"{original.slug[:100]}-{n}",
                title_en=f"{original.title_en[:180]} ({n})",
                title_cy=f"{original.title_cy[:180]} ({n})",
            )
            for n in numbers
        ]
        with transaction.atomic():
            made = Seminar.objects.bulk_create(copies, batch_size=BATCH)
            SeminarDate.objects.bulk_create(
                [
                    copy_of(
                        date,
                        uuid=uuid.uuid4(),
                        seminar_id=seminar.pk,
                        starts_at=date.starts_at - timedelta(weeks=n),
                        ends_at=date.ends_at - timedelta(weeks=n),
                    )
                    for n, seminar in zip(numbers, made, strict=True)
                    for date in original.dates.all()
                ],
                batch_size=BATCH,
            )
            filed: Any = Seminar.themes.through
            filed.objects.bulk_create(
                [
                    filed(seminar_id=seminar.pk, theme_id=theme.pk)
                    for seminar in made
                    for theme in original.themes.all()
                ],
                batch_size=BATCH,
            )
        done += len(made)
        progress("seminars", done, total)
