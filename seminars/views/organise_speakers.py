"""Who speaks in what, in order; their invitations and answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Organisation
from people.refusal import Refused
from seminars import invitations
from seminars.forms import say_refusal
from seminars.forms.speakers import SpeakerForm
from seminars.models import Billing, Seminar, Session, Speaker
from seminars.order import reorder
from seminars.programme import bill, settle, unbill
from seminars.views.workspace import form_page, page, posted, seminar_of, tell_refusal
from ui.folding import fold

MOST_FOUND = 20


@require_safe
def speakers(request: HttpRequest, slug: str) -> HttpResponse:
    seminar = seminar_of(request, slug)
    found = seminar.sessions.exclude(kind=Session.Kind.BREAK).prefetch_related(
        "billings__speaker__organisation"
    )
    mine = set(Seminar.objects.run_by(request.user).values_list("pk", flat=True))
    changeable = {
        billing.speaker_id
        for session in found
        for billing in session.billings.all()
        if can_be_changed_by(billing.speaker, request.user, mine)
    }
    return page(request, "speakers", seminar, "speakers", sessions=found, changeable=changeable)


def can_be_changed_by(speaker: Speaker, member: Any, mine: set[int] | None = None) -> bool:
    """An organiser may change a speaker whom nobody else knows: without account, in their own seminars only."""
    if member.is_staff:
        return True
    if speaker.member_id is not None:
        return False
    if mine is None:
        mine = set(Seminar.objects.run_by(member).values_list("pk", flat=True))
    return set(speaker.billings.values_list("session__seminar", flat=True)) <= mine


def add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Find somebody who has spoken before (`?q=`), or add somebody new."""
    seminar = seminar_of(request, slug)
    session = get_object_or_404(seminar.sessions, pk=pk)
    words = request.GET.get("q", "").strip()[:120]
    form = SpeakerForm(posted(request), initial={"name": words})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                billing = bill(session, form.save())
            return _added(request, billing)
        except Refused as refused:
            say_refusal(form, refused)
    return page(
        request, "speaker_add", seminar, "speakers", session=session, form=form, words=words,
        found=named_like(words) if words else [], organisations=_names_of_organisations(),
    )  # fmt: skip


def named_like(words: str) -> list[Speaker]:
    """Speakers whose name holds every word, whatever its case and accents."""
    wanted = fold(words).split()
    # Names of speakers are few, and folding them in the database needs an index that searching by people has not.
    return [
        speaker
        for speaker in Speaker.objects.select_related("organisation")
        if all(word in fold(speaker.name) for word in wanted)
    ][:MOST_FOUND]


def _names_of_organisations() -> list[str]:
    return [organisation.tr("name") for organisation in Organisation.objects.only("name_en", "name_cy")]


@require_POST
def billings(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody who was found on the session."""
    seminar = seminar_of(request, slug)
    session = get_object_or_404(seminar.sessions, pk=pk)
    key = request.POST.get("speaker", "")
    speaker = get_object_or_404(Speaker, pk=int(key) if key.isdecimal() else 0)
    try:
        return _added(request, bill(session, speaker))
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect("seminars:organise-speaker-add", slug, pk)


def _added(request: HttpRequest, billing: Billing) -> HttpResponse:
    messages.success(request, _("%(speaker)s is on “%(session)s”.") % _said(billing))
    return redirect(_list(billing))


def speaker(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seminar = seminar_of(request, slug)
    speaker = get_object_or_404(Speaker.objects.filter(billings__session__seminar=seminar).distinct(), pk=pk)
    if not can_be_changed_by(speaker, request.user):
        raise PermissionDenied
    back, heading = reverse("seminars:organise-speakers", args=[slug]), speaker.name
    form = SpeakerForm(posted(request), instance=speaker)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The speaker is saved."))
        return redirect(back)
    return form_page(
        request, seminar, "speakers", form, heading, back=back, organisations=_names_of_organisations()
    )


@require_POST
def order(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    session = get_object_or_404(seminar_of(request, slug).sessions, pk=pk)
    reorder(session.billings.all(), request.POST)
    return redirect(reverse("seminars:organise-speakers", args=[slug]) + f"#session-{pk}")


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a new link. The page is the answer to the POST itself: the link is shown once, and kept nowhere."""
    billing = _billing(request, slug, pk)
    if request.method == "GET":
        return redirect(_list(billing))
    try:
        token = invitations.issue(billing)
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect(_list(billing))
    sent = invitations.send(billing, token)
    links = {language: invitations.link(token, language) for language in ("cy", "en")}
    return page(
        request, "invited", billing.session.seminar, "speakers", billing=billing, sent=sent, links=links,
        link=links.get(get_language() or "en", links["en"]),
    )  # fmt: skip


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note an answer that came by telephone, or that a speaker was taken off."""
    billing, state = _billing(request, slug, pk), request.POST.get("state")
    if state not in {Billing.State.ACCEPTED, Billing.State.DECLINED, Billing.State.WITHDRAWN}:
        return redirect(_list(billing))
    try:
        settle(billing, state, timezone.now())
        words = _("%(speaker)s: %(state)s.") % {
            **_said(billing),
            "state": billing.get_state_display().lower(),
        }
        messages.success(request, words)
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect(_list(billing))


@require_POST
def again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask somebody who declined or withdrew once more."""
    billing = _billing(request, slug, pk)
    try:
        bill(billing.session, billing.speaker)
        messages.success(request, _("%(speaker)s is on “%(session)s”.") % _said(billing))
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect(_list(billing))


@require_POST
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    billing = _billing(request, slug, pk)
    back, said = _list(billing), _said(billing)
    unbill(billing)
    messages.success(request, _("%(speaker)s is off “%(session)s”.") % said)
    return redirect(back)


def _billing(request: HttpRequest, slug: str, pk: int) -> Billing:
    seminar = seminar_of(request, slug)
    found = Billing.objects.select_related("speaker", "session__seminar__organisation")
    return get_object_or_404(found, pk=pk, session__seminar=seminar)


def _said(billing: Billing) -> dict[str, Any]:
    return {"speaker": billing.speaker, "session": billing.session}


def _list(billing: Billing) -> str:
    address = reverse("seminars:organise-speakers", args=[billing.session.seminar.slug])
    return f"{address}#session-{billing.session_id}"
