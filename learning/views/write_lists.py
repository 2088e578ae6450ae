"""My write-ups with what to do next, and starting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from learning import editing
from learning.forms.actions import StartForm, organisations_of
from learning.models import WriteUp
from learning.workflow import State
from people.access import organisations_as
from people.models.membership import Role
from ui.pagination import page_of

ORDER = [State.CHANGES_ASKED, State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN]


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    found = (
        WriteUp.objects.written_by(request.user).select_related("organisation").order_by("-updated_at", "-pk")
    )
    shown = page_of(request, found)
    write_ups = list(shown)
    groups = [(state, [one for one in write_ups if one.state == state]) for state in ORDER]
    reviews = bool(request.user.is_staff or organisations_as(request.user, Role.EDITOR))
    waiting = WriteUp.objects.reviewed_by(request.user).awaiting_review().count() if reviews else 0
    context = {
        "groups": [(state.label, held) for state, held in groups if held],
        "page": shown,
        "can_start": organisations_of(request.user).exists(),
        "can_review": reviews,
        "waiting": waiting,
    }
    return render(request, "learning/write/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    if not organisations_of(request.user).exists():
        return render(request, "learning/write/no_organisation.html")
    form = StartForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        write_up = editing.start(
            request.user,
            title=data["title"],
            titles=form.lessons,
            language=data["language"],
            kind=data["kind"],
            organisation=data["organisation"],
        )
        messages.success(request, _("Your draft is kept. Add to it now, or come back at any time."))
        return redirect("learning:write-overview", write_up.slug)
    return render(request, "learning/write/start.html", {"form": form})
