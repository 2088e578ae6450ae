from typing import Any

from bookings.letters.unsubscribing import token_for
from bookings.models import Delivery, LetterTemplate, MassMessage
from tests.pages import ALL_OK, Page
from tests.pages_of_bookings.world import Given, booking, of_date

OPEN = "302 403 200 403 200"
DONE = "302 403 302 403 302"


def failed_letter() -> dict[str, Any]:
    """A letter that came back, made for the one who looks at it."""
    kwargs, found = of_date()(), booking("confirmed")
    letter = Delivery.objects.create(
        booking=found, kind="confirmation", to=found.address, state="failed", error="refused: 550 5.1.1"
    )
    return {**kwargs, "pk": letter.pk}


def letters() -> dict[str, Any]:
    failed_letter()
    return of_date()()


def message(**fields: Any) -> Given:
    """A message to those who are confirmed, in both languages; a draft unless it says that it was sent."""

    def given() -> dict[str, Any]:
        date = booking("confirmed").seminar_date
        found = MassMessage.objects.create(
            seminar_date=date, subject_en="The car park", subject_cy="Y maes parcio", body_en="Dear {name}, it is **shut**.",
            body_cy="Annwyl {name}, mae wedi **cau**.", audience={"states": ["confirmed"]}, **fields,
        )  # fmt: skip
        return {**of_date()(), "pk": found.pk}

    return given


def text(kind: str = "confirmation", is_own: bool = False) -> Given:
    def given() -> dict[str, Any]:
        seminar = booking("confirmed").seminar_date.seminar
        if is_own:
            LetterTemplate.objects.get_or_create(
                organisation=seminar.organisation,
                seminar=seminar,
                kind=kind,
                subject_en="Ours",
                body_en="Dear {name}",
            )
        return {"slug": seminar.slug, "kind": kind}

    return given


def unsubscribing() -> dict[str, Any]:
    organisation = booking("confirmed").seminar_date.seminar.organisation_id
    return {"token": token_for("delegate@body.example", organisation)}


def messages() -> dict[str, Any]:
    message()()
    message(sent_to=12, is_about_the_booking=False)()
    return of_date()()


def action(name: str, kwargs: Any) -> Page:
    return Page(f"bookings:{name}", DONE, kwargs, method="post", html=False)


PAGES: list[Page] = [
    # Its secret is not set, so that it is not there for anybody.
    Page("bounces", "404 404 404 404 404", {"secret": "unknown"}, method="post", html=False),
    Page("bookings:organise-letters", OPEN, letters),
    action("organise-letters-repetition", letters),
    action("organise-letter-repetition", failed_letter),
    Page("bookings:letter-texts", OPEN, lambda: {"slug": text()()["slug"]}),
    Page("bookings:letter-text", OPEN, text()),
    Page("bookings:letter-text", OPEN, text("change", is_own=True)),
    Page("bookings:letter-preview", OPEN, text(), method="post"),
    Page("bookings:letter-test", OPEN, text(), method="post", html=False),
    Page("bookings:letter-restoration", OPEN, text("reminder", is_own=True)),
    Page("bookings:messages", OPEN, messages),
    Page("bookings:messages", OPEN, of_date()),
    Page("bookings:message-new", OPEN, of_date()),
    Page("bookings:message", OPEN, message()),
    Page("bookings:message", OPEN, message(sent_to=3, is_about_the_booking=False)),
    Page("bookings:message-edit", OPEN, message()),
    Page("bookings:message-removal", OPEN, message()),
    action("message-test", message()),
    action("message-sending", message()),
    Page("bookings:unsubscribe", ALL_OK, unsubscribing),
    Page("bookings:unsubscribe", "404 404 404 404 404", {"token": "unknown"}),
    Page("bookings:unsubscribe", ALL_OK, unsubscribing, method="post"),
    Page("bookings:resubscription", ALL_OK, unsubscribing, method="post"),
]
