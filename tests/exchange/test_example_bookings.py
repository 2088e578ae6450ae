import pytest

from bookings.models import Booking, Commitment, Delivery, Feedback, OwnAnswer, Place
from tests.bookings.ground import check_invariants

pytestmark = pytest.mark.django_db


def test_bookings_of_the_example_keep_every_rule(example: None) -> None:
    check_invariants()

    held = set(Booking.objects.values_list("state", flat=True))
    assert held == {"confirmed", "offered", "waiting", "requested", "attended", "no show"}
    assert Place.objects.filter(state="waiting").exists()
    assert Feedback.objects.exists()
    assert set(Commitment.objects.with_standing().values_list("stands", flat=True)) == {
        "under way", "done", "stopped", None,
    }  # fmt: skip
    assert OwnAnswer.objects.filter(feedback__isnull=False).count() == 8
    assert not Delivery.objects.exists()


def test_who_signs_in_has_bookings_to_play_with(example: None) -> None:
    mine = dict(Booking.objects.filter(member__isnull=False).values_list("member__email", "state"))

    assert mine == {"officer@example.wales": "confirmed", "councillor@example.wales": "offered"}
