"""What a delegate will do next, and months later what came of it, behind their own later link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings import feedback, following_up
from bookings.forms.afterwards import CommitmentForm, FollowUpForm
from bookings.models import Booking, Commitment, CommitmentReview
from bookings.views.afterwards import closed, page
from bookings.views.secret import later
from people.refusal import Refused
from seminars.forms import say_refusal
from seminars.views.workspace import posted
from ui.bilingual import reader_language

# There is no session behind a secret link: the address says what has just been done.
SAID = {
    "noted": gettext_lazy("Noted. We ask you what came of it three, six and twelve months after the date."),
    "changed": gettext_lazy("Your change is saved."),
    "removed": gettext_lazy("It is taken away."),
    "answered": gettext_lazy("Thank you. What you told us is kept, and you can change it here."),
}


def _list(token: str, said: str) -> HttpResponse:
    response = redirect("bookings:commitments", token)
    response["Location"] += f"?said={said}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@later
def commitments(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    heading = _("What will you do next?")
    noted = list(booking.commitments.with_standing().prefetch_related("reviews"))
    why = feedback.why_not_here(booking)
    if why and not noted:
        return closed(request, booking, token, heading, why, here="commitments")
    why = why or following_up.why_no_more(booking)
    form = None
    if not why:
        new = Commitment(booking=booking, language=reader_language())
        form = CommitmentForm(posted(request), commitment=new)
        if request.method == "POST" and form.is_valid():
            try:
                following_up.commit(form.filled_in)
                return _list(token, "noted")
            except Refused as refused:
                say_refusal(form, refused)
    for one in noted:
        one.question = following_up.current(one)  # type: ignore[attr-defined]
    return page(
        request, "commitments", booking, token, heading, status=403 if why and request.method == "POST" else 200,
        form=form, why=why, noted=noted, here="commitments", said=SAID.get(request.GET.get("said", ""), ""),
        outcomes=dict(CommitmentReview.Outcome.choices),
    )  # fmt: skip


def _own(booking: Booking, pk: int) -> Commitment:
    found = get_object_or_404(Commitment, booking=booking, pk=pk)
    found.booking = booking
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@later
def commitment(request: HttpRequest, booking: Booking, token: str, pk: int) -> HttpResponse:
    form = CommitmentForm(posted(request), commitment=_own(booking, pk))
    if request.method == "POST" and form.is_valid():
        form.filled_in.save()
        return _list(token, "changed")
    return page(
        request,
        "form",
        booking,
        token,
        _("Change what you will do"),
        form=form,
        button=_("Save"),
        here="commitments",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@later
def removal(request: HttpRequest, booking: Booking, token: str, pk: int) -> HttpResponse:
    found = _own(booking, pk)
    if request.method == "POST":
        found.delete()
        return _list(token, "removed")
    return page(
        request, "removal", booking, token, _("Take this away?"), commitment=found, here="commitments"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@later
def follow_up(request: HttpRequest, booking: Booking, token: str, pk: int) -> HttpResponse:
    review = get_object_or_404(
        CommitmentReview.objects.select_related("commitment"), pk=pk, commitment__booking=booking
    )
    form = FollowUpForm(posted(request), review=review)
    if request.method == "POST" and form.is_valid():
        following_up.answer(review, form.cleaned_data["outcome"], form.cleaned_data["note"])
        return _list(token, "answered")
    answered = CommitmentReview.objects.filter(commitment=review.commitment).exclude(outcome="")
    return page(
        request, "follow_up", booking, token, _("What came of it?"), form=form, review=review,
        earlier=answered.exclude(pk=review.pk), button=_("Send"), here="commitments",
    )  # fmt: skip
