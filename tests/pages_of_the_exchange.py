"""The table itself (see `tests/pages.py`). A new address fails the suite until it has its row here."""

from tests.pages import ALL_OK, MEMBERS, Page
from tests.pages_of_bookings import BOOKINGS
from tests.pages_of_learning import READING, WRITING
from tests.pages_of_members import ACCOUNTS, ORGANISATIONS
from tests.pages_of_the_workspace import WORKSPACE
from themes.models import Theme

SEMINAR = {"slug": "redesigning-public-services"}


def digital() -> dict[str, object]:
    """Numbers differ from one database to the next: a sequence is not wound back."""
    return {"word": "theme", "pk": Theme.objects.get(slug_en="digital").pk}


EXCHANGE = [
    Page("welcome", "200 302 302 302 302"),
    Page("home", ALL_OK),
    Page("about", ALL_OK),
    Page("accessibility", ALL_OK),
    Page("privacy", ALL_OK),
    Page("components", ALL_OK),
    Page("mail", ALL_OK),
    Page("healthz", ALL_OK, html=False),
    Page("readyz", ALL_OK, html=False),
    Page("robots", ALL_OK, html=False),
]
THEMES = [
    Page("themes:themes", ALL_OK),
    Page("themes:theme", ALL_OK, {"slug": "digital"}),
    Page("themes:tags", ALL_OK),
    Page("themes:tag", ALL_OK, {"slug": "digital"}),
    Page("themes:merge-tag", "302 403 403 403 200", {"slug": "digital"}),
    Page("themes:tag-suggestions", ALL_OK, query="?q=di", html=False),
    Page("themes:followed", MEMBERS),
    Page("themes:follow", "302 302 302 302 302", digital, method="post", html=False),
    Page("themes:stop-following", "302 302 302 302 302", digital, method="post", html=False),
]
CARDIFF = {"slug": "redesigning-public-services", "date_slug": "cardiff-2016-09-13"}
SEMINARS = [
    Page("seminars:seminars", ALL_OK),
    Page("seminars:seminars", ALL_OK, query="?theme=digital&month=13"),
    Page("seminars:seminars", ALL_OK, query="?region=Mid+Wales&attendance=online&month=2016-01"),
    Page("seminars:past", ALL_OK),
    Page("seminars:month", ALL_OK, {"year": 2016, "month": 9}),
    Page("seminars:month", ALL_OK, {"year": 2016, "month": 8}),
    Page("seminars:calendar-file", ALL_OK, html=False),
    Page("seminars:feed", ALL_OK, html=False),
    Page("seminars:seminar", ALL_OK, SEMINAR),
    Page("seminars:seminar", "404 404 200 404 200", {"slug": "artificial-intelligence-with-care"}),
    Page("seminars:date", ALL_OK, CARDIFF),
    Page("seminars:date-file", ALL_OK, CARDIFF, html=False),
    Page("seminars:series-list", ALL_OK),
    Page("seminars:series", ALL_OK, {"slug": "digital-service-delivery"}),
    Page("seminars:series-feed", ALL_OK, {"slug": "digital-service-delivery"}, html=False),
    Page("seminars:speaker", ALL_OK, {"slug": "barry-parsons"}),
    # The example has links and no files.
    Page("seminars:resource", "404 404 404 404 404", {"pk": 1}, html=False),
]
# Addresses that are looked after elsewhere: none.
ELSEWHERE: set[str] = set()
PAGES = [*EXCHANGE, *THEMES, *SEMINARS, *WORKSPACE, *BOOKINGS, *WRITING, *READING, *ACCOUNTS, *ORGANISATIONS]
