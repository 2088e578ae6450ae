"""The letter as a mail: plain text, HTML, the square code for the door, and the calendar entry."""

from dataclasses import dataclass
from email.mime.image import MIMEImage

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings import calendar_entries
from bookings.letters import filling, square, unsubscribing
from bookings.letters.filling import Link
from bookings.letters.texts import Words
from bookings.letters.values import Values
from bookings.models import Delivery
from seminars import calendar
from ui.bilingual import reader_language

Kind = Delivery.Kind
Calendar = Delivery.Calendar
SQUARE = "square-code"


@dataclass(frozen=True)
class Page:
    """A letter as it is read: the same in a mail and in a preview."""

    subject: str
    plain: str
    html: SafeString
    has_square: bool
    square_leads_to: str
    code: str
    # To whom it was booked for, where the letter goes to somebody else.
    booked_for: str
    # What comes with it does to a calendar: "REQUEST", "CANCEL" or "".
    calendar: str
    organiser: str
    organiser_link: str
    # Where organisers read what delegates answer; "" where nobody does.
    answers_to: str
    unsubscribe: str


def page_of(words: Words, values: Values) -> Page:
    delivery, booking = values.delivery, values.booking
    organisation = values.date.seminar.organisation
    # Only what lets somebody in: other letters are passed on more lightly.
    leads_to = values.check_in_link() if delivery.kind == Kind.CONFIRMATION else ""
    leads_to = leads_to.address if isinstance(leads_to, Link) else ""
    code = str(values.code()) if delivery.kind == Kind.CONFIRMATION else ""
    return Page(
        subject=filling.subject(words.subject, values.get),
        plain=filling.plain(words.body, values.get),
        html=filling.html(words.body, values.get),
        has_square=bool(leads_to),
        square_leads_to=leads_to,
        code=code,
        booked_for=booking.name if not booking.email and delivery.kind != Kind.HANDED_OVER else "",
        calendar=calendar_of(delivery),
        organiser=str(organisation.tr("name")),
        organiser_link=calendar.absolute(organisation.get_absolute_url()),
        answers_to=values.answers_to,
        unsubscribe=unsubscribing.address_of(delivery),
    )


def calendar_of(delivery: Delivery) -> str:
    """REQUEST, CANCEL or nothing: a seat that is not held puts nothing into a calendar."""
    if delivery.calendar == Calendar.REQUEST and not delivery.booking.is_confirmed:
        return ""
    return delivery.calendar


def mail_of(page: Page, delivery: Delivery) -> EmailMultiAlternatives:
    context = {"page": page, "language": reader_language(), "square": f"cid:{SQUARE}"}
    letter = EmailMultiAlternatives(
        page.subject, render_to_string("bookings/letters/mail.txt", context).strip() + "\n", to=[delivery.to]
    )
    if page.answers_to:
        letter.reply_to = [page.answers_to]
    letter.extra_headers["Content-Language"] = reader_language()
    letter.attach_alternative(render_to_string("bookings/letters/mail.html", context), "text/html")
    if page.calendar:
        _attach_calendar(letter, delivery)
    if page.has_square:
        letter.attach(_square(page.square_leads_to))
    if page.unsubscribe:
        unsubscribing.offer(letter, page.unsubscribe)
    return letter


def _attach_calendar(letter: EmailMultiAlternatives, delivery: Delivery) -> None:
    """Twice, as programs want it: beside the text for those that show invitations, and as a file for the others."""
    method, detail = calendar_of(delivery), delivery.detail
    if delivery.kind == Kind.HANDED_OVER:
        file = calendar_entries.entry(
            delivery.booking, method, uid=detail["uid"], sequence=detail["sequence"], attendee=delivery.to
        )
    else:
        file = calendar_entries.entry(delivery.booking, method)
    letter.attach_alternative(file.decode(), f"text/calendar; method={method}")
    letter.attach("invite.ics" if method == Calendar.REQUEST else "cancel.ics", file, "application/ics")


def _square(address: str) -> MIMEImage:
    image = MIMEImage(square.picture(address), "png")
    image.add_header("Content-ID", f"<{SQUARE}>")
    image.add_header("Content-Disposition", "inline", filename="code.png")
    image.add_header("Content-Description", _("Code for the door"))
    return image
