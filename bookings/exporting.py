"""A date's bookings as a file: only the columns asked for, a row at a time, and nothing that a spreadsheet would run.

Whoever books writes their own name: a cell that begins as a formula does must never be one. No column holds a link,
a token or what they are made from.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.db.models import Prefetch
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from bookings.models import Booking, Need, OwnAnswer, OwnQuestion, Place
from bookings.models.booking import BookingQuerySet
from seminars.models import SeminarDate
from ui import dates

NEEDS = {"access", "dietary"}
CHUNK = 500
# A spreadsheet takes these for the beginning of a formula; the wide ones where it was set up in Asia.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
MARK = "\ufeff"
Cell = Callable[[Booking], Any]


@dataclass(frozen=True)
class Column:
    name: str
    label: Any
    cell: Cell


def _moment(name: str) -> Cell:
    """On the clock of the date's place, so that it sorts: 2026-09-13 14:30."""

    def told(booking: Booking) -> str:
        value = getattr(booking, name)
        return f"{dates.local(value, booking.seminar_date.timezone):%Y-%m-%d %H:%M}" if value else ""

    return told


def _body(name: str) -> Cell:
    def told(booking: Booking) -> Any:
        return getattr(booking.organisation, f"get_{name}_display")() if booking.organisation else ""

    return told


def _need(kind: str) -> Cell:
    def told(booking: Booking) -> str:
        return "; ".join(need.text for need in booking.needs.all() if need.kind == kind)

    return told


def _places(state: str) -> Cell:
    def told(booking: Booking) -> str:
        found = [place for place in booking.places.all() if place.state == state]
        return "; ".join(f"{place.run.slot.clock} {place.run.session}" for place in found)

    return told


# fmt: off
COLUMNS = (
    Column("code", gettext_lazy("Code"), lambda booking: booking.code),
    Column("name", gettext_lazy("Name"), lambda booking: booking.name),
    Column("email", gettext_lazy("E-mail address"), lambda booking: booking.email),
    Column("organisation", gettext_lazy("Organisation"), lambda booking: booking.affiliation),
    Column("sector", gettext_lazy("Sector"), _body("kind")),
    Column("region", gettext_lazy("Region"), _body("region")),
    Column("kind", gettext_lazy("Kind"), lambda booking: booking.get_kind_display()),
    Column("language", gettext_lazy("Language"), lambda booking: booking.get_language_display()),
    Column("attendance", gettext_lazy("Attendance"), lambda booking: booking.pool.get_attendance_display()),
    Column("state", gettext_lazy("State"), lambda booking: booking.get_state_display()),
    Column("workshops", gettext_lazy("Workshops"), _places(Place.State.CONFIRMED)),
    Column("waits", gettext_lazy("Waits for these workshops"), _places(Place.State.WAITING)),
    Column("listed", gettext_lazy("On the list of delegates"), lambda booking: _("Yes") if booking.is_on_list else _("No")),
    Column("group", gettext_lazy("Group"), lambda booking: booking.group_id or ""),
    Column("by", gettext_lazy("Booked by"), lambda booking: booking.booked_by_name),
    Column("by_email", gettext_lazy("E-mail address of who booked"), lambda booking: booking.booked_by_email),
    Column("made", gettext_lazy("Booked on"), _moment("created_at")),
    Column("confirmed", gettext_lazy("Confirmed on"), _moment("confirmed_at")),
    Column("access", gettext_lazy("Access needs"), _need(Need.Kind.ACCESS)),
    Column("dietary", gettext_lazy("Dietary needs"), _need(Need.Kind.DIETARY)),
)
# fmt: on
USUAL = ("code", "name", "organisation", "attendance", "state", "workshops")


def columns(seminar_date: SeminarDate) -> list[Column]:
    """All that can be asked for: ours, and one for each of the organisers' own questions."""
    questions = OwnQuestion.objects.filter(seminar_date=seminar_date, purpose=OwnQuestion.Purpose.BOOKING)
    return [*COLUMNS, *(Column(f"question-{one.pk}", str(one), _answer(one)) for one in questions)]


def _answer(question: OwnQuestion) -> Cell:
    def told(booking: Booking) -> str:
        for answer in booking.answers.all():
            if answer.question_id == question.pk:
                answer.question = question
                return answer.words
        return ""

    return told


def rows(seminar_date: SeminarDate, chosen: Iterable[Column], wanted: BookingQuerySet) -> Iterator[list[str]]:
    """The headings, and a row for each of the date's bookings that are wanted; what the columns do not tell is not read.

    A file is still being sent when the request is over: it keeps the language in which it was asked for.
    """
    chosen, language = list(chosen), get_language() or "en"
    headings = [str(column.label) for column in chosen]

    def told() -> Iterator[list[str]]:
        yield headings
        for booking in _bookings(wanted, {column.name for column in chosen}):
            booking.seminar_date = seminar_date
            with override(language):
                row = [str(column.cell(booking)) for column in chosen]
            yield row

    return told()


def _bookings(wanted: BookingQuerySet, names: set[str]) -> Iterator[Booking]:
    found = wanted.select_related("organisation", "pool").order_by("name_folded", "pk")
    if names & {"workshops", "waits"}:
        places = Place.objects.select_related("run__session", "run__slot__seminar_date").order_by(
            "slot__starts_at", "rank"
        )
        found = found.prefetch_related(Prefetch("places", places))
    if names & NEEDS:
        found = found.prefetch_related("needs")
    if any(name.startswith("question-") for name in names):
        found = found.prefetch_related(Prefetch("answers", OwnAnswer.objects.order_by("pk")))
    return found.iterator(chunk_size=CHUNK)


def is_dangerous(value: str) -> bool:
    """Whether a spreadsheet might run it; also behind spaces, which some of them take away."""
    return value.startswith(DANGEROUS) or value.lstrip().startswith(DANGEROUS)


def harmless(value: str) -> str:
    return f"'{value}" if is_dangerous(value) else value


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(table: Iterable[list[str]]) -> Iterator[str]:
    """Every cell in quotes: a semicolon in a name divides nothing, wherever the file is opened."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield MARK
    for row in table:
        yield writer.writerow([harmless(cell) for cell in row])


def as_xlsx(table: Iterable[list[str]], title: str) -> IO[bytes]:
    """In a temporary file that goes away with the answer; every cell is written as text, whatever it looks like."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the answer closes it
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, **plain})
    sheet = book.add_worksheet(title[:31])
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for number, row in enumerate(table):
        for place, cell in enumerate(row):
            # The prefix keeps it a text when somebody edits the cell.
            kept = quoted if is_dangerous(cell) else None
            sheet.write_string(number, place, cell, kept if number else bold)
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return file
