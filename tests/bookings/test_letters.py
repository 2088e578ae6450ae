"""Every letter says what it should, to whom it should, in their language."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from bookings import changing, feedback, letters, moving, outbox, waiting
from bookings.letters.filling import names_in, strangers
from bookings.letters.kinds import IN_WELSH, MEANINGS, SORTS, WORDED, placeholder
from bookings.letters.texts import ours
from bookings.letters.values import moment
from bookings.models import Booking, Delivery, LetterTemplate
from bookings.places import Wish
from seminars.models import SeminarDate
from tests import factories
from tests.bookings import ground
from ui import dates

pytestmark = pytest.mark.django_db
Kind = Delivery.Kind


def letter(booking: Booking, kind: str, **fields):
    """The letter of a kind as it would leave now."""
    booking.refresh_from_db()
    (delivery,) = outbox.write(kind, [booking], **fields)
    return letters.compose(Delivery.objects.select_related("booking").get(pk=delivery.pk))


def html(mail) -> str:
    return next(str(part.content) for part in mail.alternatives if part.mimetype == "text/html")


@pytest.mark.parametrize("kind", WORDED)
def test_our_own_texts_use_only_what_their_kind_may_tell(kind):
    for language in ("en", "cy"):
        words = ours(kind, language)
        assert words.subject
        assert strangers(words.subject + words.body, SORTS[kind].known) == []
    english, welsh = names_in(ours(kind, "en").body), names_in(ours(kind, "cy").body)
    assert welsh == {IN_WELSH[name] for name in english}


def test_every_kind_is_told_of_and_every_placeholder_has_a_meaning():
    assert set(SORTS) == set(Kind)
    assert {name for sort in SORTS.values() for name in sort.placeholders} == set(MEANINGS)


def test_every_placeholder_has_a_welsh_name_of_its_own():
    """`seminar` is the same in both; no other word of one language means something else in the other."""
    assert set(IN_WELSH) == set(MEANINGS)
    assert len(set(IN_WELSH.values())) == len(IN_WELSH)
    assert set(IN_WELSH) & set(IN_WELSH.values()) == {"seminar"}
    for name, welsh in IN_WELSH.items():
        assert placeholder(name) == placeholder(welsh) == name


def test_a_placeholder_means_the_same_by_both_its_names_in_both_languages():
    date = ground.bookable(2)
    LetterTemplate.objects.create(
        organisation=date.seminar.organisation, kind=Kind.REMINDER,
        subject_en="{seminar} {dyddiad}", body_en="{enw}\n\n{name}\n\n{nothing}",
        subject_cy="{day} {dyddiad}", body_cy="[x]({dolen_archeb}) {ble}\n\n{where}\n\nIf {safle}",
    )  # fmt: skip
    english = letter(ground.book_one(date, ground.person("Ann")), Kind.REMINDER)
    ours_cy = ground.book_one(date, ground.person("Siân", language="cy"))
    welsh = letter(ours_cy, Kind.REMINDER)

    assert english.body.startswith("Ann\n\nAnn\n\n{nothing}\n")
    with translation.override("cy"):
        day = dates.day(date.local_start)
    assert welsh.subject == f"{day} {day}"
    first, second = welsh.body.split("\n\n")[:2]
    assert ours_cy.token in first
    assert first.endswith(second)
    # What a kind of letter may not tell is not told by its Welsh name either.
    assert "If" not in welsh.body


def test_a_confirmation_says_what_was_booked_in_the_language_of_the_delegate():
    date = ground.bookable()
    run = ground.workshops(date, 3)[0]
    booking = ground.book_one(date, ground.person("Siân", language="cy"), runs=[run])

    mail = letter(booking, Kind.CONFIRMATION)

    assert mail.to == [booking.email]
    assert mail.subject.startswith(f"Mae eich lle wedi’i archebu: {date.seminar.title_cy}, ")
    assert "Helo Siân," in mail.body
    assert f"{run.slot.clock}, {run.session.title_cy}" in mail.body
    with translation.override("cy"):
        assert f": http://127.0.0.1:8000{reverse('bookings:manage', args=[booking.token])}" in mail.body
    assert mail.extra_headers["Content-Language"] == "cy"
    assert translation.get_language() == "en"


def test_a_title_in_one_language_stands_in_for_the_other():
    seminar = factories.SeminarFactory(title_cy="")
    booking = ground.book_one(ground.bookable(seminar=seminar), ground.person(language="cy"))

    assert seminar.title_en in letter(booking, Kind.CONFIRMATION).subject


def test_the_square_code_lies_in_the_confirmation_of_who_comes_in_person():
    date = ground.bookable(online=3)
    here = letter(ground.book_one(date), Kind.CONFIRMATION)
    at_home = letter(ground.book_one(date, attendance="online"), Kind.CONFIRMATION)

    assert 'src="cid:square-code"' in html(here)
    pictures = [part for part in here.message().walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in pictures] == ["<square-code>"]
    assert f"Your code for the door: {Booking.objects.get(email=here.to[0]).code}" in here.body
    assert "cid:" not in html(at_home)
    assert "code for the door" not in at_home.body


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"what": ["moved"], "before": "2026-09-13 08:30:00+00:00"}, "It was to begin on Sunday 13 September 2026, 09:30."),
        ({"what": ["relocated"]}, "another place"),
        ({"what": ["reinstated"]}, "held after all"),
        ({"what": ["joining", "programme"]}, "The joining details are new.\n- The times or the rooms"),
        ({}, "Your workshops, or how you take part."),
        ({"what": ["won"]}, "You have a place in a workshop that you waited for."),
        ({"what": ["moved"], "before": "nonsense"}, "It is held at another time."),
    ],
)  # fmt: skip
def test_a_change_says_what_has_changed(what, said):
    assert said in letter(ground.book_one(ground.bookable()), Kind.CHANGE, detail=what).body


def test_what_a_delegate_changed_is_told_as_that():
    date = ground.bookable(3, online=3)
    full, other = ground.workshops(date, 1, 3)
    first = ground.book_one(date, runs=[full])
    waits = ground.book_one(date, runs=[Wish(full, 1), Wish(other, 2)])
    Delivery.objects.all().delete()

    changing.choose_workshops(first, [])
    moving.move(waits, date, "online")

    told = [letters.compose(row).body.split("\n\n")[1] for row in Delivery.objects.order_by("pk")]
    assert sorted(told) == [
        "Something has changed:\n- How you take part.",
        "Something has changed:\n- You have a place in a workshop that you waited for.",
        "Something has changed:\n- Your workshops.",
    ]


def moved_to(there: SeminarDate) -> tuple[Booking, str]:
    """A booking on another date of the seminar that moves there, and the day of the place that it had."""
    here = ground.bookable(seminar=there.seminar, date={"starts_at": ground.later(days=40)})
    booking = moving.move(ground.book_one(here), there, "in person")
    return booking, dates.day(here.local_start)


def test_who_moved_reads_that_the_other_place_is_given_back():
    new, before = moved_to(ground.bookable())

    assert f"Your place on {before} is given back." in letter(new, Kind.CONFIRMATION).body
    assert "given back" not in letter(ground.book_one(new.seminar_date), Kind.CONFIRMATION).body


def test_who_waits_for_another_date_reads_that_the_place_is_kept_meanwhile():
    there = ground.bookable(1)
    blocker = ground.book_one(there)
    new, before = moved_to(there)

    assert f"Until then you keep your place on {before}." in letter(new, Kind.QUEUED).body
    changing.cancel(blocker)
    offer = letter(new, Kind.OFFER).body
    assert f"Say yes, and your place on {before} is given back; otherwise you keep it." in offer
    Booking.objects.filter(pk=new.pk).update(offer_expires_at=timezone.now())
    waiting.expire(there)
    assert f"You keep your place on {before}." in letter(new, Kind.LAPSED).body


def test_who_ranked_workshops_reads_when_they_are_drawn():
    at = ground.later(days=5)
    date = ground.bookable(workshops="drawn", draws_at=at)
    (run,) = ground.workshops(date, 3)
    wants, wants_nothing = ground.book_one(date, runs=[run]), ground.book_one(date)

    said = f"They are drawn on {moment(at.astimezone(date.tz))}."
    assert said in letter(wants, Kind.CONFIRMATION).body
    assert "drawn" not in letter(wants_nothing, Kind.CONFIRMATION).body


def test_a_letter_that_takes_an_entry_out_of_the_calendar_says_so():
    booking = ground.book_one(ground.bookable())
    assert "It keeps your calendar up to date." in letter(booking, Kind.CONFIRMATION, calendar="REQUEST").body

    changing.cancel(booking)

    gone = letters.compose(Delivery.objects.get(kind=Kind.CANCELLATION))
    for text in (gone.body, html(gone)):
        assert "It takes the entry out." in text
        assert "up to date" not in text


def test_answers_to_a_letter_reach_the_organisers_where_they_gave_an_address():
    date = ground.bookable(answers_to="events@council.example")
    mail = letter(ground.book_one(date), Kind.CONFIRMATION)

    assert mail.reply_to == ["events@council.example"]
    assert "Answer this letter, or write to the organisers: events@council.example" in mail.body
    assert 'href="mailto:events@council.example"' in html(mail)
    assert "Nobody reads" not in mail.body + html(mail)
    # Nobody would be served by answers to a mailbox that is not read.
    unread = letter(ground.book_one(ground.bookable()), Kind.CONFIRMATION)
    assert unread.message()["Reply-To"] is None
    assert "Nobody reads what is sent to this address." in unread.body


def test_instructions_of_a_meeting_are_for_those_who_join_it():
    told = {"joining_instructions_en": "Microphones off", "joining_link": "https://meet.example/1"}
    mixed, hall = ground.bookable(online=3, date=told), ground.bookable(date=told)

    assert "Microphones off" in letter(ground.book_one(mixed, attendance="online"), Kind.REMINDER).body
    assert "Microphones off" not in letter(ground.book_one(mixed), Kind.REMINDER).body
    # Where nobody joins from elsewhere they are about the hall.
    assert "Microphones off" in letter(ground.book_one(hall), Kind.REMINDER).body


def test_an_offer_says_until_when_and_a_place_in_the_queue_says_which():
    date = ground.bookable(1)
    first, second = ground.book_one(date), ground.book_one(date)
    assert "You are number 1 in it." in letter(second, Kind.QUEUED).body

    changing.cancel(first)

    second.refresh_from_db()
    until = second.offer_expires_at.astimezone(date.tz)
    assert f"{until:%H:%M}" in letter(second, Kind.OFFER).body


def test_the_wording_of_a_seminar_goes_before_that_of_its_organisation_and_ours_fills_in():
    date = ground.bookable()
    seminar, booking = date.seminar, ground.book_one(date)
    welsh = ground.book_one(date, ground.person(language="cy"))
    theirs = LetterTemplate.objects.create(
        organisation=seminar.organisation, kind=Kind.LINK, subject_en="Theirs", body_en="Of all, {name}"
    )
    assert letter(booking, Kind.LINK).subject == "Theirs"

    LetterTemplate.objects.create(
        organisation=seminar.organisation, seminar=seminar, kind=Kind.LINK, subject_en="Its own", body_en="Of one"
    )  # fmt: skip

    assert letter(booking, Kind.LINK).subject == "Its own"
    assert letter(welsh, Kind.LINK).subject.startswith("Y ddolen i’ch archeb: ")
    other = ground.book_one(
        ground.bookable(seminar=factories.SeminarFactory(organisation=theirs.organisation))
    )
    assert letter(other, Kind.LINK).subject == "Theirs"
    assert letter(ground.book_one(ground.bookable()), Kind.LINK).subject.startswith("The link")


def test_the_link_is_sent_again_once_an_hour_for_each_live_booking():
    one, two = ground.bookable(), ground.bookable()
    for date in (one, two):
        ground.book_one(date, ground.person(email="Ann@Body.example"))
    ended = ground.bookable()
    changing.cancel(ground.book_one(ended, ground.person(email="ann@body.example")))
    past = ground.book_one(ground.bookable(), ground.person(email="ann@body.example"))
    over = timezone.now() - feedback.OPEN_FOR - timedelta(days=1)
    SeminarDate.objects.filter(pk=past.seminar_date_id).update(
        starts_at=over - timedelta(hours=1), ends_at=over
    )

    assert letters.link_again("ann@BODY.example ") == 2
    letters.link_again("ann@body.example")
    assert letters.link_again("nobody@body.example") == letters.link_again("") == 0

    assert Delivery.objects.filter(kind=Kind.LINK).count() == 2
