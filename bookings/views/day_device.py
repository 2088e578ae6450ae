"""What a steward's device asks for and sends: the list, the counts, and what it noted without a connection."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import arriving, doors
from bookings.models import Booking, CheckIn
from bookings.stewards import for_stewards
from people.refusal import Refused
from seminars.models import SeminarDate

MOST_AT_ONCE = 200


@require_POST
@for_stewards
def replay(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    """[{"uuid", "code", "at"}, ...] → [{"uuid", "result": "done" | "refused", "words"}, ...]; sent again, it does nothing twice."""
    try:
        notes = json.loads(request.body)
        given = [(UUID(str(note["uuid"])), str(note["code"]), _moment(note.get("at"))) for note in notes]
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"error": _("This is not a list of check-ins.")}, status=400)
    if len(given) > MOST_AT_ONCE:
        return JsonResponse({"error": _("Send fewer check-ins at a time.")}, status=413)
    codes = {code.upper() for _uuid, code, _at in given}
    bookings = {one.code: one for one in Booking.objects.filter(seminar_date=date, code__in=codes)}
    answers = [_noted(request, date, bookings.get(code.upper()), uuid, at) for uuid, code, at in given]
    return JsonResponse({"answers": answers})


def _moment(text: Any) -> datetime | None:
    """By the device's clock; one that says no zone is not believed."""
    found = parse_datetime(text) if isinstance(text, str) else None
    return found if found and is_aware(found) else None


def _noted(
    request: HttpRequest, date: SeminarDate, booking: Booking | None, uuid: UUID, at: datetime | None
) -> dict[str, str]:
    if booking is None:
        return {"uuid": str(uuid), "result": "refused", "words": _("There is no booking with this code.")}
    if not arriving.is_open(date):
        return {"uuid": str(uuid), "result": "refused", "words": _("The day is over: ask an organiser.")}
    try:
        arriving.check_in(booking, CheckIn.Way.CODE, client_uuid=uuid, at=at, by=request.user)
    except Refused as refused:
        return {"uuid": str(uuid), "result": "refused", "words": str(refused)}
    return {"uuid": str(uuid), "result": "done", "words": ""}


@require_safe
@for_stewards
def arrivals(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    found = doors.arrivals(date)
    tag = doors.etag(found)
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = JsonResponse({"people": doors.as_data(found)})
    response["ETag"] = tag
    return response


@require_safe
@for_stewards
def counts(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    """The figures alone, for the script that keeps them fresh."""
    return render(request, "bookings/day/_counts.html", {"counts": arriving.counts(date)})
