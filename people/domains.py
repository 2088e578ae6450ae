"""E-mail domains as people type them, and those that no organisation can claim."""

import re

from django.utils.translation import gettext

from people.refusal import Refused

# A mailbox there can be had by anybody: such a domain would let anybody in.
PUBLIC_MAIL = {
    "aol.com", "btinternet.com", "gmail.com", "googlemail.com", "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk",
    "live.com", "mail.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "sky.com", "talktalk.net",
    "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
}  # fmt: skip
# Registries: everybody below them is somebody else.
SHARED = {
    "ac.uk", "co.uk", "com", "cymru", "gov.uk", "gov.wales", "llyw.cymru", "net", "nhs.uk", "org", "org.uk", "police.uk",
    "uk", "wales",
}  # fmt: skip
DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def tidy(text: str) -> str:
    """`@Gwynedd.llyw.cymru ` is gwynedd.llyw.cymru; raises Refused for what is not a domain, or is everybody's."""
    domain = text.strip().rpartition("@")[2].rstrip(".").lower()
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not DOMAIN.fullmatch(domain):
        raise Refused(gettext("Enter a domain, like gwynedd.llyw.cymru"))
    if domain in PUBLIC_MAIL or domain in SHARED:
        raise Refused(
            gettext("Anybody can have an address there: choose a domain that is the organisation's own")
        )
    return domain
