"""Pages that exist only in development: the component gallery, and the mail that would have been sent."""

from email import message_from_bytes, policy
from email.message import Message
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange import gallery

# How Django's mail folder divides the messages of a file.
BETWEEN = b"\n" + b"-" * 79 + b"\n"


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange/components.html", gallery.context(request.GET.get("page")))


@login_not_required
def mail(request: HttpRequest) -> HttpResponse:
    """The newest fifty messages in the mail folder, newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR_DIR / "mail"))
    files = sorted(folder.glob("*.log"), reverse=True) if folder.is_dir() else []
    letters = (
        _letter(raw) for file in files for raw in reversed(file.read_bytes().split(BETWEEN)) if raw.strip()
    )
    return render(request, "exchange/mail.html", {"letters": list(islice(letters, 50))})


def _letter(raw: bytes) -> dict[str, Any]:
    message = message_from_bytes(raw.lstrip(), policy=policy.default)
    body = message.get_body(("plain",))
    html = message.get_body(("html",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "at": message["Date"],
        "text": body.get_content() if body else "",
        "html_size": len(html.get_content()) if html else 0,
        "unsubscribe": message["List-Unsubscribe"],
        "enclosed": [
            _enclosed(part) for part in message.walk() if part not in (body, html) and not part.is_multipart()
        ],
    }


def _enclosed(part: Message) -> dict[str, Any]:
    """A part that is no text of the letter; of a calendar entry also what it asks a calendar to do, and the entry."""
    is_calendar = part.get_content_type() == "text/calendar"
    decoded = part.get_payload(decode=True)
    content = decoded if isinstance(decoded, bytes) else b""
    return {
        "name": part.get_filename() or "",
        "kind": part.get_content_type(),
        "size": len(content),
        "method": part.get_param("method") or "" if is_calendar else "",
        "text": content.decode(errors="replace") if is_calendar else "",
    }
