"""Pages that exist only in development: the component gallery, and the mail that would have been sent."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange import gallery


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange/components.html", gallery.context(request.GET.get("page")))


@login_not_required
def mail(request: HttpRequest) -> HttpResponse:
    """The newest fifty messages in the mail folder, newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR_DIR / "mail"))
    letters = []
    for file in sorted(folder.glob("*.log"), reverse=True)[:50] if folder.is_dir() else []:
        for part in reversed(file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")):
            if part.strip():
                message = message_from_bytes(part.lstrip(), policy=policy.default)
                body = message.get_body(("plain",))
                letters.append(
                    {
                        "to": message["To"],
                        "subject": message["Subject"],
                        "at": message["Date"],
                        "text": body.get_content() if body else "",
                    }
                )
    return render(request, "exchange/mail.html", {"letters": letters})
