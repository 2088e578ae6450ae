"""The home page, the exchange's own pages, and health."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange import texts
from learning.cards import short_cards
from learning.models import WriteUp
from seminars.cards import card as date_card
from seminars.cards import for_cards as for_date_cards
from seminars.models import SeminarDate
from themes.models import Theme
from ui.bilingual import reader_language

COMING = 3
NEWEST = 6


@login_not_required
@require_safe
@never_cache
def welcome(request: HttpRequest) -> HttpResponse:
    """`/`: the member's language, else the one chosen before, else a welcome in both."""
    language = getattr(request.user, "language", None) or request.COOKIES.get("django_language")
    if language in {"cy", "en"}:
        return redirect(f"/{language}/")
    with translation.override(get_language_from_request(request)):
        return render(request, "exchange/welcome.html")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is coming, what is new, and the themes: four queries, whatever the size of the exchange."""
    dates = SeminarDate.objects.public().upcoming().scheduled().order_by("starts_at", "pk")
    write_ups = (
        WriteUp.objects.published().newest_first().select_related("organisation").prefetch_related("lessons")
    )
    newest = list(write_ups[:NEWEST])
    lessons = [lesson for write_up in newest for lesson in write_up.lessons.all()]
    themes = list(Theme.objects.all())
    return render(
        request,
        "exchange/home.html",
        {
            "dates": [date_card(one, themes=False) for one in for_date_cards(dates, themes=False)[:COMING]],
            "write_ups": short_cards(newest),
            # Another one every day, the same for everybody.
            "lesson": lessons[timezone.localdate().toordinal() % len(lessons)] if lessons else None,
            "editorial": [theme for theme in themes if theme.framework == Theme.Framework.EDITORIAL],
            "goals": [theme for theme in themes if theme.framework == Theme.Framework.GOAL],
            "ways": [theme for theme in themes if theme.framework == Theme.Framework.WAY],
        },
    )


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _text(request, "about")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _text(request, "accessibility")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _text(request, "privacy")


def _text(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "exchange/text.html", {"page": texts.page(name, reader_language())})


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers and holds every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Exception:  # any database fault means "not ready", and its text may name hosts
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True, "migrations_waiting": waiting}, status=503 if waiting else 200)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "User-agent: *\nDisallow: /admin/\nDisallow: /*/account/\n", content_type="text/plain"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "exchange/csrf.html", status=403)
