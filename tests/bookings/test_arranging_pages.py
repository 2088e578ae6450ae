"""The pages about how a date is booked, as organisers use them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import BookingRules, OwnQuestion
from people.models import AuditEvent, Member, Organisation
from seminars.forms import version
from seminars.models import Room, Seminar, SeminarDate
from tests import factories
from tests.bookings.ground import book_one, bookable, later, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar(organisation: Organisation) -> Seminar:
    return factories.SeminarFactory(organisation=organisation)


@pytest.fixture
def client(organiser: Member, client_of: Any) -> Client:
    return client_of(organiser)


def address(date: SeminarDate, rest: str = "") -> str:
    return f"/en/organise/{date.seminar.slug}/dates/{date.slug}/booking/{rest}"


def text(response: Any) -> str:
    return str(response.content.decode())


RULES = {
    "workshops": "first come", "hours_to_answer": "16", "reminders": "168 24", "joining_opens_minutes": "30",
    "most_in_group": "10", "keep_needs_days": "28", "keep_bookings_months": "24", "has_questions": "on",
}  # fmt: skip


# -- places -------------------------------------------------------------------------------------------------------


def test_a_date_without_rules_says_so_and_opening_it_suggests_the_largest_room(
    client: Client, seminar: Seminar
) -> None:
    date = factories.SeminarDateFactory(seminar=seminar, attendance="both")
    for capacity in (40, 120):
        Room.objects.create(venue=date.venue, name_en=f"Room {capacity}", capacity=capacity)

    assert "Booking is not set up" in text(client.get(address(date)))
    form = text(client.get(address(date, "places/new/?way=in person")))
    assert 'value="120"' in form
    assert "largest room holds 120" in form
    client.post(address(date, "places/new/"), {"attendance": "in person", "capacity": "100"})
    client.post(address(date, "places/new/"), {"attendance": "online", "capacity": "many"})

    assert list(date.pools.values_list("attendance", "capacity")) == [("in person", 100)]
    assert BookingRules.objects.filter(seminar_date=date).exists()
    assert "Open booking online" in text(client.get(address(date)))


def test_more_places_go_to_the_queue(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    first, second = book_one(date), book_one(date)

    client.post(
        address(date, f"places/{date.pools.get().pk}/"), {"capacity": "2", "seen": version({"capacity": 1})}
    )

    assert states(first, second) == ["confirmed", "offered"]


def test_fewer_places_than_taken_shows_the_names_and_cancels_only_when_told(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(2, seminar=seminar)
    first, second = book_one(date), book_one(date)
    pool = date.pools.get()

    asked = client.post(address(date, f"places/{pool.pk}/"), {"capacity": "1"}, follow=True)
    assert second.name in text(asked)
    assert first.name not in text(asked)
    lowering = address(date, f"places/{pool.pk}/lowering/")
    unanswered = client.post(lowering, {"capacity": "1", "whom": str(second.pk)})
    assert "There is a problem" in text(unanswered)
    others = client.post(lowering, {"capacity": "1", "whom": str(first.pk), "then": "cancel"})
    assert "not the same any more" in text(others)
    assert states(first, second) == ["confirmed", "confirmed"]

    client.post(lowering, {"capacity": "1", "whom": str(second.pk), "then": "cancel"})
    assert states(first, second) == ["confirmed", "cancelled"]


def test_fewer_places_and_everybody_kept(client: Client, seminar: Seminar) -> None:
    date = bookable(2, seminar=seminar)
    both = book_one(date), book_one(date)
    pool = date.pools.get()

    client.post(address(date, f"places/{pool.pk}/lowering/"), {"capacity": "1", "then": "keep"})

    assert states(*both) == ["confirmed", "confirmed"]
    assert "1 person more than places" in text(client.get(address(date)))
    again = client.get(address(date, f"places/{pool.pk}/lowering/?capacity=1"))
    assert again.status_code == 200
    assert client.get(address(date, f"places/{pool.pk}/lowering/?capacity=5")).status_code == 302


def test_extra_places_need_a_reason(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    extra = address(date, f"places/{date.pools.get().pk}/extra/")
    client.post(extra, {"extra": "2"})
    assert date.pools.get().extra == 0
    assert "Name nobody" in text(client.get(extra))
    client.post(extra, {"extra": "2", "reason": "Two guests of honour"})
    assert date.pools.get().extra == 2
    late = client.post(extra, {"extra": "5", "reason": "A coach", "seen": version({"extra": 0})})
    assert "Extra places: somebody else has saved “2”" in text(late)
    assert "A coach" in text(late)
    assert date.pools.get().extra == 2


def test_a_way_that_nobody_booked_can_be_closed_and_one_with_bookings_not(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(1, online=1, seminar=seminar)
    book_one(date)
    for pool in date.pools.all():
        client.post(address(date, f"places/{pool.pk}/removal/"))
    assert [pool.attendance for pool in date.pools.all()] == ["in person"]


# -- rules --------------------------------------------------------------------------------------------------------


def test_rules_are_kept_as_typed(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    answer = client.post(
        address(date, "rules/"),
        {**RULES, "needs_approval": "on", "reminders": "24, 2 336", "no_show_limit": "2"},
    )
    assert answer.status_code == 302
    rules = BookingRules.objects.get()
    assert (rules.needs_approval, rules.no_show_limit, rules.reminders) == (True, 2, "336 24 2")
    assert not rules.has_delegate_list
    assert "14 days, 1 day, 2 hours" in text(client.get(address(date)))


@pytest.mark.parametrize("reminders", ["tomorrow", "0", "1001", "-5", "1.5", "1 2 3 4 5 6"])
def test_reminders_that_are_no_hours_are_refused(client: Client, seminar: Seminar, reminders: str) -> None:
    date = bookable(1, seminar=seminar)
    answer = client.post(address(date, "rules/"), {**RULES, "reminders": reminders})
    assert answer.status_code == 200
    assert "There is a problem" in text(answer)
    assert BookingRules.objects.get().reminders == "168 24"


def draw_on(moment: Any) -> dict[str, str]:
    here = moment.astimezone(timezone.get_current_timezone())
    day = {f"draws_day_{part}": str(value) for part, value in enumerate((here.day, here.month, here.year))}
    return {**RULES, "workshops": "drawn", "draws_time": f"{here:%H:%M}", **day}


def test_a_limit_of_a_rule_is_said_with_the_name_of_the_rule(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)

    answer = client.post(
        address(date, "rules/"), {**RULES, "most_in_group": "99", "keep_bookings_months": "2"}
    )

    errors = answer.context["form"].errors
    assert errors["most_in_group"] == ["Largest group: 10 at most"]
    assert errors["keep_bookings_months"] == ["Months after which bookings are made anonymous: 13 at least"]


def test_the_draw_lies_between_the_opening_and_the_start(client: Client, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar, date={"booking_opens_at": later(days=5)})
    rules = address(date, "rules/")
    for wrong, words in (
        (later(days=-1), "in the future"),
        (later(days=3), "after booking opens"),
        (date.starts_at + timedelta(hours=1), "before the date starts"),
    ):
        assert words in text(client.post(rules, draw_on(wrong)))
    assert "Say on which day" in text(client.post(rules, {**RULES, "workshops": "drawn"}))

    assert client.post(rules, draw_on(later(days=20))).status_code == 302

    kept = BookingRules.objects.get()
    assert kept.workshops == "drawn"
    assert abs(kept.draws_at - later(days=20)) < timedelta(minutes=2)  # type: ignore[operator]


def test_an_arrangement_is_copied_from_another_date(client: Client, seminar: Seminar) -> None:
    source = bookable(7, seminar=seminar, most_in_group=4)
    date = factories.SeminarDateFactory(seminar=seminar)
    client.post(address(date, "copy/"), {"source": str(source.pk)})
    assert date.pools.get().capacity == 7
    stranger = bookable(9)
    assert "There is a problem" in text(client.post(address(date, "copy/"), {"source": str(stranger.pk)}))


# -- everything ---------------------------------------------------------------------------------------------------


def test_only_organisers_of_the_seminar_come_here(client_of: Any, outsider: Member, seminar: Seminar) -> None:
    date = bookable(1, seminar=seminar)
    pool = date.pools.get()
    for member in (None, outsider):
        stranger = client_of(member)
        for rest in ("", "rules/", "draw/", "questions/", f"places/{pool.pk}/lowering/?capacity=0"):
            assert stranger.get(address(date, rest)).status_code in {302, 403}


def test_a_question_of_another_date_is_not_found_here(client: Client, seminar: Seminar) -> None:
    mine, other = bookable(1, seminar=seminar), bookable(1)
    question = OwnQuestion.objects.create(seminar_date=other, text_en="Not yours")
    foreign = other.pools.get()
    for rest in (f"questions/{question.pk}/", f"questions/{question.pk}/removal/", f"places/{foreign.pk}/"):
        assert client.get(address(mine, rest)).status_code == 404


def test_where_answers_to_letters_go_is_given_told_and_not_kept_by_the_audit(
    client: Client, seminar: Seminar
) -> None:
    date = bookable(2, seminar=seminar)
    assert "Nobody reads what delegates answer to letters." in text(client.get(address(date)))
    rules = {**RULES, "answers_to": "events@council.example"}

    wrong = client.post(address(date, "rules/"), {**rules, "answers_to": "events at council"})
    assert "answers_to" in wrong.context["form"].errors
    client.post(address(date, "rules/"), rules)

    date.booking_rules.refresh_from_db()
    assert date.booking_rules.answers_to == "events@council.example"
    assert "Who answers a letter writes to events@council.example." in text(client.get(address(date)))
    noted = AuditEvent.objects.filter(verb="rules-changed").latest("pk").detail
    assert noted["answers_to"] is True
    assert "council.example" not in str(noted)
