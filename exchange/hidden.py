"""Secrets that stand in addresses, kept out of the logs."""

import logging
import re

# Whoever reads such a link in a log could answer for a speaker, or manage a booking. The next part of the path goes,
# also where it is no secret; and where it is a date's UUID, the code or the key behind it goes as well.
_PATHS = (
    "invitation|gwahoddiad|bookings|archebion|afterwards|wedyn|check-in|cofrestru-presenoldeb|stewards|stiwardiaid"
    "|questions|cwestiynau|unsubscribe|dad-danysgrifio|bounces"
)
# An address that is carried in another one (`?next=…`) has its slashes written as %2F.
_SLASH = "(?:/|%2F)"
_PART = r"(?:(?!%2F)[^/\s?\"&])+"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SECRET = re.compile(rf"({_SLASH}(?:{_PATHS}){_SLASH})(?:{_UUID}{_SLASH}{_PART}|{_PART})", re.IGNORECASE)


def without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(a) if isinstance(a, str) else a for a in record.args)
        record.msg = without_secrets(str(record.msg))
        return True
