"""Following, and finding tags. The pages of themes and tags are drawn by `learning` (decision 5)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from themes.following import follow as follow_thing
from themes.following import followable, unfollow
from themes.models import Follow
from themes.tagging import suggestions


@require_POST
def follow(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    thing = followable(word, pk)
    follow_thing(request.user, thing)
    messages.success(request, _("You follow %(name)s.") % {"name": thing})
    return redirect(thing.get_absolute_url())  # type: ignore[attr-defined]


@require_POST
def stop_following(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    thing = followable(word, pk)
    unfollow(request.user, thing)
    messages.success(request, _("You no longer follow %(name)s.") % {"name": thing})
    return redirect((request.POST.get("back") == "list" and "themes:followed") or thing.get_absolute_url())  # type: ignore[attr-defined]


@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """What the member follows, by kind, newest first."""
    follows = Follow.objects.filter(member=request.user.pk).select_related("content_type")
    rows = [row for row in follows.prefetch_related("followed") if row.followed is not None]
    return render(request, "themes/followed.html", {"follows": rows})


@login_not_required
@require_safe
def tag_suggestions(request: HttpRequest) -> HttpResponse:
    """Names of tags that begin as typed, for the combobox."""
    return JsonResponse({"tags": [tag.name for tag in suggestions(request.GET.get("q", "")[:60])]})
