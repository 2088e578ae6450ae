"""Accounts and organisations in the table of `tests/pages.py`; the organisation is the one that editor@ edits for."""

from typing import Any

from people.models import Membership
from tests.pages import ALL_OK, MEMBERS, Page

SLUG = "vale-of-glamorgan-council"
BODY = {"slug": SLUG}
GUEST = "200 302 302 302 302"  # for those who have not signed in
AWAY = "302 302 302 302 302"  # leads elsewhere, whoever asks
EDITORS = "302 403 403 200 200"
NOBODYS = "302 404 404 404 404"  # there is no such thing for any of them


def somebody() -> dict[str, Any]:
    return {**BODY, "pk": Membership.objects.filter(organisation__slug=SLUG).order_by("pk")[0].pk}


def action(name: str, who: str, kwargs: Any = None) -> Page:
    return Page(name, who, kwargs or {}, method="post", html=False)


ACCOUNTS = [
    Page("account_login", GUEST),
    Page("account_signup", GUEST),
    Page("account_request_login_code", GUEST),
    Page("account_reset_password", ALL_OK),
    Page("account_password_reset_completed", ALL_OK),
    Page("account_inactive", ALL_OK),
    Page("account_logout", MEMBERS),
    Page("account_email", MEMBERS),
    Page("account_change_password", MEMBERS),
    Page("account_reauthenticate", MEMBERS),
    Page("mfa_index", MEMBERS),
    Page("mfa_list_webauthn", MEMBERS),
    # Steps on a way that has to be begun: by themselves they lead to its beginning, or to a second proof of who asks.
    *(
        Page(name, AWAY, html=False)
        for name in (
            "account_email_verification_sent",
            "account_set_password",
            "account_confirm_login_code",
            "account_confirm_password_reset_code",
            "account_complete_password_reset",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_login_webauthn",
        )
    ),
    Page("mfa_remove_webauthn", AWAY, {"pk": 1}, html=False),
    Page("mfa_edit_webauthn", AWAY, {"pk": 1}, html=False),
    Page("mfa_deactivate_totp", NOBODYS, html=False),
    Page("mfa_view_recovery_codes", NOBODYS, html=False),
    Page("mfa_download_recovery_codes", NOBODYS, html=False),
]
ORGANISATIONS = [
    Page("people:organisations", ALL_OK),
    Page("people:organisations", ALL_OK, query="?q=gwynedd&nation=Wales"),
    Page("people:organisations", ALL_OK, query="?q=nothing+is+called+this"),
    Page("people:organisation", ALL_OK, BODY),
    Page("people:member", ALL_OK, {"slug": "mari-llwyd"}),
    Page("people:desk", MEMBERS),
    Page("people:profile", MEMBERS),
    Page("people:my-data", MEMBERS),
    Page("people:my-data-file", MEMBERS, html=False),
    Page("people:closing", MEMBERS),
    Page("people:audit", "302 403 403 403 200"),
    Page("people:details", EDITORS, BODY),
    Page("people:memberships", EDITORS, BODY),
    Page("people:invitations", EDITORS, BODY),
    Page("people:membership-role", EDITORS, somebody),
    Page("people:membership-removal", EDITORS, somebody),
    Page("people:domains", "302 403 403 403 200", BODY),
    Page("people:leaving", "302 404 404 200 404", BODY),
    Page("people:invitation", NOBODYS, {"token": "unknown"}, html=False),
    action("people:joining", AWAY, BODY),
    action("people:invitation-revocation", "302 403 403 404 404", {**BODY, "pk": 0}),
    action("people:domain-removal", NOBODYS, {**BODY, "pk": 0}),
    action("people:acceptance", NOBODYS, {"pk": 0}),
]
