"""Needs go after days and people after months, from every table."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from bookings import changing, retention
from bookings.chores import forgetting
from bookings.models import Booking, BouncedAddress, Commitment, Delivery, Need
from people.closing import close_account
from people.models import AuditEvent, Member
from seminars.models import SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, person
from tests.bookings.marked import MARK, a_marked_date, tables_with

pytestmark = pytest.mark.django_db
YEARS_LATER = timedelta(days=3 * 365)
PRIVATE = {
    "bookings_booking", "bookings_bouncedaddress", "bookings_commitment", "bookings_commitmentreview",
    "bookings_delivery", "bookings_need", "bookings_ownanswer", "bookings_question",
}  # fmt: skip


def forget(*words: str) -> str:
    said = StringIO()
    call_command("forget", *words, stdout=said)
    return said.getvalue()


def test_no_table_holds_a_private_word_when_its_time_is_over(organiser: Member) -> None:
    date = a_marked_date(organiser, keep_bookings_months=13)
    assert set(tables_with()) == PRIVATE
    before = Booking.objects.values_list("pk", "state", "organisation", "kind", "pool").order_by("pk")
    known = list(before)

    with time_machine.travel(date.ends_at + YEARS_LATER):
        forget()

    assert tables_with() == {}
    assert list(before) == known
    assert Commitment.objects.get().text == "We will talk."


def test_only_needs_go_before_the_months_are_over(organiser: Member) -> None:
    date = a_marked_date(organiser, keep_needs_days=10)
    day = date.local_end + timedelta(days=10)

    with time_machine.travel(day):
        assert forgetting.forget_needs() == 0
    with time_machine.travel(day + timedelta(days=1)):
        assert forgetting.forget_needs() == 8
        assert forgetting.forget_people() == 0

    assert set(tables_with()) == PRIVATE - {"bookings_need"}


def test_dry_run_says_how_many_would_go_and_nothing_of_anybody(organiser: Member) -> None:
    date = a_marked_date(organiser)
    booked = Booking.objects.filter(seminar_date=date).count()

    with time_machine.travel(date.ends_at + YEARS_LATER):
        said = forget("--dry-run")
        assert set(tables_with()) == PRIVATE
        done = forget()
        again = forget("--dry-run")

    assert MARK not in said.casefold()
    assert f"{booked} bookings     {date.seminar.slug}/{date.slug}" in said
    assert said.replace("would go", "has gone") == done
    assert again == "Nothing would go.\n"


def test_links_of_old_letters_open_nothing_of_who_was_forgotten() -> None:
    booking = book_one(bookable())
    token, later = booking.token, booking.later_token
    changing.cancel(booking)
    assert Booking.objects.by_token(token).exists()

    retention.anonymise(Booking.objects.all())

    assert not Booking.objects.by_token(token).exists()
    assert not Booking.objects.by_later_token(later).exists()


def test_who_has_another_booking_still_gets_no_letters_at_an_address_that_bounced() -> None:
    old, new = bookable(), bookable()
    for date in (old, new):
        book_one(date, person(email="mair@body.example"))
    BouncedAddress.objects.create(folded="mair@body.example")

    retention.anonymise(Booking.objects.filter(seminar_date=old))
    assert retention.forget_addresses() == []
    retention.anonymise(Booking.objects.filter(seminar_date=new))
    retention.forget_addresses()

    assert not BouncedAddress.objects.exists()


def test_member_who_leaves_keeps_what_is_to_come_and_loses_what_is_over() -> None:
    member = factories.MemberFactory()
    over, coming = bookable(), bookable()
    bookings = [book_one(date, person(member=member, access="A ramp")) for date in (over, coming)]
    over.starts_at, over.ends_at = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)
    over.save()

    close_account(member, keep_name=True)

    past, future = (Booking.objects.get(pk=booking.pk) for booking in bookings)
    assert (past.name, past.email, past.needs.count()) == (retention.NAMELESS, "", 0)
    assert (future.email, future.needs.count(), future.member) == (bookings[1].email, 1, None)


def test_member_who_leaves_takes_along_what_they_booked_before_they_had_an_account() -> None:
    member = factories.MemberFactory(email="nia@body.example")
    EmailAddress.objects.create(user=member, email=member.email, verified=True)
    mine, strange = (
        book_one(bookable(), person(email=email)) for email in ("Nia@body.example", "a@body.example")
    )
    end = timezone.now() - timedelta(days=1)
    SeminarDate.objects.update(starts_at=end - timedelta(hours=3), ends_at=end)

    close_account(member, keep_name=False)

    assert [Booking.objects.get(pk=one.pk).email for one in (mine, strange)] == ["", strange.email]


def test_member_who_leaves_is_not_named_as_who_booked_for_colleagues() -> None:
    member = factories.MemberFactory(email="nia@body.example")
    EmailAddress.objects.create(user=member, email=member.email, verified=True)
    by = {"booked_by_name": "Nia", "booked_by_email": "Nia@body.example"}
    over, coming = bookable(9), bookable(9)
    own, without = (book_one(over, person(email=email), **by) for email in ("cai@body.example", ""))
    ahead = book_one(coming, person(email="dai@body.example"), **by)
    end = timezone.now() - timedelta(days=1)
    SeminarDate.objects.filter(pk=over.pk).update(starts_at=end - timedelta(hours=3), ends_at=end)

    close_account(member, keep_name=False)

    kept = {one.pk: (one.booked_by_name, one.booked_by_email) for one in Booking.objects.all()}
    assert kept == {own.pk: ("", ""), without.pk: (*by.values(),), ahead.pk: (*by.values(),)}
    assert Booking.objects.get(pk=own.pk).email == "cai@body.example"


def test_audit_holds_nothing_of_whoever_booked(organiser: Member) -> None:
    """It is never changed, so that nothing may ever stand in it that must be forgotten."""
    a_marked_date(organiser)
    assert AuditEvent.objects.filter(object_type="bookings.booking").count() == 5
    assert Delivery.objects.filter(to__icontains=MARK).exists()
    assert Need.objects.filter(text__icontains=MARK).exists()

    rows = "".join(str(row) for row in AuditEvent.objects.values_list())

    assert MARK not in rows.casefold()
