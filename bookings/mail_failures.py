"""Why a letter did not go. Kept as a word and the server's figures: its text may hold an address."""

import re
import smtplib
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    REFUSED = "refused", _("The mail server says that this address does not exist or takes no mail.")
    RETURNED = "returned", _("Letters to this address come back.")
    PUT_OFF = "put off", _("The mail server did not take it.")
    UNREACHABLE = "unreachable", _("The mail server could not be reached.")
    TURNED_AWAY = (
        "turned away",
        _("The mail server does not let the exchange in. The exchange’s own staff must look at it."),
    )
    UNWRITTEN = "unwritten", _("The letter could not be written. The exchange’s own staff must look at it.")
    INTERRUPTED = "interrupted", _("Sending it was interrupted again and again.")


# Nothing but another address helps, or somebody who knows better.
OF_THE_ADDRESS = (Why.REFUSED, Why.RETURNED)
# RFC 3463: 5.1 says that the address is wrong, and 5.7 that we are not trusted, which is not the recipient's fault.
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
CLOSING = 421


@dataclass(frozen=True)
class Failure:
    why: Why
    figures: str = ""
    # Trying again is of no use.
    is_final: bool = False
    # The connection cannot be used any more.
    is_of_server: bool = False

    def __str__(self) -> str:
        return f"{self.why.value}: {self.figures}".rstrip(": ")


def failure_of(error: Exception) -> Failure:
    """What an exception of smtplib, of the network or of Django's mail means for the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # A letter has one recipient.
        code, text = next(iter(error.recipients.values()))
        return _answered(code, text, of_recipient=True)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # Each letter would try the same password again, until the provider shuts us out.
        figures = _answered(error.smtp_code, error.smtp_error, of_recipient=False).figures
        return Failure(Why.TURNED_AWAY, figures, is_of_server=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error, of_recipient=False)
    if isinstance(error, OSError):
        return Failure(Why.UNREACHABLE, is_of_server=True)
    return Failure(Why.UNWRITTEN)


def _answered(code: int, text: bytes | str, of_recipient: bool) -> Failure:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    enhanced = _ENHANCED.search(said)
    figures = f"{code} {enhanced[1]}" if enhanced else f"{code}"
    if of_recipient and 500 <= code < 600 and not (enhanced and enhanced[1].startswith("5.7.")):
        return Failure(Why.REFUSED, figures, is_final=True)
    return Failure(Why.PUT_OFF, figures, is_of_server=code == CLOSING)


def in_words(error: str) -> str:
    """What `Delivery.error` says to an organiser."""
    why, _colon, figures = error.partition(": ")
    if why not in Why.values:
        return ""
    words = str(Why(why).label)
    return f"{words} ({figures})" if figures else words
