"""One booking: all that is known of it, its history, and the one-step actions, each with a page that asks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import changing, correcting, history, waiting
from bookings.forms.organising import ReasonForm
from bookings.models import Booking
from bookings.views.desk import booking_of, form_page, of_date, page, who
from people.models import AuditEvent
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.views.workspace import posted, tell_refusal


@require_safe
def booking(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    if found.offer_expires_at and found.offer_expires_at <= timezone.now():
        waiting.expire(found.seminar_date)
        found = of_date(found.seminar_date, pk)
    return _one(request, found)


@require_POST
def needs(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """The same page with what the delegate needs, for who asked to see it."""
    found = booking_of(request, slug, date_slug, pk)
    AuditEvent.record(request.user, "needs-read", found)
    return _one(request, found, needs=list(found.needs.all()))


def _one(request: HttpRequest, booking: Booking, **context: Any) -> HttpResponse:
    own = booking.places.select_related("run__session", "run__slot__seminar_date", "run__room")
    answers = booking.answers.select_related("question").order_by("question__position", "question__pk")
    group = (
        booking.group.bookings.exclude(pk=booking.pk).order_by("request_place", "pk") if booking.group else ()
    )
    return page(
        request, "booking", booking.seminar_date, booking.name, booking=booking, places=own, answers=answers, group=group,
        position=waiting.position(booking), events=history.of(booking),
        moved_to=booking.replaced_by.select_related("seminar_date").order_by("-pk").first(),
        desk_tab="organise-list", **context,
    )  # fmt: skip


def _ask(
    request: HttpRequest,
    booking: Booking,
    heading: str,
    button: str,
    verb: Callable[..., Any],
    said: str,
    *,
    hint: str = "",
    introduction: str = "",
    is_dangerous: bool = False,
) -> HttpResponse:
    """Ask before something is done; with a hint, for a reason as well, which the verb is given."""
    back = address_of(booking)
    form = ReasonForm(posted(request), hint=hint) if hint else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            verb(*([form.cleaned_data["reason"]] if form else []))
            messages.success(request, said)
            return redirect(back)
        except Refused as refused:
            if form is None:
                tell_refusal(request, refused)
                return redirect(back)
            say_refusal(form, refused)
    return form_page(
        request, booking.seminar_date, form, heading % {"name": booking.name}, button, back,
        introduction=introduction, is_dangerous=is_dangerous, desk_tab="organise-list",
    )  # fmt: skip


def address_of(booking: Booking) -> str:
    date = booking.seminar_date
    return reverse("bookings:organise-booking", args=[date.seminar.slug, date.slug, booking.pk])


def approval(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Approve the request of %(name)s?"), _("Yes, approve"),
        lambda: changing.approve(found, by=who(request)), _("The request is approved, and a confirmation goes out."),
    )  # fmt: skip


def refusal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Decline the request of %(name)s?"), _("Yes, decline"),
        lambda reason: changing.decline_request(found, reason, by=who(request)), _("The request is declined."),
        hint=_("They read it in the letter that tells them."), is_dangerous=True,
    )  # fmt: skip


def priority(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """To the front of the queue: the next place that becomes free is offered to them."""
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Offer %(name)s the next place?"), _("Put first in the queue"),
        lambda reason: waiting.prefer(found, 1, reason, by=who(request)), _("They are first in the queue now."),
        hint=_("It is kept in the history of the booking, for whoever asks why. Name nobody, and say nothing of what they need."),
        introduction=_("They go before everybody else who waits. If a place is free now, it is offered to them at once."),
    )  # fmt: skip


def priority_removal(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Put %(name)s back to where they were in the queue?"), _("Yes, put back"),
        lambda: waiting.prefer(found, 0, "", by=who(request)), _("They are back where they were in the queue."),
    )  # fmt: skip


def split(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Split the group of %(name)s?"), _("Yes, split"),
        lambda: changing.split_group(found, by=who(request)), _("The group is split."),
        introduction=_("They asked to come together or not at all. Split, each of them is offered a place when there is one."),
        is_dangerous=True,
    )  # fmt: skip


def cancellation(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Cancel the booking of %(name)s?"), _("Yes, cancel it"),
        lambda reason: changing.cancel(found, by=who(request), reason=reason), _("The booking is cancelled, and they are told."),
        hint=_("They read it in the letter that tells them."), is_dangerous=True,
        introduction=_("Their place goes to the next in the queue at once, so this cannot be undone."),
    )  # fmt: skip


def letter(request: HttpRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    found = booking_of(request, slug, date_slug, pk)
    return _ask(
        request, found, _("Send %(name)s the letter again?"), _("Send it"),
        lambda: correcting.write_again(found, by=who(request)), _("The letter goes out again."),
        introduction=_("The letter that tells how the booking stands, with the link that manages it."),
    )  # fmt: skip
