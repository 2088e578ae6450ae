"""The page behind a speaker's link. Whoever holds the link is the speaker: there is no account and no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.refusal import Refused
from seminars import invitations
from seminars.forms.speakers import AbstractForm, BiographyForm
from seminars.models import Billing
from seminars.views.workspace import posted
from ui.secret_links import behind_a_link

View = Callable[..., HttpResponse]


def _secret(view: Callable[[HttpRequest, Billing, str], HttpResponse]) -> View:
    """Find the billing of the link."""

    @behind_a_link
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        billing = invitations.find(token)
        if billing is None:
            return render(request, "seminars/invitation/closed.html", status=404)
        return view(request, billing, token)

    return answer


def _page(request: HttpRequest, billing: Billing, token: str, **context: Any) -> HttpResponse:
    seminar = billing.session.seminar
    return render(
        request,
        "seminars/invitation/invitation.html",
        {
            "billing": billing,
            "token": token,
            "seminar": seminar,
            "runs": billing.session.runs.select_related("slot__seminar_date__venue", "room"),
            "dates": seminar.dates.select_related("venue").order_by("starts_at"),
            "others": billing.session.billings.live()
            .exclude(pk=billing.pk)
            .select_related("speaker__organisation"),
            **context,
        },
    )


@_secret
def invitation(request: HttpRequest, billing: Billing, token: str) -> HttpResponse:
    return _page(request, billing, token, said=request.GET.get("said", ""))


@require_POST
@_secret
def acceptance(request: HttpRequest, billing: Billing, token: str) -> HttpResponse:
    try:
        invitations.accept(billing)
    except Refused as refused:
        return _page(request, billing, token, refusals=refused.sentences)
    return redirect("seminars:invitation", token)


@require_POST
@_secret
def refusal(request: HttpRequest, billing: Billing, token: str) -> HttpResponse:
    invitations.decline(billing)
    return redirect("seminars:invitation", token)


@_secret
def details(request: HttpRequest, billing: Billing, token: str) -> HttpResponse:
    """One's own biography, and what the session is about."""
    biography = BiographyForm(posted(request), instance=billing.speaker, prefix="you")
    abstract = AbstractForm(posted(request), instance=billing.session, prefix="session")
    if request.method == "POST" and biography.is_valid() and abstract.is_valid():
        biography.instance.save(update_fields=["bio_en", "bio_cy"])
        abstract.save()
        response = redirect("seminars:invitation", token)
        response["Location"] += "?said=saved"
        return response
    context = {"billing": billing, "token": token, "biography": biography, "abstract": abstract}
    return render(request, "seminars/invitation/details.html", context)
