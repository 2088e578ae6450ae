"""The booking form over the test client: each page is read, and what it carries along is sent with what is typed."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from seminars.models import SeminarDate

ME = {"name_0": "Mair Owen", "email_0": "mair@body.example", "kind_0": "officer", "language_0": "en"}


def address(date: SeminarDate, step: str = "") -> str:
    name = f"bookings:book-{step}" if step else "bookings:book"
    return reverse(name, args=[date.seminar.slug, date.slug])


def hidden(response: HttpResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {unescape(name): unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def button(response: HttpResponse) -> str:
    """Where "Continue" leads."""
    forms = re.findall(r'<form method="post" action="([^"]+)" novalidate', response.content.decode())
    return unescape(forms[0])


def go_on(client: Client, response: HttpResponse, **typed: Any) -> HttpResponse:
    """Fill in what the page asks, and press "Continue"."""
    return client.post(button(response), {**hidden(response), **typed})


def up_to_check(client: Client, date: SeminarDate, *pages: dict[str, Any]) -> HttpResponse:
    """Through all pages after the first choice of one way for oneself, unless the pages say otherwise."""
    response = client.get(address(date))
    for typed in pages:
        response = go_on(client, response, **typed)
    return response


def text(response: HttpResponse) -> str:
    """What is to be read, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
