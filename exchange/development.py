"""Pages that exist only in development: the component gallery, and the mail that would have been sent."""

from base64 import b64encode
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from exchange import gallery

# How Django's mail folder divides the messages of a file.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
# As mail programs show a letter: its own styles, and the pictures that came with it. Nothing else is fetched or run.
POLICY_OF_A_LETTER = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange/components.html", gallery.context(request.GET.get("page")))


@login_not_required
def mail(request: HttpRequest) -> HttpResponse:
    """The newest fifty messages in the mail folder, newest first; `?html=<Message-ID>` is the HTML version of one."""
    if wanted := request.GET.get("html"):
        return _html_version(wanted)
    return render(request, "exchange/mail.html", {"letters": [_letter(one) for one in islice(_sent(), 50)]})


def _sent() -> Iterator[EmailMessage]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR_DIR / "mail"))
    for file in sorted(folder.glob("*.log"), reverse=True) if folder.is_dir() else []:
        for raw in reversed(file.read_bytes().split(BETWEEN)):
            if raw.strip():
                yield message_from_bytes(raw.lstrip(), policy=policy.default)


def _html_version(message_id: str) -> HttpResponse:
    message = next((one for one in _sent() if one["Message-ID"] == message_id), None)
    body = message.get_body(("html",)) if message else None
    if message is None or body is None:
        raise Http404
    html = body.get_content()
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part["Content-ID"] and isinstance(content, bytes):
            address = f"data:{part.get_content_type()};base64,{b64encode(content).decode()}"
            html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", address)
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY_OF_A_LETTER})


def _letter(message: EmailMessage) -> dict[str, Any]:
    body = message.get_body(("plain",))
    html = message.get_body(("html",))
    return {
        "id": message["Message-ID"],
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
