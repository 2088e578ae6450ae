from tests.pages import Page

PAGES: list[Page] = [
    # Its secret is not set, so that it is not there for anybody.
    Page("bounces", "404 404 404 404 404", {"secret": "unknown"}, method="post", html=False),
]
