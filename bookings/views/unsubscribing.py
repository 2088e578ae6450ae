"""The page behind "no more messages like this". Whoever has the link is asked for nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bookings.letters.unsubscribing import Subscriber, subscriber
from ui.secret_links import behind_a_link


@behind_a_link
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Reading it changes nothing: mail programs open links to look for harm. A POST unsubscribes, also that of a mail
    program's own button (RFC 8058), which is answered without a redirect."""
    found = subscriber(token)
    if found is not None and request.method == "POST":
        found.unsubscribe()
    return _page(request, found, token)


@require_POST
@behind_a_link
def resubscription(request: HttpRequest, token: str) -> HttpResponse:
    found = subscriber(token)
    if found is not None:
        found.subscribe_again()
    return _page(request, found, token, has_come_back=True)


def _page(request: HttpRequest, found: Subscriber | None, token: str, **context: bool) -> HttpResponse:
    if found is None:
        return render(request, "bookings/writing/unsubscribe_unknown.html", status=404)
    names = {"subscriber": found, "is_subscribed": found.is_subscribed, "token": token, **context}
    return render(request, "bookings/writing/unsubscribe.html", names)
