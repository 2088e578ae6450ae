"""What a steward's device asks for and sends: the list, the counts, and what it noted without a connection."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import arriving, doors
from bookings.models import Booking, CheckIn
from bookings.stewards import for_stewards
from people.refusal import Refused
from seminars.models import SeminarDate
from seminars.wording import one_line

MOST_AT_ONCE = 200


@require_POST
@for_stewards
def replay(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    """[{"uuid", "code", "at", "undo"?}, ...] → [{"uuid", "result": "done" | "refused", "words", "note"}, ...]

    Sent again, it does nothing twice. `undo` is the note of the check-in that is taken back, and the `note` that comes
    back is the one of the check-in that counts now.
    """
    try:
        given = [Note.read(one) for one in json.loads(request.body)]
    except (AttributeError, ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"error": _("This is not a list of check-ins.")}, status=400)
    if len(given) > MOST_AT_ONCE:
        return JsonResponse({"error": _("Send fewer check-ins at a time.")}, status=413)
    found = Booking.objects.filter(seminar_date=date, code__in={note.code for note in given})
    bookings = {one.code: one for one in found.select_related("seminar_date")}
    return JsonResponse({"answers": [_answer(request, date, bookings.get(one.code), one) for one in given]})


def _moment(text: Any) -> datetime | None:
    """By the device's clock; one that says no zone is not believed."""
    found = parse_datetime(text) if isinstance(text, str) else None
    return found if found and is_aware(found) else None


@dataclass(frozen=True)
class Note:
    """What a device noted: that somebody is here, or, with `undo`, that an earlier note was a mistake."""

    uuid: UUID
    code: str
    at: datetime | None
    undo: UUID | None

    @classmethod
    def read(cls, given: dict[str, Any]) -> "Note":
        undo = given.get("undo")
        return cls(
            UUID(str(given["uuid"])),
            one_line(str(given["code"])).upper(),
            _moment(given.get("at")),
            UUID(str(undo)) if undo else None,
        )


def _answer(
    request: HttpRequest, date: SeminarDate, booking: Booking | None, note: Note
) -> dict[str, str | None]:
    words, live = "", None
    try:
        live = _noted(request, date, booking, note)
    except Refused as refused:
        words = str(refused)
    return {
        "uuid": str(note.uuid),
        "result": "refused" if words else "done",
        "words": words,
        "note": str(live.client_uuid) if live else None,
    }


def _noted(request: HttpRequest, date: SeminarDate, booking: Booking | None, note: Note) -> CheckIn | None:
    if booking is None:
        raise Refused(_("There is no booking with this code."))
    if not arriving.is_open(date):
        raise Refused(_("The day is over: ask an organiser."))
    if note.undo is None:
        return arriving.check_in(
            booking, CheckIn.Way.CODE, client_uuid=note.uuid, at=note.at, by=request.user
        )
    if made := booking.check_ins.filter(client_uuid=note.undo).first():
        made.booking = booking
        arriving.undo(made, by=request.user)
    return booking.check_ins.filter(undone_at=None).first()


@require_safe
@for_stewards
def arrivals(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    found = doors.arrivals(date)
    tag = doors.etag(found)
    response = get_conditional_response(request, etag=tag) or JsonResponse({"people": doors.as_data(found)})
    response["ETag"] = tag
    return response


@require_safe
@for_stewards
def counts(request: HttpRequest, date: SeminarDate) -> HttpResponse:
    """The figures alone, for the script that keeps them fresh."""
    return render(request, "bookings/day/_counts.html", {"counts": arriving.counts(date)})


@login_not_required
@require_safe
def worker(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The script that shows the device's own copy where there is no connection: the same for everybody, and no secret."""
    source = Path(str(finders.find("js/check-in-worker.js"))).read_text(encoding="utf-8")
    return HttpResponse(source, "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
