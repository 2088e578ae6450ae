"""What the pages about how a date is booked have in common."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.models import BookingRules, Pool
from people.models import Member
from seminars.models import SeminarDate
from seminars.views.workspace import date_of


def arranged(request: HttpRequest, slug: str, date_slug: str) -> SeminarDate:
    """The date with its rules, or with rules that are not saved yet: `date.booking_rules.pk` is None then."""
    date = date_of(request, slug, date_slug)
    rules = BookingRules.objects.filter(seminar_date=date).first() or BookingRules()
    rules.seminar_date = date
    date.booking_rules = rules
    return date


def pools_of(date: SeminarDate) -> list[Pool]:
    pools = list(Pool.objects.filter(seminar_date=date))
    for pool in pools:
        pool.seminar_date = date
    return pools


def ways_left(date: SeminarDate, pools: list[Pool]) -> list[tuple[str, str]]:
    """The ways in which the date is held and cannot be booked yet."""
    held = {Pool.Attendance.IN_PERSON: date.is_in_person, Pool.Attendance.ONLINE: date.is_online}
    open_already = {pool.attendance for pool in pools}
    return [
        (way.value, str(way.label)) for way, is_held in held.items() if is_held and way not in open_already
    ]


def page(request: HttpRequest, name: str, date: SeminarDate, heading: str, **context: Any) -> HttpResponse:
    """Some of these pages show names, so that no cache keeps any of them."""
    names = {
        "seminar": date.seminar, "date": date, "tab": "dates", "desk_tab": "arrange", "heading": heading, **context
    }  # fmt: skip
    response = render(request, f"bookings/arranging/{name}.html", names)
    response["Cache-Control"] = "no-store, private"
    return response


def form_page(
    request: HttpRequest, date: SeminarDate, form: Any, heading: str, button: str = "", **context: Any
) -> HttpResponse:
    return page(
        request, "form", date, heading, form=form, button=button or _("Save"),
        back=context.pop("back", None) or main_address(date), **context,
    )  # fmt: skip


def confirmation(
    request: HttpRequest, date: SeminarDate, heading: str, button: str, **context: Any
) -> HttpResponse:
    return page(
        request, "confirm", date, heading, button=button, back=context.pop("back", None) or main_address(date), **context
    )  # fmt: skip


def me(request: HttpRequest) -> Member:
    """Whoever is signed in: nobody else comes as far as these pages."""
    return cast(Member, request.user)


def main_address(date: SeminarDate) -> str:
    return address(date, "arrange")


def address(date: SeminarDate, name: str, *args: Any) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug, *args])
