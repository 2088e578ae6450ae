"""One plain search over everything published."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import asking, finding
from themes.models import Theme
from ui.pagination import page_of


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    question = asking.read(request.GET.get("q", ""))
    context = {"question": question, "asked": question.asked}
    if not question.words:
        return render(request, "search/search.html", {**context, **suggestions()})
    page = page_of(request, finding.write_ups(question))
    found: Page[finding.Hit] = Page(
        finding.write_up_hits(page.object_list, question.words), page.number, page.paginator
    )
    sections = finding.beside(question) if page.number == 1 else []
    total = page.paginator.count + sum(section.count for section in sections)
    context |= {"page": found, "sections": sections, "total": total, "write_ups": page.paginator.count}
    if not total:
        context |= suggestions()
    return render(request, "search/search.html", context)


def suggestions() -> dict[str, object]:
    """Ways in for those who have no word yet, or one that nothing holds."""
    return {"themes": Theme.objects.editorial(), "tags": finding.popular_tags()}
