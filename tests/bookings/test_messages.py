"""Messages to a selection of delegates: counted before, sent once, and not to who wants none."""

import pytest
from django.urls import reverse

from bookings import changing, letters
from bookings.letters import audience
from bookings.letters.unsubscribing import subscriber, token_for
from bookings.models import Booking, Delivery, MassMessage, Unsubscription
from people.models import AuditEvent
from people.models.membership import Role
from tests import factories
from tests.bookings import ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def date():
    return ground.bookable(5, online=5)


@pytest.fixture
def organiser(date, client):
    member = factories.member_of(date.seminar.organisation, Role.ORGANISER)
    client.force_login(member)
    return member


def page(name: str, date, *more: object) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, date.slug, *more])


def typed(**fields: object) -> dict[str, object]:
    given = {
        "states": ["confirmed"],
        "about": "booking",
        "subject_en": "The car park",
        "body_en": "Dear {name}, it is shut.",
    }
    return {**given, **fields}


def written(date, **fields: object) -> MassMessage:
    fields.setdefault("audience", {"states": ["confirmed"]})
    return MassMessage.objects.create(seminar_date=date, subject_en="S", body_en="B {name}", **fields)


def to(date, **chosen: object) -> set[Booking]:
    return set(audience.chosen(date, {"states": ["confirmed"], **chosen}))


def test_a_selection_by_state_attendance_workshop_language_and_reply(date):
    run, other = ground.workshops(date, 9, 9)
    here = ground.book_one(date, runs=[run])
    at_home = ground.book_one(date, ground.person(language="cy"), attendance="online", runs=[other])
    full = ground.bookable(1)
    first, offered = ground.book_one(full), ground.book_one(full)

    assert to(date) == {here, at_home}
    assert to(date, attendance="online") == {at_home}
    assert to(date, run=str(run.pk)) == {here}
    assert to(date, language="cy") == {at_home}
    assert to(date, states=["waiting"]) == set()
    Booking.objects.filter(pk=here.pk).update(feedback_at=date.starts_at)
    assert to(date, reply="no feedback") == {at_home}
    letters_of = {first: "confirmed", offered: "waiting"}
    assert {one: Booking.objects.get(pk=one.pk).state for one in letters_of} == letters_of
    changing.cancel(first)
    assert to(full, states=["offered", "confirmed"], reply="no answer") == {offered}


def test_a_message_is_written_looked_at_and_sent_once(client, date, organiser):
    english, welsh = ground.book_one(date), ground.book_one(date, ground.person("Siân", language="cy"))
    ground.book_one(ground.bookable())
    Delivery.objects.all().delete()

    draft = client.post(page("message-new", date), typed(), follow=True)
    looked = draft.content.decode()
    assert "2 people will get it." in looked
    assert "1 of them asked for Welsh, and will read it in English." in looked
    assert not Delivery.objects.exists()
    message = MassMessage.objects.get()
    sending = page("message-sending", date, message.pk)
    client.post(sending)
    again = client.post(sending, follow=True)

    assert "It was sent already" in again.content.decode()
    assert {row.to for row in Delivery.objects.all()} == {english.email, welsh.email}
    assert Delivery.objects.count() == 2
    message.refresh_from_db()
    assert (message.sent_to, message.written_by) == (2, organiser)
    assert AuditEvent.objects.filter(verb="message-sent").count() == 1
    mail = letters.compose(Delivery.objects.get(to=welsh.email))
    assert mail.subject == "The car park"
    assert "Dear Siân, it is shut." in mail.body
    assert "List-Unsubscribe" not in mail.extra_headers


