"""Links that are a secret: whoever has one needs no account. Only hashes of them are kept."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Tokens are as good as 192 random bits or more, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def unshared(response: HttpResponse) -> HttpResponse:
    """Let neither caches, nor other sites, nor search engines learn the address or the page."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def behind_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose address holds the secret: for whoever comes, and told to nobody else.

    It asks for no CSRF token, because another site cannot know the link, and because the `no-referrer` of its pages
    makes browsers say "Origin: null", which Django's check refuses.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(*args: object, **kwargs: object) -> HttpResponse:
        return unshared(view(*args, **kwargs))

    return answer
