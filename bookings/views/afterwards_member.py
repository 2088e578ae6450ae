"""What colleagues told their organisation that they will do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.models import Commitment, CommitmentReview
from people.requests import MemberRequest
from ui.pagination import page_of


@require_safe
@never_cache
def shared(request: MemberRequest) -> HttpResponse:
    found = Commitment.objects.shared_with(request.user).with_standing()
    found = found.select_related("booking__organisation", "booking__seminar_date__seminar").order_by(
        "-made_at", "-pk"
    )
    context = {
        "page": page_of(request, found),
        "outcomes": dict(CommitmentReview.Outcome.choices),
        "has_organisation": request.user.memberships.confirmed().exists(),
    }
    return render(request, "bookings/afterwards/shared.html", context)
