"""What calendars show after a booking was made, changed, moved, handed over and cancelled."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from bookings import changing, moving, taking
from bookings.places import Wish
from tests import factories
from tests.bookings import ground
from tests.bookings.calendar_program import Post, assert_only_rises, fresh, move_by_organiser

pytestmark = pytest.mark.django_db


def test_booking_puts_an_entry_into_the_calendar():
    date = ground.bookable()
    run = ground.workshops(date, 3)[0]

    booking = ground.book_one(date, runs=[run])

    entry = Post().deliver().calendar(booking.email).only
    assert (entry.start, entry.end) == (date.starts_at, date.ends_at)
    assert entry.where == f"{date.venue.name_en}, Cardiff"
    assert entry.attendee == f"mailto:{booking.email}"
    assert run.session.title_en in entry.description


def test_waiting_puts_nothing_into_the_calendar():
    date = ground.bookable(1)
    ground.book_one(date)
    waiting = ground.book_one(date)

    assert Post().deliver().calendar(waiting.email).shown == []


def test_another_workshop_changes_the_entry():
    date = ground.bookable()
    first, second = ground.workshops(date, 3, 3)
    booking = ground.book_one(date, runs=[first])
    post = Post().deliver()

    changing.choose_workshops(booking, [Wish(second)])

    entry = post.deliver().calendar(booking.email).only
    assert second.session.title_en in entry.description
    assert first.session.title_en not in entry.description
    assert_only_rises(post.calendar(booking.email))


def test_a_moved_date_moves_the_entry():
    date = ground.bookable()
    booking = ground.book_one(date)
    post, before = Post().deliver(), date.starts_at

    move_by_organiser(date)

    assert post.deliver().calendar(booking.email).only.start == before + timedelta(days=1)


def test_moving_to_the_other_date_moves_the_entry_and_leaves_none_behind():
    here = ground.bookable()
    there = ground.bookable(seminar=here.seminar)
    # The one that is left was changed more often: the sequence must rise all the same.
    for _time in range(3):
        move_by_organiser(here)
    booking = ground.book_one(here)
    post = Post().deliver()

    new = moving.move(booking, there, "in person")

    program = post.deliver().calendar(booking.email)
    assert program.only.start == there.starts_at
    assert list(program.entries) == [str(booking.calendar_uid)]
    assert fresh(new).calendar_uid == booking.calendar_uid
    assert program.seen[str(booking.calendar_uid)] == [3, 4]


def test_waiting_for_the_other_date_keeps_the_entry_until_it_is_won():
    here = ground.bookable()
    there = ground.bookable(1, seminar=here.seminar)
    blocker = ground.book_one(there)
    booking = ground.book_one(here)
    new = moving.move(booking, there, "in person")
    post = Post().deliver()
    assert post.calendar(booking.email).only.start == here.starts_at

    changing.cancel(blocker)
    changing.accept(fresh(new))

    assert post.deliver().calendar(booking.email).only.start == there.starts_at


def test_handing_over_takes_it_from_one_calendar_and_puts_it_into_another():
    date = ground.bookable()
    booking = ground.book_one(date)
    post = Post().deliver()

    moving.hand_over(booking, ground.person("Colleague", email="colleague@body.example"))

    post.deliver()
    assert post.calendar(booking.email).shown == []
    assert post.calendar("colleague@body.example").only.attendee == "mailto:colleague@body.example"
    assert_only_rises(post.calendar(booking.email))


def test_handed_on_or_cancelled_at_once_it_still_goes_from_the_first_calendar():
    first, second = ground.book_one(ground.bookable()), ground.book_one(ground.bookable())
    post = Post().deliver()

    for booking in (first, second):
        moving.hand_over(booking, ground.person())
    moving.hand_over(fresh(first), ground.person())
    changing.cancel(fresh(second))

    post.deliver()
    assert post.calendar(first.email).shown == post.calendar(second.email).shown == []


def test_cancelling_takes_it_out():
    booking = ground.book_one(ground.bookable())
    post = Post().deliver()

    changing.cancel(booking)

    assert post.deliver().calendar(booking.email).shown == []


def test_a_cancelled_date_goes_and_comes_back_when_it_is_reinstated():
    date = ground.bookable()
    booking = ground.book_one(date)
    post = Post().deliver()

    date.cancel("The hall is flooded.", by=None)
    assert post.deliver().calendar(booking.email).shown == []
    date.reinstate(by=None)

    assert post.deliver().calendar(booking.email).only.start == date.starts_at
    assert_only_rises(post.calendar(booking.email))


def test_an_older_mail_that_comes_late_changes_nothing():
    date = ground.bookable()
    booking = ground.book_one(date)
    post = Post().deliver()
    first = post.mails[booking.email][0]
    move_by_organiser(date)
    program = post.deliver().calendar(booking.email)

    program.read(first)

    date.refresh_from_db()
    assert program.only.start == date.starts_at


def test_online_the_entry_says_where_to_join_and_in_person_it_does_not():
    date = ground.bookable(online=5, date={"joining_link": "https://meet.example/secret"})
    at_home = ground.book_one(date, attendance="online")
    there = ground.book_one(date)

    post = Post().deliver()

    assert "https://meet.example/secret" in post.calendar(at_home.email).only.description
    assert post.calendar(at_home.email).only.where == "Online"
    assert "meet.example" not in post.calendar(there.email).only.description


def test_no_entry_holds_a_token_or_a_need():
    date = ground.bookable()
    booking = ground.book_one(date, ground.person(access="step-free, please", dietary="no nuts"))
    post = Post().deliver()
    move_by_organiser(date)
    post.deliver()
    changing.cancel(fresh(booking))
    mails = post.deliver().mails[booking.email]

    assert booking.token in mails[0].get_body(("plain",)).get_content()
    files = [
        part.get_payload(decode=True).decode()
        for mail in mails
        for part in mail.walk()
        if part.get_content_type() in {"text/calendar", "application/ics"}
    ]
    assert len(files) == 6
    for text in files:
        unfolded = text.replace("\r\n ", "")
        for secret in (booking.token, booking.later_token, booking.nonce, booking.code, "step-free", "nuts"):
            assert secret not in unfolded


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_mail_is_built_as_outlook_google_and_apple_want_it(language, settings):
    """RFC 6047, 2.4: one entry, beside the text and last, whose `method` agrees; and once more as a file, for the rest."""
    settings.DEFAULT_FROM_EMAIL = "The exchange <exchange@exchange.example>"
    long = "Gwasanaethau cyhoeddus " * 8
    date = ground.bookable(seminar=factories.SeminarFactory(title_cy=long, title_en=long))
    booking = ground.book_one(
        date, ground.person('Siân "Sioned" Ŵan; O’Connor, of the Vale', language=language)
    )
    post = Post().deliver()
    changing.cancel(booking)

    booked, cancelled = post.deliver().mails[booking.email]

    for mail, method in ((booked, "REQUEST"), (cancelled, "CANCEL")):
        alternatives, file = next(iter(mail.iter_parts())), next(iter(mail.iter_attachments()))
        assert mail.get_content_type() == "multipart/mixed"
        assert [part.get_content_type() for part in alternatives.iter_parts()] == [
            "text/plain",
            "text/html",
            "text/calendar",
        ]
        entry = list(alternatives.iter_parts())[2]
        assert (entry.get_param("method"), entry.get_content_charset()) == (method, "utf-8")
        raw = entry.get_payload(decode=True)
        assert (file.get_content_type(), file.get_payload(decode=True)) == ("application/ics", raw)
        lines = raw.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        assert lines.count(f"METHOD:{method}".encode()) == 1
        (event,) = Calendar.from_ical(raw).walk("VEVENT")
        # Gmail shows an invitation only to whom it names, and trusts it from whom it comes from.
        assert str(event["ATTENDEE"]) == f"mailto:{mail['To']}"
        assert str(event["ORGANIZER"]) == "mailto:exchange@exchange.example"
        assert event["ATTENDEE"].params["CN"] == "Siân 'Sioned' Ŵan; O’Connor, of the Vale"
        assert re.search(rb"^DTSTAMP:\d{8}T\d{6}Z\r$", raw, re.MULTILINE)
        assert event["SUMMARY"] == long.strip()


def test_the_entry_of_somebody_without_an_address_goes_to_who_booked():
    date = ground.bookable()
    ground.book(date, taking.Person("No Address"), booked_by_name="Ann", booked_by_email="ann@body.example")

    program = Post().deliver().calendar("ann@body.example")

    assert program.only.attendee == "mailto:ann@body.example"
