"""The list of published write-ups: filtered, counted, paged. Six queries cold, whatever it holds."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.browsing import DEEPEST, PAGE, Filter, count, found, offers, read_filter
from learning.cards import cards, for_cards
from ui.pagination import KnownTotal


def page_number(asked: str | None, last: int) -> int:
    """The page that an address asks for; the first for what is no number, and the last for what lies beyond it."""
    if not asked or not asked.isascii() or not asked.isdigit() or len(asked) > 6:
        return 1
    return min(max(int(asked), 1), last)


@login_not_required
@require_safe
def write_ups(request: HttpRequest) -> HttpResponse:
    chosen = read_filter(request.GET)
    total, counted = count(chosen.chosen)
    path = reverse("learning:write-ups")
    reachable = min(total, PAGE * DEEPEST)
    pages = KnownTotal([], PAGE, total=reachable)
    number = page_number(request.GET.get("page"), pages.num_pages)
    rows = for_cards(found(chosen.chosen, (number - 1) * PAGE, number * PAGE))
    page = Page(cards(rows, chosen.themes), number, pages)
    context = {
        "filter": chosen,
        "removals": removals(chosen, path),
        "groups": offers(chosen, counted, path),
        "total": total,
        "total_text": f"{total:,}",
        "themes_label": _("Themes"),
        "page": page,
        "is_cut": total > reachable and number == pages.num_pages,
        "reachable_text": f"{reachable:,}",
        "all_address": path,
        "feed_address": reverse("learning:feed") + chosen.query(),
        # Combinations are without number: machines need not read them all.
        "is_narrow": len(chosen.chosen) > 1,
    }
    part = request.headers.get("HX-Request") == "true" and not request.headers.get(
        "HX-History-Restore-Request"
    )
    # What was clicked is gone from the page: the number found takes the focus, and is read out.
    context["is_part"] = part
    response = render(request, "learning/_found.html" if part else "learning/write_ups.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def removals(chosen: Filter, path: str) -> list[tuple[str, str, str]]:
    """What each chosen facet is of, its name, and the address without it."""
    return [(choice.title, choice.name, path + chosen.query(removing=choice)) for choice in chosen.chosen]
