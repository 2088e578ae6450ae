"""Reading a write-up, and one of its lessons on a page of its own. Six queries cold for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from learning import citing, nearby, structured_data
from learning.around import around
from learning.cards import day
from learning.models import Author, Keep, Lesson, WriteUp
from ui import dates
from ui.bilingual import Text

PARTS = ("body", "what_worked", "what_did_not", "challenge")


def visible(request: HttpRequest, slug: str) -> WriteUp:
    return get_object_or_404(
        WriteUp.objects.visible_to(request.user).select_related("organisation").defer("folded"), slug=slug
    )


def authors_of(write_up: WriteUp) -> list[Author]:
    return list(write_up.authors.select_related("organisation", "member"))


@login_not_required
@require_safe
def write_up(request: HttpRequest, slug: str) -> HttpResponse:
    found = visible(request, slug)
    if found.is_withdrawn and not found.can_be_reviewed_by(request.user):
        return withdrawn(request, found)
    authors = authors_of(found)
    lessons = list(found.lessons.all())
    for lesson in lessons:
        lesson.write_up = found
    beside = around(found)
    previous, following = nearby.neighbours(found, beside.series.pk if beside.series else None)
    names = [author.name for author in authors]
    themes = [theme.name for theme in beside.themes]
    context = {
        "write_up": found,
        "title": found.tr("title"),
        "summary": found.tr("summary"),
        "texts": {name: found.tr(name) for name in PARTS},
        "authors": authors,
        # Said once: beside the authors, or by itself where none of them is from it.
        "names_organisation": all(author.organisation_id != found.organisation_id for author in authors),
        "lessons": lessons,
        "lesson_themes": [(lesson, beside.lesson_themes.get(lesson.position, [])) for lesson in lessons],
        "around": beside,
        "related": nearby.related(found, beside.filed),
        "previous": previous,
        "following": following,
        "published": day(found.published_at),
        "citations": citing.citations(found, names),
        "structured_data": structured_data.article(found, authors, lessons, themes)
        if found.is_published
        else "",
        "kept": kept_by(request.user, found),
        "is_overdue": bool(found.review_on and found.review_on < timezone.localdate()),
        "review_day": dates.day(found.review_on) if found.review_on else "",
        "can_edit": found.can_be_edited_by(request.user),
    }
    response = render(request, "learning/write_up.html", context, status=410 if found.is_withdrawn else 200)
    return closed_unless_public(response, found)


@login_not_required
@require_safe
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = visible(request, slug)
    if found.is_withdrawn and not found.can_be_reviewed_by(request.user):
        return withdrawn(request, found)
    lessons = {lesson.position: lesson for lesson in found.lessons.all()}
    if number not in lessons:
        raise Http404
    chosen: Lesson = lessons[number]
    for one in lessons.values():
        one.write_up = found
    authors = authors_of(found)
    beside = around(found)
    themes = beside.lesson_themes.get(number) or beside.themes
    context = {
        "write_up": found,
        "lesson": chosen,
        "title": chosen.tr("title"),
        "write_up_title": found.tr("title"),
        "body": chosen.tr("body"),
        "authors": authors,
        # Said once: beside the authors, or by itself where none of them is from it.
        "names_organisation": all(author.organisation_id != found.organisation_id for author in authors),
        "themes": themes,
        "total": len(lessons),
        "previous": lessons.get(number - 1),
        "following": lessons.get(number + 1),
        "others": list(nearby.lessons_about(themes[0].pk, found)) if themes else [],
        "published": day(found.published_at),
        "citations": citing.citations(found, [author.name for author in authors], chosen),
        "kept": kept_by(request.user, found),
    }
    response = render(request, "learning/lesson.html", context, status=410 if found.is_withdrawn else 200)
    return closed_unless_public(response, found)


def withdrawn(request: HttpRequest, found: WriteUp) -> HttpResponse:
    """Gone, and why; nothing of what it said."""
    reason: Text = found.tr("withdrawn_reason")
    context = {
        "write_up": found,
        "title": found.tr("title"),
        "reason": reason,
        "on": day(found.withdrawn_at)[0],
    }
    return render(request, "learning/withdrawn.html", context, status=410)


def kept_by(member: Any, found: WriteUp) -> set[int]:
    """Numbers of the lessons that the member keeps."""
    if not member.is_authenticated:
        return set()
    return set(
        Keep.objects.filter(member=member, lesson__write_up=found).values_list("lesson__position", flat=True)
    )


def closed_unless_public(response: HttpResponse, found: WriteUp) -> HttpResponse:
    if not found.is_published:
        add_never_cache_headers(response)
    return response
