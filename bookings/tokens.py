"""Secret links of bookings: made from the site's key and a nonce, so that they can be sent again; only hashes are kept.

Whoever reads the database cannot open a booking, because the key is not in it. A new nonce makes the old links void.
"""

import base64
import hmac
import secrets
import uuid

from django.conf import settings

from ui.secret_links import hashed

__all__ = ["hashed", "make", "new_code", "new_nonce"]

# No vowels, so that no words arise, and nothing that is mistaken for something else.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
CODE_LENGTH = 6


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def make(purpose: str, of: uuid.UUID, nonce: str) -> str:
    """A token of 192 bits for one purpose: those of other purposes cannot be guessed from it."""
    message = f"{purpose}:{of}:{nonce}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"bookings:" + message, "sha256")
    return base64.urlsafe_b64encode(digest[:24]).decode()


def address_hash(folded: str) -> str:
    """For addresses, which can be guessed: whoever has no key cannot try whether a guess is right."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"address:{folded}".encode(), "sha256").hex()
