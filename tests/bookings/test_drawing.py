from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import changing, drawing, places
from bookings.drawing import Changed
from bookings.models import Booking, Delivery, Draw, Place
from bookings.places import Wish
from people.models import AuditEvent
from people.refusal import Refused
from seminars.models import Run, SeminarDate
from tests.bookings.ground import book, book_one, bookable, later, person, workshops

pytestmark = pytest.mark.django_db


def drawn_date(*capacities: int | None, capacity: int = 50) -> tuple[SeminarDate, list[Run]]:
    date = bookable(capacity, workshops="drawn", draws_at=later(days=10))
    return date, workshops(date, *capacities)


def ranked(*runs: Run) -> list[Wish]:
    return [Wish(run, rank) for rank, run in enumerate(runs, start=1)]


def states(booking: Booking) -> list[tuple[int, str]]:
    return list(booking.places.order_by("rank").values_list("run", "state"))


def test_nothing_is_given_before_the_draw_is_published() -> None:
    date, (one, two) = drawn_date(1, 1)
    bookings = [book_one(date, runs=ranked(one, two)) for _ in range(3)]

    made = drawing.preview(date, by=None)

    assert all(states(each) == [(one.pk, "wanted"), (two.pk, "wanted")] for each in bookings)
    assert made.published_at is None
    assert made.outcome["totals"] == {"people": 3, "turns": 3, "ranks": {"1": 1, "2": 1}, "none": 1}


def test_publishing_gives_the_places_and_puts_the_rest_in_queues_in_the_order_of_the_lots() -> None:
    date, (one, two) = drawn_date(1, 1)
    bookings = [book_one(date, runs=ranked(one, two)) for _ in range(4)]

    made = drawing.publish(drawing.preview(date, by=None), by=None)

    turns = {turn.delegate: turn for turn in drawing.turns_of(made.inputs, made.seed)}
    order = sorted(bookings, key=lambda each: turns[each.pk].number)
    assert states(order[0]) == [(one.pk, "confirmed")]
    assert states(order[1]) == [(one.pk, "waiting"), (two.pk, "confirmed")]
    assert states(order[2]) == states(order[3]) == [(one.pk, "waiting"), (two.pk, "waiting")]
    queue = Place.objects.filter(run=one, state="waiting").order_by("queued_at", "pk")
    assert [place.booking_id for place in queue] == [each.pk for each in order[1:]]
    assert not places.is_to_be_drawn(date.booking_rules)


def test_everybody_who_took_part_is_told_once_and_winners_get_a_new_calendar_entry() -> None:
    date, (one,) = drawn_date(1)
    bookings = [book_one(date, runs=[one]) for _ in range(2)]
    aside = book_one(date)

    made = drawing.preview(date, by=None)
    drawing.publish(made, by=None)
    drawing.publish(made, by=None)

    letters = Delivery.objects.filter(kind="change")
    assert sorted(letters.values_list("booking", flat=True)) == [each.pk for each in bookings]
    assert sorted(letters.values_list("calendar", flat=True)) == ["", "REQUEST"]
    assert {tuple(letter.detail["what"]) for letter in letters} == {("drawn",)}
    assert sorted(Booking.objects.values_list("ical_sequence", flat=True)) == [0, 0, 1]
    assert not aside.places.exists()


def test_places_that_organisers_gave_before_are_kept_and_counted() -> None:
    date, (one, two) = drawn_date(1, 1)
    guest, other = book_one(date), book_one(date, runs=ranked(one, two))
    Place.objects.create(
        booking=guest, run=one, slot=one.slot, session=one.session, state=Place.State.CONFIRMED
    )
    Run.objects.filter(pk=one.pk).update(taken=1)

    drawing.publish(drawing.preview(date, by=None), by=None)

    assert states(guest) == [(one.pk, "confirmed")]
    assert states(other) == [(one.pk, "waiting"), (two.pk, "confirmed")]


def test_a_workshop_that_was_won_later_is_not_waited_for_at_an_earlier_time() -> None:
    date, (early,) = drawn_date(1)
    (late,) = workshops(date, 5, sessions=[early.session])
    both = [book_one(date, runs=[Wish(early), Wish(late, 2)]) for _ in range(2)]

    drawing.publish(drawing.preview(date, by=None), by=None)

    assert sorted(state for each in both for state in states(each)) == [
        (early.pk, "confirmed"),
        (late.pk, "confirmed"),
    ]


def test_a_preview_whose_wishes_have_changed_is_not_published() -> None:
    date, (one, two) = drawn_date(1, 1)
    booking = book_one(date, runs=[one])
    made = drawing.preview(date, by=None)
    changing.choose_workshops(booking, [Wish(two)])

    with pytest.raises(Changed):
        drawing.publish(made, by=None)

    assert not Draw.objects.filter(published_at__isnull=False).exists()
    assert states(booking) == [(two.pk, "wanted")]


