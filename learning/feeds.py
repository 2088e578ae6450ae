"""Atom feeds of published write-ups: everything, or what a filter of the list leaves, by the same parameters."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from learning.browsing import Filter, found, read_filter
from learning.models import WriteUp

ENTRIES = 30


class LearningFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Filter:
        chosen = read_filter(request.GET)
        if chosen.unknown:
            # A feed of everything in place of a theme that is misspelt would be worse than none.
            raise Http404
        return chosen

    def title(self, chosen: Filter) -> str:
        name = f"{settings.SITE_NAME}: {_('learning')}"
        return f"{name} ({chosen.title})" if chosen.chosen else name

    def subtitle(self, chosen: Filter) -> str:
        return _("What public bodies learnt, in numbered lessons")

    def link(self, chosen: Filter) -> str:
        return reverse("learning:write-ups") + chosen.query()

    def feed_guid(self, chosen: Filter) -> str:
        return settings.SITE_ADDRESS + reverse("learning:feed") + chosen.query()

    def feed_url(self, chosen: Filter) -> str:
        return self.feed_guid(chosen)

    def items(self, chosen: Filter) -> list[WriteUp]:
        rows = found(chosen.chosen, 0, ENTRIES).select_related("organisation")
        return list(rows.prefetch_related("lessons", "authors", "tags"))  # type: ignore[misc]

    def item_title(self, item: Any) -> str:
        return item.tr("title")

    def item_description(self, item: Any) -> str:
        titles = [(lesson.tr("title"),) for lesson in item.lessons.all()]
        summary = format_html("<p>{}</p>", item.tr("summary"))
        lessons = format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", titles)) if titles else ""
        return summary + lessons

    def item_link(self, item: Any) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.uuid}"

    def item_author_name(self, item: Any) -> str:
        return ", ".join(author.name for author in item.authors.all()) or item.organisation.tr("name")

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Any) -> datetime:
        return max(item.updated_at, item.published_at)

    def item_categories(self, item: Any) -> list[str]:
        return [tag.name for tag in item.tags.all()]


_feed = LearningFeed()


@login_not_required
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    return _feed(request)
