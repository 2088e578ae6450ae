"""For confirmed delegates: the joining page, around the time of the date, and who else comes."""

from urllib.parse import urlsplit

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from bookings import arriving
from bookings.models import Booking, CheckIn
from bookings.standing import Standing
from bookings.views.managing import page
from bookings.views.secret import managed
from ui.bilingual import either
from ui.folding import fold
from ui.pagination import page_of

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def joining(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """The instructions and the way in: never before the time, nor for anybody whose place is not confirmed."""
    standing = Standing(booking)
    is_open = standing.is_joining_open()
    link = booking.seminar_date.joining_link if is_open else ""
    if request.method == "POST" and link:
        arriving.check_in(booking, CheckIn.Way.ONLINE)
        return HttpResponseRedirect(link)
    response = page(
        request, "joining", booking, token,
        standing=standing, is_open=is_open, has_link=bool(link), acted=request.method == "POST",
        instructions=either(booking.seminar_date, "joining_instructions") if is_open else "",
    )  # fmt: skip
    if not standing.is_delegate:
        response.status_code = 403
    if link:
        # Browsers hold forms to this also where they are led on from.
        site = urlsplit(link)
        response._csp_update = {"form-action": [f"{site.scheme}://{site.netloc}"]}  # type: ignore[attr-defined]
    return response


@require_safe
@managed
def delegates(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    """Those who agreed to be on the list, for one another."""
    standing = Standing(booking)
    if not standing.has_list:
        response = page(request, "no_list", booking, token, standing=standing)
        response.status_code = 403
        return response
    words = request.GET.get("q", "").strip()[:100]
    found = (
        Booking.objects.filter(
            seminar_date=booking.seminar_date,
            state__in=[Booking.State.CONFIRMED, Booking.State.ATTENDED],
            is_on_list=True,
            anonymised_at=None,
        )
        .select_related("organisation")
        .only(
            "name",
            "kind",
            "organisation_name",
            "organisation__name_en",
            "organisation__name_cy",
            "organisation__slug",
        )
        .order_by("name_folded", "pk")
    )
    for word in fold(words).split():
        found = found.filter(
            Q(name_folded__contains=word)
            | Q(organisation__folded__contains=word)
            | Q(organisation_name__icontains=word)
        )
    return page(
        request, "delegates", booking, token, standing=standing, words=words,
        found=page_of(request, found, PER_PAGE),
    )  # fmt: skip
