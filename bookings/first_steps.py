"""What an organiser should do before anybody can book a date; `seminars.next_steps` asks for it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from seminars.models import Seminar, SeminarDate
from seminars.next_steps import Step
from ui.dates import day


def of_date(seminar: Seminar, date: SeminarDate) -> list[Step]:
    """Only once it is public: before that it can be published without any booking."""
    if seminar.state != Seminar.State.PUBLISHED or hasattr(date, "booking_rules"):
        return []
    words = _("Booking is not set up for %(date)s: say how places are booked") % {
        "date": day(date.local_start)
    }
    return [Step(words, reverse("bookings:arrange", args=[seminar.slug, date.slug]))]
