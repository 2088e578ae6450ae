"""Where the apps above may put something on the pages of dates, of seminars and of the desk."""

from typing import Any

import pytest
from django.template import Template

from people.models import Member
from tests.seminars.ground import morning

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("setting", "address", "template", "words"),
    [
        ("BESIDE_A_DATE", "/en/seminars/{seminar}/{date}/", "Book {{ date.slug }}", "Book {date}"),
        ("BESIDE_A_SEMINAR", "/en/seminars/{seminar}/", "Book {{ seminar.slug }}", "Book {seminar}"),
        ("AMONG_DATE_ACTIONS", "/en/organise/{seminar}/dates/", "Who comes to {{ date.slug }}", "comes to {date}"),
        ("ON_THE_DESK", "/en/desk/", "{{ request.user.name }} booked", "Sian Staff booked"),
    ],
)  # fmt: skip
def test_page_has_a_place(
    staff: Member, client_of: Any, settings: Any, setting: str, address: str, template: str, words: str
) -> None:
    date = morning().date
    names = {"seminar": date.seminar.slug, "date": date.slug}
    client, at = client_of(staff), address.format(**names)
    setattr(settings, setting, "")
    assert words.format(**names) not in client.get(at).content.decode()

    setattr(settings, setting, Template(template))

    assert words.format(**names) in client.get(at).content.decode()
