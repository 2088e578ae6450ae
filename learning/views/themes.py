"""A councillor's way in: the themes, a theme's page, and the page of a tag. Six queries each at most."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from learning.cards import short_cards
from learning.filing import refile
from learning.insight import Neighbour, most_kept, neighbourhood, newest_filed
from learning.models import Lesson, Tally, WriteUp
from learning.money import in_figures
from seminars.cards import card as date_card
from seminars.cards import for_cards as for_date_cards
from seminars.models import SeminarDate
from themes.models import Tag, Theme
from themes.tagging import merge
from ui.bilingual import Text, reader_language
from ui.charts import trend
from ui.folding import fold
from ui.markdown import excerpt
from ui.sorting import reading_key

NEWEST = 12  # write-ups whose lessons are looked at
BRIEF = 6  # lessons in brief
FAILURES = 3
BESIDE = 8  # neighbours of each kind
ASKED = 4  # write-ups whose authors are named
COMING = 4  # dates of seminars
TREND_FROM = 5  # fewer write-ups make no trend


@login_not_required
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme with its number of write-ups, by framework."""
    counts = dict(Tally.objects.filter(kind="theme", other_kind="").values_list("value", "count"))
    groups: dict[str, list[tuple[Theme, int]]] = {framework: [] for framework in Theme.Framework.values}
    for theme in Theme.objects.all():
        groups[theme.framework].append((theme, counts.get(str(theme.pk), 0)))
    return render(request, "learning/themes/themes.html", {"groups": groups})


@login_not_required
@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    every = list(Theme.objects.all())
    found = next((one for one in every if slug in {one.slug_en, one.slug_cy}), None)
    if found is None:
        raise Http404
    if slug != found.tr_slug:
        return redirect(found, permanent=True)
    names = {str(one.pk): one for one in every}
    beside = neighbourhood("theme", found.pk)
    related = [(names[n.pk], n.count) for n in beside.themes if n.pk in names]
    coming = SeminarDate.objects.public().upcoming().filter(seminar__themes=found).order_by("starts_at", "pk")
    questions = found.tr("questions")
    context = {
        "theme": found,
        "summary": found.tr("summary"),
        "related": related[:BESIDE],
        "questions_lang": questions.lang if questions.is_fallback else "",
        "coming": [date_card(one, themes=False) for one in for_date_cards(coming, themes=False)[:COMING]],
        "coming_address": f"{reverse('seminars:seminars')}?theme={found.tr_slug}",
        "other_language_address": in_other_language(found),
        **shared("theme", found.pk, found.slug_en, beside),
    }
    return render(request, "learning/themes/theme.html", context)


@login_not_required
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag that a published write-up carries, in the alphabet of the page's language."""
    counts = dict(Tally.objects.filter(kind="tag", other_kind="", count__gt=0).values_list("value", "count"))
    found = [(tag, counts[str(tag.pk)]) for tag in Tag.objects.all() if str(tag.pk) in counts]
    found.sort(key=lambda row: reading_key(row[0].name))
    return render(request, "learning/themes/tags.html", {"tags": found})


@login_not_required
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    names = {str(one.pk): one for one in Theme.objects.all()}
    beside = neighbourhood("tag", found.pk)
    related = [(names[n.pk], n.count) for n in beside.themes if n.pk in names]
    context = {"tag": found, "related": related[:BESIDE], **shared("tag", found.pk, found.slug, beside)}
    return render(request, "learning/themes/tag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Staff make one tag of two: asked for, shown, confirmed, and every write-up filed anew."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    old = get_object_or_404(Tag, slug=slug)
    name = request.POST.get("into", request.GET.get("into", "")).strip()
    into = Tag.objects.filter(key=fold(name)).exclude(pk=old.pk).first() if name else None
    if request.method == "POST" and into is not None:
        _merge(old, into, request.user)
        messages.success(request, _("“%(old)s” is now “%(new)s”.") % {"old": old.name, "new": into.name})
        return redirect(into)
    error = _("There is no other tag of that name") if name and into is None else ""
    context = {"tag": old, "into": into, "typed": name, "error": error, "carried": old.tagged.count()}
    return render(
        request, "learning/themes/merge_tag.html", context, status=422 if request.method == "POST" else 200
    )


def in_other_language(theme: Theme) -> str:
    """A theme's address in the other language has the other language's word in it."""
    with override("en" if reader_language() == "cy" else "cy"):
        return theme.get_absolute_url()


def _merge(old: Tag, into: Tag, by: Any) -> None:
    kind = ContentType.objects.get_for_model(WriteUp).pk
    with transaction.atomic():
        moved = merge(old, into, by=by)
        for write_up in WriteUp.objects.filter(
            pk__in=[pk for content_type, pk in moved if content_type == kind]
        ):
            refile(write_up)


def shared(kind: str, value: int, slug: str, beside: Any) -> dict[str, Any]:
    """What a theme's and a tag's page have in common."""
    write_ups = newest_filed(kind, value, NEWEST)
    return {
        "lessons": in_brief(write_ups),
        "useful": most_kept(kind, value, BRIEF),
        "failures": failures(write_ups),
        "figures": in_figures(write_ups),
        "asked": [one for one in write_ups if one.signed][:ASKED],  # type: ignore[attr-defined]
        "cards": short_cards(write_ups[:BRIEF]),
        "total": beside.total,
        "tags": [n for n in beside.tags if n.label][:BESIDE],
        "organisations": [named(n) for n in beside.organisations if n.label][:BESIDE],
        "all_address": f"{reverse('learning:write-ups')}?{kind}={slug}",
        "feed_address": f"{reverse('learning:feed')}?{kind}={slug}",
        "trend": trend("trend", _("Write-ups by year"), beside.years)
        if len(beside.years) > 1 and beside.total >= TREND_FROM
        else None,
    }


def named(neighbour: Neighbour) -> Neighbour:
    label = neighbour.label
    wanted = reader_language()
    other = "cy" if wanted == "en" else "en"
    own = label[f"name_{wanted}"]
    label["name"] = Text(own, wanted) if own else Text(label[f"name_{other}"], other, is_fallback=True)
    return neighbour


def in_brief(write_ups: list[WriteUp]) -> list[Lesson]:
    """One lesson from each of the newest write-ups, its first."""
    firsts = []
    for write_up in write_ups[:BRIEF]:
        for lesson in write_up.lessons.all():
            lesson.write_up = write_up
            firsts.append(lesson)
            break
    return firsts


def failures(write_ups: list[WriteUp]) -> list[tuple[WriteUp, Text]]:
    """The opening words of what did not work, from the newest that tell it."""
    told = [(write_up, write_up.tr("what_did_not")) for write_up in write_ups]
    return [(write_up, Text(excerpt(text), text.lang, text.is_fallback)) for write_up, text in told if text][
        :FAILURES
    ]
