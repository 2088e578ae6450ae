"""Every page in Welsh, read for English that nobody marked for translation: texts that say `lang="en"` may be English."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from people.models import Member
from tests.pages import SIGN_INS, Page
from tests.pages_of_the_exchange import PAGES

pytestmark = pytest.mark.django_db
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNREAD = {
    "script",
    "style",
    "code",
    "pre",
    "option",
}  # names of organisations stand in options in their own language
SAID_BY = {"alt", "aria-label", "placeholder", "title"}
# No Welsh word is spelt like one of these.
ENGLISH = re.compile(
    r"\b(the|and|of|your|you|with|for|this|that|are|from|not|has|have|please|enter|choose|save)\b", re.I
)
WORDS_OF_DEVELOPERS = {"components"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.english: list[str] = []

    def read(self, text: str, language: str | None = None) -> None:
        said = language or next((lang for _tag, lang in reversed(self.open) if lang), None)
        if (
            said == "cy"
            and ENGLISH.search(re.sub(r"https?://\S+", "", text))
            and not UNREAD & {tag for tag, _lang in self.open}
        ):
            self.english.append(" ".join(text.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, found.get("lang")))
        for name in SAID_BY & found.keys():
            self.read(found[name] or "", found.get("lang"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1][0] != "title":  # a title may be that of a text in English only
            self.read(data)


READ = [
    page
    for page in PAGES
    if page.method == "get" and page.html and page.first_reader and page.name not in WORDS_OF_DEVELOPERS
]


@pytest.mark.parametrize("page", READ, ids=lambda page: f"{page.name}{page.query}")
def test_no_english_on_a_welsh_page(example: None, page: Page) -> None:
    client, role = Client(), page.first_reader
    if role in SIGN_INS:
        client.force_login(
            Member.objects.get(email=SIGN_INS[role]),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    with translation.override("cy"):
        answer = client.get(page.address(), headers={"accept-language": "cy"}, follow=True)
    reader = Reader()

    reader.feed(answer.content.decode())

    assert answer.status_code == 200
    assert reader.english == []
