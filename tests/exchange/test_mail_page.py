"""The mail page of development, over the folder that mails land in there."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

pytestmark = pytest.mark.django_db
ENTRY = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def test_mail_page_shows_text_with_its_links_and_what_is_enclosed(
    tmp_path: Path, settings: Any, client: Client
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    letter = EmailMultiAlternatives(
        "Your place", "See https://exchange.example/x/\nDiolch", to=["mair@body.example"]
    )
    letter.attach_alternative("<p>See</p>", "text/html")
    letter.attach("place.ics", ENTRY, "text/calendar; method=REQUEST")
    plain = EmailMultiAlternatives("Another", "Short", to=["huw@body.example"])
    backend = "django.core.mail.backends.filebased.EmailBackend"
    get_connection(backend, file_path=tmp_path).send_messages([letter, plain])

    page = client.get("/mail/").content.decode()

    assert page.index("Another") < page.index("Your place")
    assert '<a href="https://exchange.example/x/" rel="nofollow">' in page
    assert "with an HTML version" in page
    assert "place.ics, text/calendar, METHOD:REQUEST" in page
    assert "BEGIN:VCALENDAR" in page


def test_mail_page_without_a_folder_is_empty(tmp_path: Path, settings: Any, client: Client) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "nowhere"

    assert "Nothing has been sent yet." in client.get("/mail/").content.decode()
