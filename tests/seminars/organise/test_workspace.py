"""The workspace over HTTP: who gets in, what is said, what is kept."""

from typing import Any

import pytest
from django.test import Client

from people.models import Member, Organisation
from seminars.models import Billing, Resource, Seminar, SeminarDate
from seminars.programme import add_run
from tests import factories
from tests.seminars.ground import Morning

pytestmark = pytest.mark.django_db
TABS = ["", "edit/", "dates/", "dates/new/", "sessions/", "sessions/new/", "speakers/", "publication/", "resources/",
        "resources/new/", "venues/new/", "copy/"]  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_the_workspace_opens(day: Morning, owner: Client, tab: str, language: str) -> None:
    from django.urls import resolve, reverse
    from django.utils.translation import override

    match = resolve(f"/en/organise/digital/{tab}")
    with override(language):
        address = reverse(match.view_name, kwargs=match.kwargs)

    assert owner.get(address).status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_others_are_kept_out(
    day: Morning, client_of: Any, member: Member, outsider: Member, tab: str
) -> None:
    for somebody in (member, outsider):
        assert client_of(somebody).get(f"/en/organise/digital/{tab}").status_code == 403
    Seminar.objects.update(state=Seminar.State.DRAFT)

    for somebody in (member, outsider):
        assert client_of(somebody).get(f"/en/organise/digital/{tab}").status_code == 404
    assert client_of(None).get(f"/en/organise/digital/{tab}").status_code == 302


def test_staff_may_do_it_all(day: Morning, client_of: Any, staff: Member) -> None:
    assert client_of(staff).get("/en/organise/digital/").status_code == 200


def test_somebody_who_is_no_organiser_is_told_how_to_become_one(client_of: Any, member: Member) -> None:
    page = client_of(member).get("/en/organise/")

    assert "You are not an organiser yet" in page.content.decode()
    assert client_of(member).get("/en/organise/new/").status_code == 403


def test_the_first_page_says_what_is_next(day: Morning, owner: Client) -> None:
    page = owner.get("/en/organise/").content.decode()

    assert "Add its sessions" in page


