"""The links of one's bookings, sent once more. The answer is the same whether there are any: it tells nobody who booked."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bookings import letters
from bookings.forms.lost_link import LostLinkForm
from bookings.views.anonymous import for_anybody
from seminars.views.workspace import posted
from ui.folding import fold_email


@for_anybody
def lost_link(request: HttpRequest) -> HttpResponse:
    form = LostLinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        # What one address or one network may ask for: nobody's mailbox is filled by strangers.
        if not ratelimit.consume(request, action="booking-link", key=fold_email(email)):
            return render(request, "429.html", status=429)
        letters.link_again(email)
        response = redirect("bookings:lost-link")
        response["Location"] += "?sent=1"
        return response
    context = {"form": form, "is_sent": request.GET.get("sent") == "1"}
    return render(request, "bookings/booking/lost_link.html", context)
