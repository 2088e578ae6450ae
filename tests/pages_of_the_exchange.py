"""The table itself (see `tests/pages.py`). A new address fails the suite until it has its row here."""

from tests.pages import ALL_OK, MEMBERS, Page

NINE = {"slug": "redesigning-public-services-nine-lessons"}
SEMINAR = {"slug": "redesigning-public-services"}

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
    Page("themes:follow", "302 302 302 302 302", {"word": "theme", "pk": 1}, method="post", html=False),
    Page(
        "themes:stop-following", "302 302 302 302 302", {"word": "theme", "pk": 1}, method="post", html=False
    ),
]
# Drawn by Django or by allauth, and tested there.
ELSEWHERE: set[str] = set()
PAGES = [*EXCHANGE, *THEMES]
