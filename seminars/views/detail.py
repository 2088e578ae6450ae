"""One seminar, one of its dates, one series, one speaker, one file."""

from itertools import groupby
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, Value
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from seminars import wording
from seminars.cards import DateCard, card, for_cards
from seminars.lineup import acts_of, programme_of
from seminars.models import Billing, Resource, Seminar, SeminarDate, Series, Session, Speaker
from seminars.structured_data import event
from themes.models import Tag, Theme
from ui.bilingual import Text
from ui.structured_data import script

NAMED = ("kind", "name_en", "name_cy", "slug_en", "slug_cy")


@login_not_required
@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Seminar.objects.visible_to(request.user).select_related("organisation", "series"), slug=slug
    )
    dates, before, after, others = dates_and_neighbours(found)
    acts = acts_of(found)
    resources = list(found.resources.all())
    for act in acts:
        act.resources = [one for one in resources if one.session_id == act.session.pk]
    return render(
        request,
        "seminars/seminar.html",
        {
            "seminar": found,
            "summary": found.tr("summary"),
            "outcomes": lines_of(found.tr("outcomes")),
            "dates": dates,
            # Once it is over, what came out of it matters more than its programme.
            "is_over": bool(dates) and all(one.is_past or one.is_cancelled for one in dates),
            "previous": before,
            "next": after,
            "others": others,
            "acts": acts,
            "resources": [one for one in resources if one.session_id is None],
            "write_ups": write_ups_from(found),
            **filed_under(found),
            "can_run": found.can_be_run_by(request.user),
            "beside": settings.BESIDE_A_SEMINAR,
        },
    )


def lines_of(text: Text) -> list[Text]:
    return [Text(line.strip(), text.lang, text.is_fallback) for line in text.splitlines() if line.strip()]


def dates_and_neighbours(
    found: Seminar,
) -> tuple[list[DateCard], DateCard | None, DateCard | None, list[DateCard]]:
    """The seminar's own dates; in its series the seminar before and the one after by first date, and all others.

    One query: a series is a few dozen dates, and its seminars are told with their dates anyway.
    """
    ours = Q(seminar=found)
    if found.series_id:
        ours |= Q(
            seminar__series=found.series_id,
            seminar__state__in=[Seminar.State.PUBLISHED, Seminar.State.ARCHIVED],
        )
    everything = list(for_cards(SeminarDate.objects.filter(ours), themes=False).order_by("starts_at", "pk"))
    dates = [card(one, themes=False) for one in everything if one.seminar_id == found.pk]
    # The first date of a seminar places it; a cancelled one only if there is no other.
    firsts: dict[int, SeminarDate] = {}
    for one in sorted(everything, key=lambda one: (one.is_cancelled, one.starts_at)):
        firsts.setdefault(one.seminar_id, one)
    order = sorted(firsts.values(), key=lambda one: one.starts_at)
    place = next((index for index, one in enumerate(order) if one.seminar_id == found.pk), None)
    others = [card(one, themes=False) for one in order if one.seminar_id != found.pk]
    if place is None:
        return dates, None, None, others
    before = others[place - 1] if place > 0 else None
    after = others[place] if place < len(others) else None
    return dates, before, after, [one for one in others if one not in (before, after)]


def filed_under(found: Seminar) -> dict[str, list[Any]]:
    """The themes and the tags of a seminar, by one query."""
    themes = found.themes.order_by().annotate(kind=Value("theme")).values_list(*NAMED)
    tags = found.tags.order_by().values_list(Value("tag"), "name", "name", "slug", "slug")
    rows = list(themes.union(tags, all=True))
    filed: dict[str, list[Any]] = {"themes": [], "tags": []}
    for kind, name_en, name_cy, slug_en, slug_cy in rows:
        if kind == "theme":
            filed["themes"].append(Theme(name_en=name_en, name_cy=name_cy, slug_en=slug_en, slug_cy=slug_cy))
        else:
            filed["tags"].append(Tag(name=name_en, slug=slug_en))
    filed["tags"].sort(key=lambda tag: tag.name.casefold())
    return filed


