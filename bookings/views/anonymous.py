"""Forms that anybody may send, with no account and no cookie."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def for_anybody(view: View) -> View:
    """Of a member, whose browser sends a cookie along, the CSRF token is asked as everywhere. Whoever has not signed in
    has nothing that another site could misuse, and no cookie is set; forms that come from other sites are refused.

    The pages hold a key of their own and what people typed: no cache on the way keeps them, and no search engine. The
    browser itself may, or its Back button would lose the form, whose pages are answers to what was sent.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            response = protected(request, *args, **kwargs)
        elif request.method == "POST" and _comes_from_elsewhere(request):
            raise PermissionDenied
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """As browsers say of themselves; what is no browser says nothing, and could say anything."""
    if request.headers.get("Sec-Fetch-Site") in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "cross-site"
    return urlsplit(origin).netloc != request.get_host() and origin not in settings.CSRF_TRUSTED_ORIGINS
