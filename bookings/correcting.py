"""What organisers put right in a booking: who it is for, and a letter that was lost."""

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import outbox, taking, tokens
from bookings.changing import held
from bookings.models import Booking, Delivery
from people.models import AuditEvent, Member
from people.refusal import Refused
from ui.folding import fold_email

State = Booking.State
LINKS = ("nonce", "token_hash", "later_hash")
Kind = Delivery.Kind
# The letter that tells how a booking stands.
LETTERS = {
    State.REQUESTED: Kind.REQUESTED,
    State.WAITING: Kind.QUEUED,
    State.OFFERED: Kind.OFFER,
    State.CONFIRMED: Kind.CONFIRMATION,
}


def correct(booking: Booking, person: taking.Person, *, by: Member) -> None:
    """Put right who a booking is for. At another address the old link opens nothing, and a letter with a new one goes."""
    with held(booking) as current:
        if not current.is_live:
            raise Refused(_("This booking has ended."))
        if not (person.email or current.booked_by_email):
            raise Refused(_("Give an e-mail address, so that we can write to you."))
        folded = fold_email(person.email)
        others = Booking.objects.live().filter(seminar_date=current.seminar_date, email_folded=folded)
        if folded and others.exclude(pk=current.pk).exists():
            raise taking.AlreadyBooked(_("There is another booking with this e-mail address for this date."))
        names = ("name", "email", "kind", "organisation", "organisation_name", "language")
        changed = [name for name in names if getattr(current, name) != getattr(person, name)]
        if not changed:
            return
        moves = fold_email(current.email) != folded
        for name in changed:
            setattr(current, name, getattr(person, name))
        written = [*changed, "name_folded", "email_folded"]
        if moves:
            current.nonce, current.token_hash, current.later_hash = tokens.new_nonce(), "", ""
            current.member = None
            written += [*LINKS, "member"]
        # Nothing else: who gives feedback in this moment marks the same row.
        current.save(update_fields=written)
        # Which parts were changed, and never what they say.
        AuditEvent.record(by, "details-changed", current, fields=changed)
        if moves and State(current.state) in LETTERS and not current.seminar_date.is_past:
            # One that has not gone yet says the same.
            outbox.withdraw([current], kind__in=LETTERS.values())
            _write(current)
        outbox.readdress(current)


def write_again(booking: Booking, *, by: Member) -> None:
    """Send once more the letter that tells how the booking stands; a second click within a minute sends nothing."""
    with held(booking) as current:
        if State(current.state) not in LETTERS or current.seminar_date.is_past:
            raise Refused(_("There is nothing to send: this booking has ended, or its date is over."))
        if current.seminar_date.is_cancelled:
            raise Refused(_("This date is cancelled."))
        once = f"again {timezone.now():%Y-%m-%d %H:%M}"
        if current.deliveries.filter(once=once).exists():
            return
        _write(current, once=once)
        AuditEvent.record(by, "letter-again", current)


def _write(booking: Booking, once: str | None = None) -> None:
    calendar = Delivery.Calendar.REQUEST if booking.is_confirmed else ""
    outbox.write(LETTERS[State(booking.state)], [booking], calendar=calendar, once=once)