def write_ups_from(found: Seminar) -> list[Any]:
    """What was published about the seminar, newest first, with its lessons.

    Write-ups live above this app: they are reached through the reverse relation only, and by one query with their
    lessons, a left join because a write-up may still have none.
    """
    write_ups: Any = found.write_ups
    rows = (
        write_ups.published()
        .order_by("-published_at", "-pk", "lessons__position")
        .values_list(
            "pk",
            "slug",
            "title_en",
            "title_cy",
            "lessons__position",
            "lessons__title_en",
            "lessons__title_cy",
        )
    )
    found_ups = []
    for _pk, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        write_up = write_ups.model(slug=lines[0][1], title_en=lines[0][2], title_cy=lines[0][3])
        write_up.told_lessons = [
            {"position": row[4], "title": wording.either_of(row[5], row[6])} for row in lines if row[4]
        ]
        found_ups.append(write_up)
    return found_ups


@login_not_required
@require_safe
def date(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    found = get_object_or_404(
        SeminarDate.objects.filter(seminar__in=Seminar.objects.visible_to(request.user))
        .select_related("seminar__organisation", "seminar__series", "venue")
        .defer("joining_link", "joining_instructions_en", "joining_instructions_cy"),
        seminar__slug=slug,
        slug=date_slug,
    )
    timetable, speakers = programme_of(found)
    others = for_cards(
        SeminarDate.objects.filter(seminar=found.seminar_id).exclude(pk=found.pk), themes=False
    )
    return render(
        request,
        "seminars/date.html",
        {
            "date": found,
            "seminar": found.seminar,
            "card": card(found, themes=False),
            "uk_times": wording.in_home_zone(found),
            "opens": wording.opening_line(wording.opening(found)),
            "access": found.venue.tr("access") if found.venue and found.is_in_person else "",
            "map_address": wording.map_address(found),
            "timetable": timetable,
            "speakers": speakers,
            "others": [card(one, themes=False) for one in others.order_by("starts_at")],
            **filed_under(found.seminar),
            "structured_data": script(event(found, speakers)),
            "can_run": found.seminar.can_be_run_by(request.user),
            "beside": settings.BESIDE_A_DATE,
        },
    )


@login_not_required
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Series.objects.public().select_related("organisation"), slug=slug)
    seminars = list(Seminar.objects.published().filter(series=found))
    dates: dict[int, list[DateCard]] = {one.pk: [] for one in seminars}
    of_series = SeminarDate.objects.public().filter(seminar__series=found).order_by("starts_at")
    for one in for_cards(of_series, themes=False):
        dates[one.seminar_id].append(card(one, themes=False))
    rows = [(one, dates[one.pk]) for one in seminars]
    rows.sort(key=lambda row: row[1][0].starts if row[1] else "9999")
    coming = [row for row in rows if not row[1] or any(not one.is_past for one in row[1])]
    return render(
        request,
        "seminars/series.html",
        {"series": found, "coming": coming, "past": [row for row in reversed(rows) if row not in coming]},
    )


@login_not_required
@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Only what is public: without a live billing on a public seminar there is no such page."""
    found = get_object_or_404(Speaker.objects.select_related("organisation").defer("email"), slug=slug)
    billed = list(
        Billing.objects.live()
        .filter(speaker=found, session__seminar__in=Seminar.objects.published())
        .exclude(session__kind=Session.Kind.BREAK)
        .select_related("session__seminar")
    )
    if not billed:
        raise Http404
    seminars = {billing.session.seminar_id for billing in billed}
    dates: dict[int, list[DateCard]] = {pk: [] for pk in seminars}
    for one in for_cards(SeminarDate.objects.filter(seminar__in=seminars), themes=False).order_by(
        "starts_at"
    ):
        dates[one.seminar_id].append(card(one, themes=False))
    rows = [(billing.session, dates[billing.session.seminar_id]) for billing in billed]
    rows.sort(key=lambda row: row[1][-1].starts if row[1] else "9999", reverse=True)
    coming = [row for row in rows if not row[1] or any(not one.is_past for one in row[1])]
    past = [row for row in rows if row not in coming]
    return render(request, "seminars/speaker.html", {"speaker": found, "coming": coming[::-1], "past": past})


@login_not_required
@require_safe
def resource(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file, always as a download under a name that was made safe: a browser never opens it on our address."""
    found = get_object_or_404(
        Resource.objects.filter(seminar__in=Seminar.objects.visible_to(request.user)).exclude(file=""), pk=pk
    )
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    name = found.file_name or f"{found.seminar_id}-{found.pk}{PurePath(str(found.file.name)).suffix}"
    return FileResponse(
        opened, as_attachment=True, filename=name, headers={"X-Content-Type-Options": "nosniff"}
    )
