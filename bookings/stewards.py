"""Who may check people in: the seminar's organisers, and whoever opened the stewards' link on this device."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from bookings import arriving
from seminars.models import SeminarDate
from ui.secret_links import hashed

KEPT = "stewards"  # in the session: {the date's UUID: hash of the link that was opened}


def date_by_uuid(uuid: UUID) -> SeminarDate:
    found = (
        SeminarDate.objects.public()
        .filter(uuid=uuid, booking_rules__isnull=False)
        .select_related("seminar__organisation", "venue", "booking_rules")
        .first()
    )
    if found is None:
        raise Http404
    return found


def date_by_token(token: str) -> SeminarDate | None:
    """The date that the stewards' link is for. There are few dates at a time on which anybody can be checked in."""
    for date in arriving.dates_open():
        if constant_time_compare(arriving.steward_token(date.booking_rules), token):
            return date
    return None


def remember(request: HttpRequest, seminar_date: SeminarDate) -> None:
    """This device belongs to a steward of this date, until the day after it."""
    kept = request.session.get(KEPT, {})
    request.session[KEPT] = {
        **kept,
        str(seminar_date.uuid): hashed(arriving.steward_token(seminar_date.booking_rules)),
    }


def holds_link(request: HttpRequest, seminar_date: SeminarDate) -> bool:
    """Whether the stewards' link that is good now was opened on this device."""
    held = request.session.get(KEPT, {}).get(str(seminar_date.uuid), "")
    return constant_time_compare(held, hashed(arriving.steward_token(seminar_date.booking_rules)))


def may_check_in(request: HttpRequest, seminar_date: SeminarDate) -> bool:
    if seminar_date.seminar.can_be_run_by(request.user):
        return True
    return holds_link(request, seminar_date) and arriving.is_open(seminar_date)


def for_stewards(view: Any) -> Any:
    """`view(request, date, ...)`; to others a page that tells nothing about anybody."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, uuid: UUID, **kwargs: object) -> HttpResponse:
        date = date_by_uuid(uuid)
        if may_check_in(request, date):
            response = view(request, date, **kwargs)
        else:
            response = render(request, "bookings/day/not_a_steward.html", {"date": date}, status=403)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
