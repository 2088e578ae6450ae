"""Seminar dates as an Atom feed, in the language of the address: everything, by theme, or a series."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from seminars import wording
from seminars.calendar import absolute, last_changed, since, title_of
from seminars.cards import for_cards
from seminars.filters import asked_theme
from seminars.models import SeminarDate, Series
from themes.models import Theme
from ui.dates import day as told_day

MOST_ENTRIES = 60


class DateFeed(Feed):
    """The dates that changed last come first, so that a moved or cancelled one is told again."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Theme | Series | None:
        if slug := kwargs.get("slug"):
            return get_object_or_404(Series.objects.public(), slug=slug)
        return asked_theme(request)

    def title(self, narrowed: Theme | Series | None) -> str:
        if narrowed is None:
            return _("Seminars of the Good Practice Exchange")
        return _("Seminars: %(name)s") % {"name": wording.one_line(str(narrowed))}

    def subtitle(self, narrowed: Theme | Series | None) -> str:
        return _("New dates, and dates that were moved or cancelled")

    def link(self, narrowed: Theme | Series | None) -> str:
        return absolute(
            narrowed.get_absolute_url() if isinstance(narrowed, Series) else reverse("seminars:seminars")
        )

    def feed_url(self, narrowed: Theme | Series | None) -> str:
        return absolute(address_of(narrowed))

    def feed_guid(self, narrowed: Theme | Series | None) -> str:
        return self.feed_url(narrowed)

    def items(self, narrowed: Theme | Series | None) -> Iterable[SeminarDate]:
        dates = for_cards(SeminarDate.objects.public()).filter(ends_at__gte=since())
        if isinstance(narrowed, Theme):
            dates = dates.filter(seminar__themes=narrowed)
        if isinstance(narrowed, Series):
            dates = dates.filter(seminar__series=narrowed)
        return dates.order_by("-updated_at", "-pk")[:MOST_ENTRIES]

    def item_title(self, item: SeminarDate) -> str:
        return f"{title_of(item)} ({told_day(item.local_start.date())})"

    def item_description(self, item: SeminarDate) -> str:
        when = f"{wording.weekday_and_day(item.local_start.date())}, {wording.span(item.local_start, item.local_end)}"
        if zone := wording.zone(item):
            when = f"{when} ({zone})"
        news = _("This date is cancelled.") if item.is_cancelled else wording.moved(item)
        parts = [news, wording.reason(item), f"{when}. {wording.place(item)}.", item.seminar.tr("summary")]
        return "\n".join(_escaped(wording.one_line(part)) for part in parts if part)

    def item_link(self, item: SeminarDate) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: SeminarDate) -> str:
        return f"urn:uuid:{item.uuid}"

    def item_pubdate(self, item: SeminarDate) -> datetime | None:
        return item.seminar.published_at

    def item_updateddate(self, item: SeminarDate) -> datetime:
        return last_changed(item)

    def item_author_name(self, item: SeminarDate) -> str:
        return wording.one_line(item.seminar.organisation.tr("name"))

    def item_categories(self, item: SeminarDate) -> list[str]:
        return [wording.one_line(theme.tr("name")) for theme in item.seminar.themes.all()]


def address_of(narrowed: Theme | Series | None) -> str:
    if isinstance(narrowed, Series):
        return reverse("seminars:series-feed", args=[narrowed.slug])
    address = reverse("seminars:feed")
    return f"{address}?theme={narrowed.tr_slug}" if narrowed else address


def _escaped(text: str) -> str:
    """Atom's summary is read as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
