"""Messages to a selection of a date's delegates: written, looked at, and sent once."""

from typing import Any

from django.contrib import messages as told
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings.forms.writing import MessageForm
from bookings.letters import audience, examples, texts
from bookings.letters.kinds import SORTS
from bookings.models import Booking, Delivery, MassMessage, Pool
from bookings.views.letter_texts import placeholders, tell_test
from people.models import Member
from people.refusal import Refused
from people.requests import MemberRequest
from seminars.models import Run, SeminarDate
from seminars.views.workspace import confirmation, date_of, posted, tell_refusal
from ui.bilingual import LANGUAGES
from ui.pagination import page_of

Kind = Delivery.Kind


@require_safe
def messages(request: MemberRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    failed = Count("deliveries", filter=Q(deliveries__state=Delivery.State.FAILED))
    sent = Count("deliveries", filter=Q(deliveries__state=Delivery.State.SENT))
    found = (
        date.mass_messages.select_related("written_by")
        .annotate(sent=sent, failed=failed)
        .order_by("-written_at", "-pk")
    )
    page = page_of(request, found, 20)
    rows = []
    for one in page:
        one.seminar_date = date
        rows.append((one, examples.subject_of(one)))
    return _page(request, "messages", date, _("Messages"), page=page, rows=rows)


def new(request: MemberRequest, slug: str, date_slug: str) -> HttpResponse:
    date = date_of(request, slug, date_slug)
    form = MessageForm(posted(request), date=date)
    if request.method == "POST" and form.is_valid():
        message = form.fill(MassMessage(seminar_date=date, written_by=request.user))
        message.save()
        return redirect("bookings:message", slug, date_slug, message.pk)
    return _form(request, date, form, _("A new message"))


def edit(request: MemberRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    if request.method != "POST":
        date, message = _found(request, slug, date_slug, pk, sent_to=0)
        form = MessageForm(date=date, message=message)
        return _form(request, date, form, _("Change the message"), message=message)
    date, message = _found(request, slug, date_slug, pk)
    with audience.held(message) as current:
        # What is saved is read here, where nobody else can save it or send it.
        current.seminar_date = date
        form = MessageForm(posted(request), date=date, message=current)
        if is_kept := form.is_valid() and not current.is_sent:
            form.fill(current).save()
    if is_kept:
        return redirect("bookings:message", slug, date_slug, pk)
    if current.is_sent:
        form.add_error(
            None,
            _(
                "This message was sent in the meantime, and is changed no more. What you typed is kept here: copy it "
                "into a new message."
            ),
        )
    return _form(request, date, form, _("Change the message"), message=current)


@require_safe
def message(request: MemberRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """The message as it will be read, and by how many: the last look before it goes."""
    date, found = _found(request, slug, date_slug, pk)
    to = None if found.is_sent else audience.recipients(found)
    shown = examples.examples(date, Kind.MESSAGE, _words(found), found)
    context = {
        "message": found,
        "to": to,
        "version": audience.version_of(found),
        "selection": _selection(date, found.audience),
        "examples": shown,
        "missing": _missing(found, to) if to else "",
    }
    return _page(request, "message", date, shown[0].page.subject, **context)


@require_POST
def sending(request: MemberRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    _date, found = _found(request, slug, date_slug, pk)
    try:
        if number := audience.send(found, by=request.user, seen=request.POST.get("seen", "")):
            words = ngettext(
                "It is on its way to %(number)s person.", "It is on its way to %(number)s people.", number
            )
            told.success(request, words % {"number": number})
        else:
            told.info(request, _("It was sent already, and goes to nobody twice."))
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect("bookings:message", slug, date_slug, pk)


@require_POST
def test(request: MemberRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    date, found = _found(request, slug, date_slug, pk)
    tell_test(request, examples.send_test(date, Kind.MESSAGE, _words(found), request.user, found))
    return redirect("bookings:message", slug, date_slug, pk)


def removal(request: MemberRequest, slug: str, date_slug: str, pk: int) -> HttpResponse:
    """A draft can go; what was sent stays, so that everybody can see what was written."""
    date, found = _found(request, slug, date_slug, pk, sent_to=0)
    if request.method == "POST":
        MassMessage.objects.filter(pk=found.pk, sent_to=0).delete()
        told.success(request, _("The draft is deleted."))
        return redirect("bookings:messages", slug, date_slug)
    return confirmation(
        request, date.seminar, "dates", _("Delete this draft?"), _("Delete the draft"),
        reverse("bookings:message", args=[slug, date_slug, pk]), introduction=str(found.tr("subject")),
    )  # fmt: skip


def _found(
    request: MemberRequest, slug: str, date_slug: str, pk: int, **which: Any
) -> tuple[SeminarDate, MassMessage]:
    date = date_of(request, slug, date_slug)
    found = get_object_or_404(date.mass_messages.select_related("written_by"), pk=pk, **which)
    found.seminar_date = date
    return date, found


def _words(message: MassMessage) -> dict[str, texts.Words]:
    return {language: texts.of_message(message, language) for language in LANGUAGES}


def _missing(message: MassMessage, to: audience.Recipients) -> str:
    """How many read it in the other language, because it was not written in theirs."""
    for language in LANGUAGES:
        number = 0 if getattr(message, f"body_{language}") else to.number_in(language)
        if number and language == "cy":
            return ngettext(
                "%(number)s of them asked for Welsh, and will read it in English.",
                "%(number)s of them asked for Welsh, and will read it in English.",
                number,
            ) % {"number": number}
        if number:
            return ngettext(
                "%(number)s of them asked for English, and will read it in Welsh.",
                "%(number)s of them asked for English, and will read it in Welsh.",
                number,
            ) % {"number": number}
    return ""


def _selection(date: SeminarDate, chosen: dict[str, Any]) -> list[str]:
    """Who gets it, in words."""
    words = [", ".join(str(Booking.State(state).label) for state in chosen.get("states", []))]
    if reply := chosen.get("reply"):
        words.append(str(dict(audience.WITHOUT_REPLY)[reply]))
    if attendance := chosen.get("attendance"):
        words.append(str(Pool.Attendance(attendance).label))
    if run := chosen.get("run"):
        found = Run.objects.filter(pk=run, slot__seminar_date=date).select_related("session").first()
        words.append(str(found.session.tr("title")) if found else _("A workshop that is not held any more"))
    if language := chosen.get("language"):
        words.append(str(Member.Language(language).label))
    return words


def _form(
    request: MemberRequest, date: SeminarDate, form: MessageForm, heading: str, **context: Any
) -> HttpResponse:
    names = {"form": form, "placeholders": placeholders(SORTS[Kind.MESSAGE]), **context}
    return _page(request, "message_form", date, heading, **names)


def _page(request: MemberRequest, name: str, date: SeminarDate, heading: Any, **context: Any) -> HttpResponse:
    names = {
        "seminar": date.seminar,
        "date": date,
        "tab": "dates",
        "desk_tab": "messages",
        "heading": heading,
        **context,
    }
    return render(request, f"bookings/writing/{name}.html", names)
