"""Where a mail provider tells of letters that came back. Its address is secret, and is set by the environment."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bookings import bounces

NOTICES = {"message/rfc822", "multipart/report", "text/plain"}


@csrf_exempt
@login_not_required
@require_POST
def bounced(request: HttpRequest, secret: str) -> HttpResponse:
    if not settings.BOUNCE_SECRET or not constant_time_compare(secret, settings.BOUNCE_SECRET):
        raise Http404
    try:
        if request.content_type in NOTICES:
            found = bounces.of_notification(request.body)
        else:
            found = bounces.of_webhook(json.loads(request.body))
    except (ValueError, RecursionError):
        return HttpResponse("This tells of no letter.\n", status=400, content_type="text/plain")
    return HttpResponse(f"{bounces.note(found, trusted=True)}\n", content_type="text/plain")
