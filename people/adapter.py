"""allauth, told what the exchange needs: mail in the reader's language, and no account without a name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Members have no username: they sign in by e-mail."""
