"""Organisers read what is written to delegates, and word it their own way."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from bookings.letters import texts
from bookings.letters.kinds import WORDED
from bookings.models import Booking, Delivery, LetterTemplate
from people.models import AuditEvent
from people.models.membership import Role
from tests import factories
from tests.bookings import ground

pytestmark = pytest.mark.django_db
Kind = Delivery.Kind


@pytest.fixture
def date():
    return ground.bookable(5)


@pytest.fixture
def organiser(date, client):
    member = factories.member_of(date.seminar.organisation, Role.ORGANISER)
    client.force_login(member)
    return member


def page(name: str, date, *more: object) -> str:
    return reverse(f"bookings:{name}", args=[date.seminar.slug, *more])


def typed(**fields: str) -> dict[str, str]:
    given = {
        "subject_en": "Hello from us",
        "body_en": "Dear {name},\n\nCome to {seminar}.",
        "scope": "seminar",
    }
    return {"subject_cy": "", "body_cy": "", **given, **fields}


def test_the_list_says_when_each_letter_goes_and_in_whose_words(
    client, date, organiser, django_assert_num_queries
):
    client.get(page("letter-texts", date))
    with django_assert_num_queries(5):
        answer = client.get(page("letter-texts", date))
    assert answer.content.decode().count("Wording of the exchange") == len(WORDED)
    for kind in WORDED:
        LetterTemplate.objects.create(
            organisation=organiser.memberships.get().organisation, kind=kind, body_en="x"
        )

    with django_assert_num_queries(5):
        answer = client.get(page("letter-texts", date))

    assert answer.content.decode().count("Own wording for all seminars") == len(WORDED)


@pytest.mark.parametrize("kind", [sort.slug for sort in WORDED.values()])
def test_every_letter_can_be_opened_and_previewed_in_both_languages(client, date, organiser, kind):
    form = client.get(page("letter-text", date, kind)).context["form"]

    shown = client.post(page("letter-preview", date, kind), {**form.initial, "scope": "seminar"})

    english, welsh = shown.context["examples"]
    assert (english.language, welsh.language) == ("en", "cy")
    for example in (english, welsh):
        assert str(date.seminar.tr("title", example.language)) in example.page.subject
        assert "{" not in example.page.subject + example.page.plain
    assert not Booking.objects.exists()
    assert not Delivery.objects.exists()


def test_own_words_are_kept_and_the_audit_says_who(client, date, organiser):
    assert client.post(page("letter-text", date, "reminder"), typed()).status_code == 302

    template = LetterTemplate.objects.get()
    assert (template.seminar, template.kind, template.subject_en) == (
        date.seminar,
        Kind.REMINDER,
        "Hello from us",
    )
    assert (template.subject_cy, template.body_cy) == ("", "")
    event = AuditEvent.objects.get(verb="letter-worded")
    assert (event.actor, event.detail) == (organiser, {"letter": "reminder", "for_all": False})


def test_words_for_all_seminars_replace_those_of_this_one(client, date, organiser):
    client.post(page("letter-text", date, "reminder"), typed())

    client.post(page("letter-text", date, "reminder"), typed(scope="all", subject_en="For all"))

    template = LetterTemplate.objects.get()
    assert (template.seminar, template.subject_en) == (None, "For all")


def test_what_says_the_same_as_ours_is_not_kept(client, date, organiser):
    initial = client.get(page("letter-text", date, "queued")).context["form"].initial

    client.post(page("letter-text", date, "queued"), {**initial, "body_cy": "Fy ngeiriau"})

    template = LetterTemplate.objects.get()
    assert (template.body_en, template.body_cy) == ("", "Fy ngeiriau")
    assert texts.in_language([template], Kind.QUEUED, "en") == texts.ours(Kind.QUEUED, "en")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body_en": "Hi {nmae}"}, "{nmae} is no placeholder of this letter. Did you mean {name}?"),
        ({"body_en": "Hi {name.__class__} {0}"}, "{0} is no placeholder of this letter"),
        ({"body_en": "Hi {enww}"}, "{enww} is no placeholder of this letter. Did you mean {enw}?"),
        ({"body_en": "In {safle}"}, "{safle} is no placeholder of this letter"),
        ({"body_en": "In {position}"}, "{position} is no placeholder of this letter"),
        ({"subject_en": ""}, "Give the subject as well, in the same language"),
        ({"body_en": ""}, "Write the text as well, in the same language"),
        ({"body_en": "", "subject_en": ""}, "Write the text in Welsh, in English or in both"),
        ({"body_en": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, date, organiser, fields, said):
    answer = client.post(page("letter-text", date, "reminder"), typed(**fields))

    assert answer.status_code == 200
    assert said in " ".join(
        str(error) for errors in answer.context["form"].errors.values() for error in errors
    )
    assert answer.context["form"]["body_en"].value() == typed(**fields)["body_en"]
    assert not LetterTemplate.objects.exists()


def test_placeholders_are_listed_by_their_names_in_the_readers_language(client, date, organiser):
    english = client.get(page("letter-text", date, "reminder"))
    with translation.override("cy"):
        welsh = client.get(page("letter-text", date, "reminder"))

    assert "<code>{manage_link}</code>" in english.content.decode()
    assert "<code>{dolen_archeb}</code>" in welsh.content.decode()
    assert "{manage_link}" not in dict(welsh.context["placeholders"])


def test_both_names_of_a_placeholder_are_taken_in_both_texts(client, date, organiser):
    fields = typed(
        body_en="{name} {enw}", subject_cy="{day} {dyddiad}", body_cy="{manage_link} {dolen_archeb}"
    )

    assert client.post(page("letter-text", date, "reminder"), fields).status_code == 302


def test_who_saves_over_what_another_has_saved_is_shown_it_first_and_loses_nothing(client, date, organiser):
    address = page("letter-text", date, "reminder")
    mine, theirs = (client.get(address).context["form"].initial for _each in range(2))
    client.post(address, {**theirs, "body_en": "Theirs {name}"})

    stopped = client.post(address, {**mine, "body_en": "Mine {name}"})

    errors = stopped.context["form"].errors
    assert "Somebody else has saved this since you opened it." in str(errors["__all__"])
    assert "Theirs {name}" in str(errors["body_en"])
    assert "subject_en" not in errors
    assert stopped.context["form"]["body_en"].value() == "Mine {name}"
    assert LetterTemplate.objects.get().body_en == "Theirs {name}"

    seen = stopped.context["form"]["seen"].value()
    assert client.post(address, {**mine, "body_en": "Mine {name}", "seen": seen}).status_code == 302
    assert LetterTemplate.objects.get().body_en == "Mine {name}"


def test_who_saves_what_another_has_just_given_up_is_told(client, date, organiser):
    address = page("letter-text", date, "reminder")
    client.post(address, typed())
    mine = client.get(address).context["form"].initial
    client.post(page("letter-restoration", date, "reminder"))

    stopped = client.post(address, {**mine, "body_en": "Mine {name}"})

    assert texts.ours(Kind.REMINDER, "en").body.split("\n")[0] in str(
        stopped.context["form"].errors["body_en"]
    )
    assert not LetterTemplate.objects.exists()


def test_a_preview_runs_nothing_that_was_typed(client, date, organiser):
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) {name}"

    answer = client.post(page("letter-preview", date, "reminder"), typed(body_en=bad, subject_en="<b>x</b>"))

    html = answer.content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<b>x</b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_test_goes_to_the_organiser_alone_and_into_no_calendar(client, date, organiser):
    answer = client.post(page("letter-test", date, "confirmation"), typed())

    assert "on its way to" in answer.content.decode()
    assert [letter.to for letter in mail.outbox] == [[organiser.email]] * 2
    assert mail.outbox[0].subject == "Test: Hello from us"
    assert all(part.get_content_type() != "text/calendar" for part in mail.outbox[0].message().walk())
    assert not LetterTemplate.objects.exists()


def test_a_letter_with_mistakes_is_not_tested(client, date, organiser):
    client.post(page("letter-test", date, "confirmation"), typed(body_en="{wrong}"))

    assert mail.outbox == []


def test_giving_up_own_words_is_asked_about_first(client, date, organiser):
    client.post(page("letter-text", date, "reminder"), typed())
    assert client.get(page("letter-restoration", date, "reminder")).status_code == 200
    assert LetterTemplate.objects.count() == 1

    client.post(page("letter-restoration", date, "reminder"))

    assert not LetterTemplate.objects.exists()
    assert client.get(page("letter-restoration", date, "reminder")).status_code == 404


def test_a_letter_that_there_is_not_is_not_found(client, date, organiser):
    for kind in ("message", "nonsense"):
        assert client.get(page("letter-text", date, kind)).status_code == 404


def test_others_may_not_read_or_write_them(client, date):
    client.force_login(factories.MemberFactory())

    for name, more in (("letter-texts", ()), ("letter-text", ("reminder",))):
        assert client.get(page(name, date, *more)).status_code == 403
    assert client.post(page("letter-text", date, "reminder"), typed()).status_code == 403


def test_a_seminar_without_dates_has_a_made_up_example(client, date, organiser):
    seminar = factories.SeminarFactory(organisation=date.seminar.organisation)
    address = reverse("bookings:letter-preview", args=[seminar.slug, "confirmation"])

    answer = client.post(address, typed(body_en="{when} {where} {workshops}"))

    assert answer.context["is_made_up"] is True
    assert "an example of a workshop" in answer.context["examples"][0].page.plain
