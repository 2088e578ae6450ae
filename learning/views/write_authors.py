"""Who signs a write-up: in order, members and others; colleagues are added, anybody else is asked by e-mail."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import coauthors, editing
from learning.forms.actions import AuthorForm, ColleagueForm, InvitationForm
from learning.models import Author, CoauthorInvitation, WriteUp
from learning.views.write_base import editable, page
from learning.views.write_lessons import order_asked


def authors_page(request: HttpRequest, write_up: WriteUp, **forms: Any) -> HttpResponse:
    found = list(write_up.authors.select_related("organisation", "member"))
    context: dict[str, Any] = {
        "authors": found,
        "may_add": len(found) < editing.MOST_AUTHORS,
        "invitations": write_up.coauthor_invitations.all(),
        "colleague_form": ColleagueForm(member=request.user, write_up=write_up, prefix="colleague"),
        "invitation_form": InvitationForm(prefix="invitation"),
    }
    return page(request, "authors.html", write_up, "authors", **{**context, **forms})


@require_GET
def authors(request: HttpRequest, slug: str) -> HttpResponse:
    return authors_page(request, editable(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody without an account, by name."""
    write_up = editable(request, slug)
    form = AuthorForm(request.POST or None, initial={"organisation": write_up.organisation_id})
    if request.method == "POST" and form.is_valid():
        if write_up.authors.count() >= editing.MOST_AUTHORS:
            messages.error(
                request, _("A write-up has at most %(most)s authors") % {"most": editing.MOST_AUTHORS}
            )
        else:
            editing.add_author(write_up, request.user, form.save(commit=False))
            messages.success(request, _("The author is added."))
        return redirect("learning:write-authors", slug)
    return page(request, "author.html", write_up, "authors", form=form, heading=_("Add an author by name"))


@require_http_methods(["GET", "HEAD", "POST"])
def author(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    found = get_object_or_404(Author, pk=pk, write_up=write_up)
    form = AuthorForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        editing.change(write_up, request.user, lambda fresh: form.save() and None)
        messages.success(request, _("Saved."))
        return redirect("learning:write-authors", slug)
    return page(request, "author.html", write_up, "authors", form=form, heading=found.name)


@require_POST
def colleague(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    form = ColleagueForm(request.POST, member=request.user, write_up=write_up, prefix="colleague")
    if not form.is_valid():
        return authors_page(request, write_up, colleague_form=form, form=form)
    member = form.cleaned_data["member"]
    try:
        with transaction.atomic():
            coauthors.add(write_up, request.user, member)
    except IntegrityError:
        pass  # the same person twice, by a double click
    messages.success(request, _("%(name)s is now an author, and has been told.") % {"name": member.name})
    return redirect("learning:write-authors", slug)


@require_POST
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    form = InvitationForm(request.POST, prefix="invitation")
    if not form.is_valid():
        return authors_page(request, write_up, invitation_form=form, form=form)
    if not coauthors.invite(write_up, request.user, language=get_language() or "en", **form.cleaned_data):
        form.add_error("email", _("There are too many open invitations: take one back first"))
        return authors_page(request, write_up, invitation_form=form, form=form)
    messages.success(
        request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
    )
    return redirect("learning:write-authors", slug)


@require_POST
def invitation_removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    write_up.coauthor_invitations.filter(pk=pk).delete()
    messages.success(request, _("The invitation is taken back; its link no longer works."))
    return redirect("learning:write-authors", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Only for whom the letter was written: the address must be the member's own."""
    found = CoauthorInvitation.of_token(token)
    if found is None or not found.is_for(request.user):  # type: ignore[arg-type]
        return render(request, "learning/write/invitation_closed.html", status=404)
    if request.method == "POST":
        write_up = coauthors.accept(found, request.user)
        messages.success(request, _("You are now an author of this write-up."))
        return redirect("learning:write-overview", write_up.slug)
    return render(
        request, "learning/write/invitation.html", {"invitation": found, "write_up": found.write_up}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    write_up = editable(request, slug)
    found = get_object_or_404(Author, pk=pk, write_up=write_up)
    if request.method == "POST":
        editing.remove_author(write_up, request.user, found.pk)
        messages.success(request, _("%(name)s is no longer an author.") % {"name": found.name})
        mine = WriteUp.objects.written_by(request.user).filter(pk=write_up.pk).exists()
        stays = mine or write_up.can_be_reviewed_by(request.user)
        return redirect(
            reverse("learning:write-authors", args=[slug]) if stays else reverse("learning:write")
        )
    return page(request, "author_removal.html", write_up, "authors", author=found)


@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    write_up = editable(request, slug)
    editing.order_authors(
        write_up, request.user, order_asked(request, [one.pk for one in write_up.authors.all()])
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"order": list(write_up.authors.values_list("pk", flat=True))})
    return redirect(reverse("learning:write-authors", args=[slug]) + "#order")
