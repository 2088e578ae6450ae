"""What lies beside a write-up: others on the same themes and tags, the next and the one before, lessons of a theme.

Each is one query that reads a bounded number of rows along an index.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from learning.models import Facet, Lesson, WriteUp

NEAREST = 40  # rows of each facet that are looked at
WEIGHT = {"tag": 3, "theme": 2}
LIGHT = ("id", "slug", "title_en", "title_cy", "kind", "published_at")
FEW = 3


def related(write_up: WriteUp, filed: Sequence[tuple[str, str]], most: int = FEW) -> list[WriteUp]:
    """Those that share the most themes and tags, among the newest of each; a tag says more than a theme."""
    if not filed:
        return []
    one = (
        "SELECT * FROM (SELECT write_up_id, published_at, %s AS weight FROM learning_facet "
        "WHERE kind = %s AND value = %s AND write_up_id <> %s "
        "ORDER BY published_at DESC, write_up_id DESC LIMIT %s) AS nearest"
    )
    columns = ", ".join(f"w.{name}" for name in LIGHT)
    several = " UNION ALL ".join([one] * len(filed))
    sql = (
        f"SELECT {columns} FROM (SELECT write_up_id, SUM(weight) AS score, MAX(published_at) AS newest "  # nosec B608
        f"FROM ({several}) AS beside GROUP BY write_up_id ORDER BY score DESC, newest DESC, write_up_id DESC LIMIT %s) "
        "AS best JOIN learning_writeup w ON w.id = best.write_up_id "
        "ORDER BY best.score DESC, best.newest DESC, w.id DESC"
    )
    bound: list[Any] = []
    for kind, value in filed:
        bound += [WEIGHT[kind], kind, value, write_up.pk, NEAREST]
    return list(WriteUp.objects.raw(sql, [*bound, most]))


def neighbours(write_up: WriteUp, series: int | None) -> tuple[WriteUp | None, WriteUp | None]:
    """The one published before and the one after, in the series of its seminars or else of all."""
    if write_up.published_at is None:
        return None, None
    among = WriteUp.objects.published().exclude(pk=write_up.pk)
    if series is not None:
        among = among.filter(seminars__series=series, seminars__state__in=["published", "archived"])
    when = write_up.published_at
    # The first condition of each is there for the index, the second for those of the same moment.
    before = among.filter(published_at__lte=when).filter(Q(published_at__lt=when) | Q(pk__lt=write_up.pk))
    after = among.filter(published_at__gte=when).filter(Q(published_at__gt=when) | Q(pk__gt=write_up.pk))
    both = WriteUp.objects.filter(
        Q(pk=Subquery(before.order_by("-published_at", "-pk").values("pk")[:1]))
        | Q(pk=Subquery(after.order_by("published_at", "pk").values("pk")[:1]))
    )
    previous = following = None
    for other in both.only(*LIGHT):
        if (other.published_at, other.pk) < (when, write_up.pk):
            previous = other
        else:
            following = other
    return previous, following


def lessons_about(theme: int, without: WriteUp, most: int = FEW) -> QuerySet[Lesson]:
    """Lessons of other write-ups on the theme, from the newest filed under it."""
    newest = (
        Facet.objects.filter(kind=Facet.Kind.THEME, value=str(theme))
        .exclude(write_up=without)
        .order_by("-published_at", "-write_up")
        .values("write_up")[:NEAREST]
    )
    own = Q(themes=theme)
    first = Q(position=1, write_up__themes=theme)
    return (
        Lesson.objects.filter(own | first, write_up__in=newest)
        .select_related("write_up__organisation")
        .defer("body_en", "body_cy", "write_up__body_en", "write_up__body_cy")
        .order_by("-write_up__published_at", "-write_up", "position")
        .distinct()[:most]
    )