def test_nothing_goes_to_nobody(client, date, organiser):
    message = written(date)

    answer = client.post(page("message-sending", date, message.pk), follow=True)

    assert "Nobody is in this selection." in answer.content.decode()
    message.refresh_from_db()
    assert not message.is_sent


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"states": []}, "Answer the question “To whom?”"),
        ({"body_en": "{commitment}"}, "{commitment} is no placeholder of this letter"),
        ({"reply": "no answer"}, "Choose “Offered a place”"),
        ({"body_en": "", "subject_en": ""}, "Write the text in Welsh, in English or in both"),
        ({"about": ""}, "What is it about?"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(client, date, organiser, fields, said):
    answer = client.post(page("message-new", date), typed(**fields))

    assert said in answer.content.decode()
    assert answer.context["form"]["subject_en"].value() == typed(**fields)["subject_en"]
    assert not MassMessage.objects.exists()


def test_a_draft_can_be_changed_and_deleted_and_what_was_sent_cannot(client, date, organiser):
    ground.book_one(date)
    draft, sent = written(date), written(date, sent_to=1)

    client.post(page("message-edit", date, draft.pk), typed(subject_en="Better", about="other"))
    draft.refresh_from_db()
    assert (draft.subject_en, draft.is_about_the_booking) == ("Better", False)
    assert client.get(page("message-removal", date, draft.pk)).status_code == 200
    client.post(page("message-removal", date, draft.pk))

    assert list(MassMessage.objects.all()) == [sent]
    assert client.get(page("message-edit", date, sent.pk)).status_code == 404
    assert client.post(page("message-removal", date, sent.pk)).status_code == 404
    assert client.get(page("message", date, sent.pk)).status_code == 200


def test_who_changes_a_draft_that_another_has_changed_is_shown_it_first(client, date, organiser):
    ground.book_one(date)
    draft = written(date)
    address = page("message-edit", date, draft.pk)
    mine, theirs = (client.get(address).context["form"].initial for _each in range(2))
    client.post(address, {**theirs, "body_en": "Theirs", "states": ["waiting"]})

    stopped = client.post(address, {**mine, "body_en": "Mine", "states": ["confirmed", "offered"]})

    errors = stopped.context["form"].errors
    assert "Theirs" in str(errors["body_en"])
    assert "In the queue" in str(errors["states"])
    assert stopped.context["form"]["body_en"].value() == "Mine"
    draft.refresh_from_db()
    assert (draft.body_en, draft.audience["states"]) == ("Theirs", ["waiting"])


def test_nothing_goes_but_what_was_looked_at(client, date, organiser):
    ground.book_one(date)
    Delivery.objects.all().delete()
    draft = written(date)
    seen = client.get(page("message", date, draft.pk)).context["version"]
    client.post(page("message-edit", date, draft.pk), typed(body_en="Another text"))

    answer = client.post(page("message-sending", date, draft.pk), {"seen": seen}, follow=True)

    assert "Somebody else has changed this message since you looked at it." in answer.content.decode()
    assert not Delivery.objects.exists()
    client.post(page("message-sending", date, draft.pk), {"seen": answer.context["version"]})
    assert Delivery.objects.count() == 1


def test_a_draft_that_was_sent_while_it_was_changed_goes_once_and_what_was_typed_is_kept(
    client, date, organiser
):
    ground.book_one(date)
    Delivery.objects.all().delete()
    draft = written(date)
    mine = client.get(page("message-edit", date, draft.pk)).context["form"].initial
    client.post(page("message-sending", date, draft.pk))

    answer = client.post(page("message-edit", date, draft.pk), {**mine, "body_en": "Too late"})

    assert "This message was sent in the meantime" in answer.content.decode()
    assert answer.context["form"]["body_en"].value() == "Too late"
    draft.refresh_from_db()
    assert (draft.body_en, draft.sent_to) == ("B {name}", 1)
    client.post(page("message-sending", date, draft.pk))
    assert Delivery.objects.count() == 1


def test_a_test_goes_to_the_organiser(client, date, organiser, mailoutbox):
    client.post(page("message-test", date, written(date, is_about_the_booking=False).pk))

    assert [letter.to for letter in mailoutbox] == [[organiser.email]] * 2
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers


def test_others_may_not_see_or_send_messages(client, date):
    message = written(date)
    client.force_login(factories.MemberFactory())

    assert client.get(page("messages", date)).status_code == 403
    assert client.get(page("message", date, message.pk)).status_code == 403
    assert client.post(page("message-sending", date, message.pk)).status_code == 403


def test_a_message_of_another_date_is_not_found(client, date, organiser):
    other = ground.bookable(seminar=date.seminar)

    assert client.get(page("message", date, written(other).pk)).status_code == 404


def test_the_list_has_as_many_queries_for_thirty_as_for_one(
    client, date, organiser, django_assert_num_queries
):
    ground.book_one(date)
    written(date)
    client.get(page("messages", date))
    with django_assert_num_queries(7):
        client.get(page("messages", date))
    for _number in range(29):
        audience.send(written(date), by=organiser)

    with django_assert_num_queries(7):
        client.get(page("messages", date))


def test_the_list_leads_from_what_could_not_be_sent_to_where_it_is_sent_again(client, date, organiser):
    ground.book_one(date)
    message = written(date)
    audience.send(message, by=organiser)
    message.deliveries.update(state="failed", error="unreachable")

    listed = client.get(page("messages", date)).content.decode()

    address = f"{page('organise-letters', date)}?state=failed"
    assert f'href="{address}"' in listed
    assert "The mail server could not be reached." in client.get(address).content.decode()


def test_the_list_fills_in_what_is_the_same_for_everybody(client, date, organiser):
    MassMessage.objects.create(seminar_date=date, subject_en="{seminar}: hello {name}", body_en="x")

    assert f"{date.seminar.title_en}: hello {{name}}" in client.get(page("messages", date)).content.decode()


def test_who_unsubscribed_gets_what_is_about_the_booking_and_nothing_else(client, date, organiser):
    out, stays = ground.book_one(date), ground.book_one(date)
    Unsubscription.objects.create(
        address_hash=Unsubscription.hashed(out.email), organisation=date.seminar.organisation
    )
    Unsubscription.objects.create(
        address_hash=Unsubscription.hashed(stays.email), organisation=factories.OrganisationFactory()
    )
    about, other = written(date), written(date, is_about_the_booking=False)

    assert audience.recipients(about).number == 2
    found = audience.recipients(other)
    assert ([one.pk for one in found.bookings], found.unsubscribed) == ([stays.pk], 1)
    assert "1 more unsubscribed" in client.get(page("message", date, other.pk)).content.decode()


def test_who_unsubscribes_while_it_is_on_its_way_gets_none(date, organiser):
    booking = ground.book_one(date)
    Delivery.objects.all().delete()
    audience.send(written(date, is_about_the_booking=False), by=organiser)
    delivery = Delivery.objects.get()
    assert letters.is_needed(delivery)

    subscriber(token_for(booking.email, date.seminar.organisation_id)).unsubscribe()

    assert letters.compose(delivery) is None
