"""Pages of a list whose length may be known already: then no COUNT runs."""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

PER_PAGE = 20


class KnownTotal(Paginator):
    def __init__(
        self, object_list: Any, per_page: int = PER_PAGE, total: int | None = None, **options: Any
    ) -> None:
        super().__init__(object_list, per_page, **options)
        self.total = total

    @cached_property
    def count(self) -> int:
        return super().count if self.total is None else self.total


def page_of(
    request: HttpRequest, objects: Any, per_page: int = PER_PAGE, total: int | None = None
) -> Page[Any]:
    """The page that `?page=` asks for; the first for nonsense, the last for one too far."""
    pages = KnownTotal(objects, per_page, total)
    try:
        return pages.page(request.GET.get("page", 1))
    except PageNotAnInteger:
        return pages.page(1)
    except EmptyPage:
        try:
            return pages.page(1 if int(request.GET["page"]) < 1 else pages.num_pages)
        except EmptyPage:
            return pages.page(1)