def test_only_the_newest_preview_can_be_published_and_all_are_kept_and_audited() -> None:
    date, (one,) = drawn_date(1)
    book(date, person(), person(), runs=[one])
    first, second = drawing.preview(date, by=None), drawing.preview(date, by=None)

    with pytest.raises(Refused, match="newer"):
        drawing.publish(first, by=None)
    drawing.publish(second, by=None)

    assert first.seed != second.seed
    events = AuditEvent.objects.filter(verb__startswith="draw-").order_by("pk")
    assert [(event.verb, event.detail["seed"]) for event in events] == [
        ("draw-previewed", first.seed),
        ("draw-previewed", second.seed),
        ("draw-published", second.seed),
    ]
    with pytest.raises(Refused, match="drawn already"):
        drawing.preview(date, by=None)


def test_who_comes_after_the_draw_comes_first_to_what_is_left() -> None:
    date, (one, two) = drawn_date(1, 2)
    book_one(date, runs=ranked(one, two))
    drawing.publish(drawing.preview(date, by=None), by=None)

    late = book_one(date, runs=ranked(one, two))

    assert states(late) == [(one.pk, "waiting"), (two.pk, "confirmed")]


def test_a_place_that_becomes_free_goes_to_the_first_in_the_order_of_the_lots() -> None:
    date, (one,) = drawn_date(1)
    bookings = [book_one(date, runs=[one]) for _ in range(3)]
    made = drawing.publish(drawing.preview(date, by=None), by=None)
    numbers = {turn.delegate: turn.number for turn in drawing.turns_of(made.inputs, made.seed)}
    first, second, third = sorted(bookings, key=lambda each: numbers[each.pk])

    changing.cancel(first)

    assert [states(each) for each in (second, third)] == [[(one.pk, "confirmed")], [(one.pk, "waiting")]]


def test_a_draw_can_be_checked_and_a_changed_one_is_found_out() -> None:
    date, (one,) = drawn_date(1)
    book(date, person(), person(), runs=[one])
    made = drawing.preview(date, by=None)
    kept = Draw.objects.get(pk=made.pk)
    assert drawing.verify(kept)

    kept.outcome["turns"], totals = {}, kept.outcome["totals"]
    assert not drawing.verify(kept)
    kept.outcome = {**made.outcome, "totals": totals}
    kept.seed = "another"
    found = [drawing.verify(Draw(inputs=kept.inputs, outcome=kept.outcome, seed=str(n))) for n in range(30)]
    assert not all(found)


def test_the_outcome_is_explained_to_a_delegate_in_words() -> None:
    date, (one, two) = drawn_date(1, 1)
    bookings = [book_one(date, runs=ranked(one, two)) for _ in range(3)]
    drawing.publish(drawing.preview(date, by=None), by=None)

    told = {words for each in bookings for words in drawing.explain(each)}

    at = one.slot.clock
    assert told == {
        f"{at}: you were number 1 of 3 in the order of the lots. You got “{one.session}”, your first choice.",
        f"{at}: you were number 2 of 3 in the order of the lots. “{one.session}” was full by then. "
        f"You got “{two.session}”, your second choice.",
        f"{at}: you were number 3 of 3 in the order of the lots. “{one.session}” was full by then. "
        f"“{two.session}” was full by then. So none was left for you, and you are in the queue.",
    }
    assert drawing.explain(book_one(date)) == []


def test_a_delegate_reads_on_their_own_page_how_their_lots_were_drawn(client: Client) -> None:
    date, (one,) = drawn_date(1)
    booking = book_one(date, runs=[one])
    page = reverse("bookings:manage", args=[booking.token])
    assert b"in the order of the lots" not in client.get(page).content
    drawing.publish(drawing.preview(date, by=None), by=None)
    assert b"you were number 1 of 1 in the order of the lots" in client.get(page).content


def test_tick_draws_when_the_time_has_come_and_nobody_has_done_it() -> None:
    date, (one,) = drawn_date(1)
    waits, _other = (book_one(drawn, runs=runs) for drawn, runs in ((date, [one]), drawn_date(1)))
    assert drawing.draw_all_due() == 0
    date.booking_rules.draws_at = timezone.now() - timedelta(minutes=1)
    date.booking_rules.save()

    call_command("tick")
    call_command("tick")

    assert states(waits) == [(one.pk, "confirmed")]
    assert Draw.objects.filter(published_at__isnull=False).count() == 1


def test_no_draw_for_a_date_that_is_cancelled_or_has_begun() -> None:
    date, (one,) = drawn_date(1)
    book_one(date, runs=[one])
    date.booking_rules.draws_at = timezone.now() - timedelta(minutes=1)
    date.booking_rules.save()
    SeminarDate.objects.update(state="cancelled")
    assert drawing.draw_all_due() == 0
    with pytest.raises(Refused, match="cancelled"):
        drawing.preview(date, by=None)
    SeminarDate.objects.update(state="scheduled")
    assert drawing.draw_all_due(date.starts_at) == 0


def test_a_date_that_moves_takes_the_time_of_its_draw_along() -> None:
    date, _runs = drawn_date(1)
    before = date.booking_rules.draws_at
    date.move(date.starts_at + timedelta(days=7), date.ends_at + timedelta(days=7), by=None)
    date.booking_rules.refresh_from_db()
    assert date.booking_rules.draws_at == before + timedelta(days=7)
