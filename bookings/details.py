"""What delegates change about themselves: not whose booking it is, which is handing over."""

from dataclasses import replace

from bookings import taking
from bookings.changing import check_can_change, held
from bookings.models import Booking
from people.models import AuditEvent

OWN = ("name", "kind", "organisation", "organisation_name", "language", "is_on_list")


def change(booking: Booking, person: taking.Person) -> None:
    """Keep what a delegate says of themselves, what they need, and what they answer to the organisers' questions."""
    with held(booking) as current:
        check_can_change(current)
        changed = [name for name in OWN if getattr(current, name) != getattr(person, name)]
        for name in changed:
            setattr(current, name, getattr(person, name))
        if changed:
            # Nothing else: who gives feedback in this moment marks the same row.
            current.save(update_fields=[*changed, "name_folded"])
        taking.note_needs(current, access=person.access, dietary=person.dietary)
        taking.note_answers(current, person.answers)
        # Which parts were changed, and never what they say.
        AuditEvent.record(None, "details-changed", current, **{"as": "delegate", "fields": changed})


def of(booking: Booking) -> taking.Person:
    """Who a booking is for, as a form begins with it."""
    person = taking.Person(booking.name, booking.email, member=booking.member)
    needs = {need.kind: need.text for need in booking.needs.all()}
    return replace(
        person,
        **{name: getattr(booking, name) for name in OWN},
        access=needs.get("access", ""),
        dietary=needs.get("dietary", ""),
        answers={answer.question_id: answer.value for answer in booking.answers.all()},
    )
