"""An example delegate, for organisers who look at a letter before it goes to anybody."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings import places, waiting
from bookings.letters import filling
from bookings.letters.filling import Lines, Link, Value
from bookings.letters.kinds import placeholder
from bookings.letters.mail import Page, mail_of, page_of
from bookings.letters.texts import Words
from bookings.letters.values import Values, link, moment
from bookings.models import Booking, Delivery, MassMessage, Place, Pool
from bookings.workshop_words import in_words
from people.models import Member
from seminars.models import Seminar, SeminarDate
from ui.bilingual import LANGUAGES, Text

Kind = Delivery.Kind
Calendar = Delivery.Calendar
# Leads to the page that says that a link has ended.
NO_TOKEN = "example"  # nosec B105
FOR_EVERYBODY = {"seminar", "day", "when", "organiser"}
STATES = {
    Kind.REQUESTED: Booking.State.REQUESTED,
    Kind.QUEUED: Booking.State.WAITING,
    Kind.OFFER: Booking.State.OFFERED,
    Kind.OFFER_EXPIRING: Booking.State.OFFERED,
    Kind.LAPSED: Booking.State.LAPSED,
    Kind.DECLINED: Booking.State.DECLINED,
    Kind.CANCELLATION: Booking.State.CANCELLED,
}
CALENDARS = {
    Kind.CONFIRMATION: Calendar.REQUEST,
    Kind.CHANGE: Calendar.REQUEST,
    Kind.CANCELLATION: Calendar.CANCEL,
    Kind.DATE_CANCELLED: Calendar.CANCEL,
    Kind.HANDED_OVER: Calendar.CANCEL,
}


@dataclass(frozen=True)
class Example:
    language: str
    page: Page
    # What it is written in: the other language, where there is no text in this one.
    written_in: str


class ExampleValues(Values):
    """What the placeholders stand for where there is no booking: nothing of a real delegate."""

    def name(self) -> Value:
        return "Nia Roberts"

    def manage_link(self) -> Value:
        return Link(link("manage", NO_TOKEN))

    def workshops(self) -> Value:
        if self.date.pk is None:
            return Lines((_("11:15, an example of a workshop"),))
        runs = {run.slot_id: run for run in reversed(places.to_choose_from(self.date))}
        found = [
            Place(run=run, slot=run.slot, session=run.session, state=Place.State.CONFIRMED)
            for run in reversed(runs.values())
        ]
        return Lines(tuple(in_words(place) for place in found))

    def draw_at(self) -> Value:
        rules = getattr(self.date, "booking_rules", None)
        return moment(rules.draws_at.astimezone(self.date.tz)) if rules and rules.draws_at else ""

    def position(self) -> Value:
        return "3"

    def offer_until(self) -> Value:
        return moment(waiting.closes_at(self.date).astimezone(self.date.tz) - timedelta(days=2))

    def reason(self) -> Value:
        return _("here stands the reason that the organisers gave")

    def joining_page(self) -> Value:
        return Link(link("join", NO_TOKEN) if self.is_online else "")

    def joining_link(self) -> Value:
        return Link(self.date.joining_link or "https://meeting.example/" if self.is_online else "")

    def feedback_link(self) -> Value:
        return Link(link("feedback", NO_TOKEN))

    def commitment(self) -> Value:
        return _("We ring ten people a week, instead of writing to them.")

    def follow_up_link(self) -> Value:
        return Link(link("follow-up", NO_TOKEN, 1))


def date_for(seminar: Seminar) -> SeminarDate:
    """The next date of the seminar, or its last; one that is made up where it has none."""
    dates = seminar.dates.select_related("venue")
    found = dates.upcoming().first() or dates.order_by("-starts_at").first()
    if found is None:
        start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=30)
        found = SeminarDate(
            slug="example", starts_at=start, ends_at=start + timedelta(hours=4), attendance="online"
        )
    found.seminar = seminar
    return found


def delivery_for(date: SeminarDate, kind: str, language: str, message: MassMessage | None = None) -> Delivery:
    """A letter that is nowhere in the outbox, about a booking that nobody made."""
    online = kind == Kind.JOINING or not date.is_in_person
    booking = Booking(
        seminar_date=date,
        pool=Pool(
            seminar_date=date, attendance=Pool.Attendance.ONLINE if online else Pool.Attendance.IN_PERSON
        ),
        state=STATES.get(Kind(kind), Booking.State.CONFIRMED),
        name="Nia Roberts",
        email="nia.roberts@example.wales",
        code="K7BX2M",
        language=language,
    )
    detail = (
        {"what": ["moved"], "before": str(date.starts_at - timedelta(days=1))} if kind == Kind.CHANGE else {}
    )
    return Delivery(
        kind=kind, booking=booking, to=booking.email, language=language, detail=detail, message=message,
        calendar=CALENDARS.get(Kind(kind), Calendar.NONE),
    )  # fmt: skip


def examples(
    date: SeminarDate, kind: str, words: dict[str, Words], message: MassMessage | None = None
) -> list[Example]:
    """The letter as it would be read, in both languages; the reader's own comes first."""
    own = "cy" if (translation.get_language() or "en").startswith("cy") else "en"
    return [
        Example(
            language,
            _example(delivery_for(date, kind, language, message), words[language]),
            words[language].written_in or language,
        )
        for language in sorted(LANGUAGES, key=lambda language: language != own)
    ]


def subject_of(message: MassMessage) -> Text:
    """As a list shows it: with what is the same for everybody filled in."""
    subject = message.tr("subject")
    values = ExampleValues(delivery_for(message.seminar_date, Kind.MESSAGE, subject.lang))
    with translation.override(subject.lang):
        filled = filling.subject(
            subject, lambda name: values.get(name) if placeholder(name) in FOR_EVERYBODY else None
        )
    return Text(filled, subject.lang, subject.is_fallback)


def _example(delivery: Delivery, words: Words) -> Page:
    with translation.override(delivery.language):
        return page_of(words, ExampleValues(delivery))


def send_test(
    date: SeminarDate, kind: str, words: dict[str, Words], to: Member, message: MassMessage | None = None
) -> bool:
    """Both languages to an organiser's own address, at once and past the outbox. False: the mail server refused."""
    letters = [
        _test(delivery_for(date, kind, language, message), words[language], to) for language in LANGUAGES
    ]
    try:
        for letter in letters:
            letter.send()
    except OSError:
        return False
    return True


def _test(delivery: Delivery, words: Words, to: Member) -> EmailMultiAlternatives:
    delivery.to = to.email
    # Nothing for the organiser's own calendar, and nothing to unsubscribe from.
    delivery.calendar = Calendar.NONE
    with translation.override(delivery.language):
        page = page_of(words, ExampleValues(delivery))
        letter = mail_of(page, delivery)
        letter.subject = _("Test: %(subject)s") % {"subject": page.subject}
        for header in ("List-Unsubscribe", "List-Unsubscribe-Post"):
            letter.extra_headers.pop(header, None)
        letter.from_email = settings.DEFAULT_FROM_EMAIL
    return letter
