"""The mail page of development, over the folder that mails land in there."""

from email.mime.image import MIMEImage
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


def test_mail_page_shows_the_html_version_as_a_mail_program_would(
    tmp_path: Path, settings: Any, client: Client
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    letter = EmailMultiAlternatives("Your place", "See", to=["mair@body.example"])
    letter.attach_alternative('<p style="color:red">Gŵyl</p><img src="cid:code">', "text/html")
    picture = MIMEImage(b"\x89PNG", "png")
    picture.add_header("Content-ID", "<code>")
    letter.attach(picture)
    letter.extra_headers["Message-ID"] = "<a+b@exchange.example>"
    backend = "django.core.mail.backends.filebased.EmailBackend"
    get_connection(backend, file_path=tmp_path).send_messages([letter])

    page = client.get("/mail/").content.decode()
    assert 'href="?html=%3Ca%2Bb%40exchange.example%3E"' in page
    shown = client.get("/mail/?html=%3Ca%2Bb%40exchange.example%3E")

    assert '<p style="color:red">Gŵyl</p>' in shown.content.decode()
    assert 'src="data:image/png;base64,iVBORw=="' in shown.content.decode()
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert client.get("/mail/?html=nothing").status_code == 404
