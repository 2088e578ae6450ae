"""Letters leave once, are tried again with growing pauses, and one that fails keeps nobody else's."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings import bounces, mail_failures, outbox, sending
from bookings.models import BouncedAddress, Delivery
from tests.bookings.ground import book, bookable, person
from tests.sink import Sink

pytestmark = pytest.mark.django_db
State = Delivery.State
REFUSED = "550 5.1.1 <delegate@body.example> unknown"


def letters(number: int = 1) -> list[Delivery]:
    """Confirmations that are due."""
    date = bookable(number)
    for each in range(number):
        book(date, person(email=f"delegate{each}@body.example"))
    return list(Delivery.objects.order_by("pk"))


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def make_due(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())


def test_send_due_sends_each_letter_once_over_one_connection(sink: Sink) -> None:
    written = letters(3)

    assert (sending.send_due(), sending.send_due()) == (3, 0)

    assert sink.to() == ["delegate0@body.example", "delegate1@body.example", "delegate2@body.example"]
    assert sink.connections == 1
    assert sink.ids() == {sending.message_id(one): 1 for one in written}
    assert {letter["Auto-Submitted"] for letter in sink.letters} == {"auto-generated"}
    for delivery in map(again, written):
        assert (delivery.state, delivery.attempts, delivery.error) == (State.SENT, 1, "")
        assert delivery.sent_at is not None


def test_send_due_leaves_what_is_due_later(sink: Sink) -> None:
    [delivery] = letters()
    Delivery.objects.update(due_at=timezone.now() + timedelta(minutes=1))

    assert sending.send_due() == 0
    assert again(delivery).state == State.DUE


def test_send_due_stops_at_its_limit(sink: Sink) -> None:
    letters(3)

    assert sending.send_due(limit=2) == 2
    assert Delivery.objects.filter(state=State.DUE).count() == 1


def test_send_due_from_the_bounce_address_where_there_is_one(sink: Sink, settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@exchange.example"
    letters()

    sending.send_due()

    assert sink.envelopes[0][0] == "bounces@exchange.example"
    assert sink.letters[0]["From"] == settings.DEFAULT_FROM_EMAIL


def test_failure_is_tried_again_with_growing_pauses_and_then_shown(sink: Sink) -> None:
    [delivery] = letters()
    sink.answers[delivery.to] = "451 4.3.0 Try again"
    pauses = []
    for _attempt in sending.PAUSES:
        before = timezone.now()
        assert sending.send_due() == 0
        delivery = again(delivery)
        assert (delivery.state, delivery.error) == (State.DUE, "put off: 451 4.3.0")
        pauses.append(round((delivery.due_at - before) / timedelta(minutes=1)))
        make_due(delivery)

    sending.send_due()

    assert pauses == [1, 5, 30, 120, 720]
    assert again(delivery).state == State.FAILED
    assert "451 4.3.0" in mail_failures.in_words(again(delivery).error)


def test_failure_that_passes_is_forgotten(sink: Sink) -> None:
    [delivery] = letters()
    sink.answers_to_data = ["452 Insufficient storage"]
    sending.send_due()
    assert again(delivery).state == State.DUE
    make_due(delivery)

    assert sending.send_due() == 1
    assert (again(delivery).state, again(delivery).error) == (State.SENT, "")


def test_recipient_that_is_refused_for_good_keeps_nobody_elses_letter(
    sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    refused, *others = letters(4)
    sink.answers[refused.to] = REFUSED

    with caplog.at_level(logging.INFO):
        assert sending.send_due() == 3

    refused = again(refused)
    assert (refused.state, refused.error, refused.attempts) == (State.FAILED, "refused: 550 5.1.1", 1)
    assert [again(one).state for one in others] == [State.SENT] * 3
    assert str(refused.uuid) in caplog.text
    assert "body.example" not in caplog.text


def test_refusal_that_is_ours_to_mend_is_tried_again(sink: Sink) -> None:
    [delivery] = letters()
    sink.answers[delivery.to] = "554 5.7.1 Relay access denied"

    sending.send_due()

    assert again(delivery).state == State.DUE


def test_server_that_is_away_costs_few_letters_an_attempt(sink: Sink) -> None:
    letters(6)
    sink.stop()

    assert sending.send_due() == 0

    assert Delivery.objects.filter(state=State.DUE).count() == 6
    assert Delivery.objects.filter(attempts=1, error="unreachable").count() == sending.MOST_TROUBLE
    assert Delivery.objects.filter(attempts=0, error="").count() == 6 - sending.MOST_TROUBLE


def test_server_that_hangs_up_is_called_again_for_the_next_letter(sink: Sink) -> None:
    first, second = letters(2)
    sink.answers_to_data = ["421 4.3.2 Closing"]

    assert sending.send_due() == 1

    assert (again(first).state, again(second).state) == (State.DUE, State.SENT)
    assert sink.connections == 2


def test_address_that_bounced_is_not_written_to_until_it_is_forgiven(sink: Sink, organiser: Any) -> None:
    [delivery] = letters()
    BouncedAddress.objects.create(folded=BouncedAddress.fold(delivery.to))

    assert sending.send_due() == 0
    assert (again(delivery).state, again(delivery).error) == (State.FAILED, "returned")
    assert not sink.letters

    bounces.forgive(delivery.to.upper(), organiser)
    outbox.send_again(again(delivery), organiser)
    assert sending.send_due() == 1


def test_letter_that_is_not_needed_any_more_is_dropped(sink: Sink) -> None:
    [delivery] = letters()
    Delivery.objects.update(kind=Delivery.Kind.OFFER_EXPIRING)

    assert sending.send_due() == 0
    assert again(delivery).state == State.DROPPED


def test_letter_that_cannot_be_written_keeps_nobody_elses_and_tells_staff_nothing_private(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = letters(2)
    compose = sending.letters.compose

    def breaks(delivery: Delivery) -> Any:
        if delivery.pk == broken.pk:
            raise KeyError(delivery.to)
        return compose(delivery)

    monkeypatch.setattr(sending.letters, "compose", breaks)

    assert sending.send_due() == 1

    assert (again(broken).error, again(sound).state) == ("unwritten", State.SENT)
    assert "KeyError" in caplog.text
    assert "body.example" not in caplog.text


def test_letter_that_kills_every_sender_ends_as_failed(sink: Sink) -> None:
    [delivery] = letters()
    Delivery.objects.update(
        state=State.SENDING,
        attempts=len(sending.PAUSES) + 1,
        claimed_at=timezone.now() - sending.CLAIM_LASTS - timedelta(seconds=1),
    )

    sending.send_due()

    assert (again(delivery).state, again(delivery).error) == (State.FAILED, "interrupted")
    assert not sink.letters


def test_sender_that_is_told_to_stop_gives_back_what_it_has_not_begun(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = letters(3)
    hand_over = sending.hand_over

    def stops(connection: Any, letter: Any) -> None:
        if letter.to == [second.to]:
            raise SystemExit
        hand_over(connection, letter)

    monkeypatch.setattr(sending, "hand_over", stops)
    with pytest.raises(SystemExit):
        sending.send_due()

    assert [again(one).state for one in (first, second, third)] == [State.SENT, State.SENDING, State.DUE]
    assert again(third).attempts == 0


def test_sender_that_is_slow_gives_back_what_another_may_take(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(2)
    monkeypatch.setattr(sending, "WORKS_FOR", timedelta(0))

    batch = sending.claim(2)
    assert sending.Errand(batch).run() == 0

    assert Delivery.objects.filter(state=State.DUE, attempts=0).count() == 2
