"""Secrets that stand in addresses, kept out of the logs."""

import logging
import re

# A speaker's link: whoever reads it in a log could answer in their name.
_SECRET = re.compile(r"((?:invitation|gwahoddiad)/)[^/\s?\"]+")


def without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(a) if isinstance(a, str) else a for a in record.args)
        record.msg = without_secrets(str(record.msg))
        return True
