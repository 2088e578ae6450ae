"""Filing write-ups under their facets: the only writer of `Facet`, `Tally` and `WriteUp.folded`.

`refile(write_up)` belongs in the transaction that publishes, changes or withdraws. It works by difference, so that it
may be called again at no harm, and begins by taking the lock of the row that counts everything: filings follow one
another, and none deadlocks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice, permutations
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from learning.models import Facet, Tally, WriteUp
from themes.models import Tagged
from ui.folding import fold

Filed = tuple[str, str]  # kind, value
Pair = tuple[str, str, str, str]  # kind, value, other kind, other value
EVERYTHING: Pair = ("", "", "", "")
LONDON = ZoneInfo("Europe/London")
BATCH = 1000
FILED_BY: tuple[str, ...] = ("partners", "themes", "lessons__themes")


def facets_of(write_up: WriteUp, tags: Iterable[int] | None = None) -> set[Filed]:
    """What a published write-up is filed under; nothing for any other. `tags`: their keys, if they are known already."""
    if not write_up.is_published or write_up.published_at is None:
        return set()
    organisations = [write_up.organisation, *write_up.partners.all()]
    own = {theme.pk for theme in write_up.themes.all()}
    themes = own.union(*({theme.pk for theme in lesson.themes.all()} for lesson in write_up.lessons.all()))
    if tags is None:
        tags = [tag.pk for tag in write_up.tags.all()]
    kinds = Facet.Kind
    return {
        (kinds.KIND.value, write_up.kind),
        (kinds.YEAR.value, str(write_up.published_at.astimezone(LONDON).year)),
        *((kinds.THEME.value, str(pk)) for pk in themes),
        *((kinds.TAG.value, str(pk)) for pk in tags),
        *((kinds.ORGANISATION.value, str(body.pk)) for body in organisations),
        *((kinds.SECTOR.value, body.kind) for body in organisations),
        *((kinds.REGION.value, body.region) for body in organisations),
    }


def pairs(filed: Iterable[Filed]) -> Iterator[Pair]:
    """Every count that a write-up filed so takes part in."""
    filed = sorted(filed)
    if not filed:
        return
    yield EVERYTHING
    for kind, value in filed:
        yield kind, value, "", ""
    for one, other in permutations(filed, 2):
        yield *one, *other


def folded_text(write_up: WriteUp) -> str:
    parts = [write_up.title_en, write_up.title_cy, write_up.summary_en, write_up.summary_cy]
    for lesson in write_up.lessons.all():
        parts += [lesson.title_en, lesson.title_cy, lesson.body_en, lesson.body_cy]
    return " ".join(_fold(part) for part in parts if part)


_fold = lru_cache(maxsize=2048)(fold)


def refile(write_up: WriteUp) -> None:
    """Bring the facets, the tallies and the folded text of one write-up up to date with its rows."""
    with transaction.atomic():
        fresh = WriteUp.objects.select_for_update().get(pk=write_up.pk)
        folded = folded_text(fresh)
        if folded != fresh.folded:
            WriteUp.objects.filter(pk=fresh.pk).update(folded=folded)
            write_up.folded = folded
        wanted = facets_of(fresh)
        rows = list(Facet.objects.filter(write_up=fresh))
        have = {(row.kind, row.value) for row in rows}
        if wanted != have:
            _lock()
            Facet.objects.filter(
                pk__in=[row.pk for row in rows if (row.kind, row.value) not in wanted]
            ).delete()
            Facet.objects.bulk_create(_row(fresh, filed) for filed in sorted(wanted - have))
            _count(Counter(pairs(wanted)), Counter(pairs(have)))
        if fresh.published_at and wanted:
            Facet.objects.filter(write_up=fresh).exclude(published_at=fresh.published_at).update(
                published_at=fresh.published_at
            )


def refile_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """File everything anew; returns how many write-ups are filed. For bulk loading, and after changing what facets are."""
    done = 0
    counts: Counter[Pair] = Counter()
    with transaction.atomic():
        Facet.objects.all().delete()
        Tally.objects.all().delete()
        write_ups = (
            WriteUp.objects.published()
            .select_related("organisation")
            .prefetch_related(*FILED_BY)
            .order_by("pk")
            .iterator(chunk_size=BATCH)
        )
        while batch := list(islice(write_ups, BATCH)):
            rows = []
            tags = _tags_of(batch)
            for write_up in batch:
                filed = facets_of(write_up, tags[write_up.pk])
                rows += [_row(write_up, one) for one in sorted(filed)]
                counts.update(pairs(filed))
                write_up.folded = folded_text(write_up)
            Facet.objects.bulk_create(rows, batch_size=BATCH)
            WriteUp.objects.bulk_update(batch, ["folded"], batch_size=BATCH)
            done += len(batch)
            progress(done)
        Tally.objects.bulk_create(
            (
                Tally(kind=a, value=b, other_kind=c, other_value=d, count=count)
                for (a, b, c, d), count in sorted(counts.items())
            ),
            batch_size=BATCH,
        )
    return done


def _tags_of(write_ups: list[WriteUp]) -> dict[int, list[int]]:
    """Keys of the tags of many write-ups: one query, where taggit's manager would build one for each."""
    found: dict[int, list[int]] = defaultdict(list)
    tagged = Tagged.objects.filter(
        content_type=ContentType.objects.get_for_model(WriteUp),
        object_id__in=[write_up.pk for write_up in write_ups],
    )
    for object_id, tag in tagged.values_list("object_id", "tag"):
        found[object_id].append(tag)
    return found


def _row(write_up: WriteUp, filed: Filed) -> Facet:
    return Facet(
        write_up=write_up, kind=filed[0], value=filed[1], published_at=write_up.published_at or timezone.now()
    )


def _lock() -> None:
    Tally.objects.bulk_create(
        [Tally(kind="", value="", other_kind="", other_value="", count=0)], ignore_conflicts=True
    )
    Tally.objects.filter(kind="", value="", other_kind="", other_value="").update(count=models.F("count"))


def _count(wanted: Counter[Pair], have: Counter[Pair]) -> None:
    """Add and take away the difference, a row at a time in one statement each.

    Additions and subtractions are apart because PostgreSQL checks the row that an upsert proposes before it looks for
    the conflict, and a proposed count of -1 would break the rule that no count is negative.
    """
    more, fewer = sorted(wanted - have), sorted(have - wanted)
    table = Tally._meta.db_table
    columns = "kind, value, other_kind, other_value"
    # The names in the statements are our own; the values are bound.
    with connection.cursor() as cursor:
        if more:
            values = ", ".join(["(%s, %s, %s, %s, 1)"] * len(more))
            cursor.execute(
                f"INSERT INTO {table} ({columns}, count) VALUES {values} "  # nosec B608
                f"ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + 1",
                [part for pair in more for part in pair],
            )
        if fewer:
            values = ", ".join(["(%s, %s, %s, %s)"] * len(fewer))
            cursor.execute(
                f"UPDATE {table} SET count = count - 1 WHERE ({columns}) IN (VALUES {values})",  # nosec B608
                [part for pair in fewer for part in pair],
            )