def test_the_first_page_costs_the_same_for_one_and_for_many(
    day: Morning, owner: Client, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner.get("/en/organise/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        owner.get("/en/organise/")
    for _number in range(8):
        seminar = factories.SeminarFactory(organisation=organisation)
        slot = factories.SlotFactory(seminar_date=factories.SeminarDateFactory(seminar=seminar))
        session = factories.SessionFactory(seminar=seminar)
        factories.BillingFactory(session=session)
        factories.RunFactory(slot=slot, session=session)

    with django_assert_num_queries(len(few) + 1):
        # One more only because there are runs in the slots now.
        owner.get("/en/organise/")


def test_only_ones_own_organisations_can_host(owner: Client, outsider: Member, organiser: Member) -> None:
    elsewhere = outsider.memberships.get().organisation

    answer = owner.post("/en/organise/new/", {"title_en": "Mine", "organisation": elsewhere.pk})

    assert answer.status_code == 200
    assert "organisation" in answer.context["form"].errors
    assert not Seminar.objects.exists()


def test_a_stale_save_is_refused_and_what_was_typed_is_kept(day: Morning, owner: Client) -> None:
    form = owner.get("/en/organise/digital/edit/").context["form"]
    typed = {
        "title_en": "Typed by one",
        "organisation": day.seminar.organisation_id,
        "seen": form.initial["seen"],
    }
    day.seminar.refresh_from_db()
    day.seminar.title_en = "Saved by another"
    day.seminar.save()

    answer = owner.post("/en/organise/digital/edit/", typed)

    page = answer.content.decode()
    assert "Somebody else has saved this since" in page
    assert "Typed by one" in page
    assert Seminar.objects.get().title_en == "Saved by another"
    again = {**typed, "seen": answer.context["form"]["seen"].value()}
    assert owner.post("/en/organise/digital/edit/", again).status_code == 302
    assert Seminar.objects.get().title_en == "Typed by one"


def test_publishing_says_what_is_missing(day: Morning, owner: Client) -> None:
    Seminar.objects.update(state=Seminar.State.DRAFT)

    page = owner.post("/en/organise/digital/publication/", follow=True).content.decode()

    assert "Its programme is empty" in page
    assert Seminar.objects.get().state == Seminar.State.DRAFT


def test_sessions_are_put_in_order_by_buttons_and_by_dragging(day: Morning, owner: Client) -> None:
    one, two, three = (day.session(title, position=n) for n, title in enumerate(["One", "Two", "Three"]))

    owner.post("/en/organise/digital/sessions/order/", {"move": f"up:{three.pk}"})
    assert list(day.seminar.sessions.all()) == [one, three, two]
    owner.post("/en/organise/digital/sessions/order/", {"order": [two.pk, one.pk, three.pk, "x", "999999"]})

    assert list(day.seminar.sessions.all()) == [two, one, three]


def test_a_speaker_s_address_is_not_told_apart_by_an_account(
    day: Morning, owner: Client, member: Member
) -> None:
    session = day.session("Talent")
    for name, email in (("Known", member.email), ("Unknown", "nobody@else.example")):
        owner.post(
            f"/en/organise/digital/sessions/{session.pk}/speakers/new/",
            {"name": name, "kind": "officer", "email": email},
        )

    page = owner.get("/en/organise/digital/speakers/").content.decode()

    known, unknown = Billing.objects.order_by("position")
    assert known.speaker.member is None
    assert page.count("Not invited yet") == 2
    assert unknown.speaker.name in page


def test_a_file_that_is_not_what_it_says_is_refused_in_words(day: Morning, owner: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    fields = {"title_en": "Slides", "language": "both"}
    answer = owner.post(
        "/en/organise/digital/resources/new/", {**fields, "file": SimpleUploadedFile("a.pdf", b"<html>")}
    )
    assert "not pdf" in answer.context["form"].errors["file"][0]

    good = SimpleUploadedFile("../../Cynllun Tŷ.pdf", b"%PDF-1.7")
    assert owner.post("/en/organise/digital/resources/new/", {**fields, "file": good}).status_code == 302

    resource = Resource.objects.get()
    assert resource.file_name == "Cynllun Tŷ.pdf"
    assert resource.file.name.startswith("resources/")
    download = owner.get(f"/en/resources/{resource.pk}/")
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"
    download.close()


def test_a_resource_is_a_link_or_a_file(day: Morning, owner: Client) -> None:
    answer = owner.post("/en/organise/digital/resources/new/", {"title_en": "Slides", "language": "both"})

    assert answer.context["form"].errors["link"] == ["Give a link or a file: one of the two"]


def test_a_seminar_is_copied_from_its_page(day: Morning, owner: Client) -> None:
    answer = owner.post(
        "/en/organise/digital/copy/", {"first_day_0": "1", "first_day_1": "12", "first_day_2": "2027"}
    )

    assert answer["Location"].startswith("/en/organise/digital-2/")
    assert Seminar.objects.filter(state=Seminar.State.DRAFT).count() == 1


def test_what_is_private_is_on_no_public_page(day: Morning, client: Client) -> None:
    SeminarDate.objects.update(
        joining_link="https://meet.example/secret", joining_instructions_en="Ring twice"
    )
    date = SeminarDate.objects.get()
    assert "secret" in date.joining_link

    for address in (
        date.get_absolute_url(),
        day.seminar.get_absolute_url(),
        f"{date.get_absolute_url()}calendar.ics",
    ):
        answer = client.get(address)
        page = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert b"secret" not in page
        assert b"Ring twice" not in page


def test_a_session_that_becomes_a_break_gives_its_rooms_back(day: Morning, owner: Client) -> None:
    run = add_run(day.session("Talent"), day.slots[0], day.rooms[0])

    owner.post(f"/en/organise/digital/sessions/{run.session_id}/", {"kind": "break", "title_en": "Coffee"})

    run.refresh_from_db()
    assert (run.session.title_en, run.room, run.capacity) == ("Coffee", None, None)
