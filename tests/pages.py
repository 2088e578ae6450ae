"""Every address of the exchange, with what it answers to whom: the one table behind the access matrix, axe and HTML checks.

The world is the example content with its demonstration sign-ins. `who` answers, in this order: nobody, a member of
another organisation (councillor@), the organiser of the seminars' host (organiser@), the editor of the write-ups'
organisation (editor@), staff (staff@). 302 for nobody is the way to the sign-in page.
"""

from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

ROLES = ("nobody", "member", "organiser", "editor", "staff")
SIGN_INS = {
    "member": "councillor@example.wales",
    "organiser": "organiser@example.wales",
    "editor": "editor@example.wales",
    "staff": "staff@example.wales",
}
ALL_OK = "200 200 200 200 200"
MEMBERS = "302 200 200 200 200"


@dataclass(frozen=True)
class Page:
    """An address name, its arguments (or a function of the world that gives them), and five statuses."""

    name: str
    who: str
    kwargs: Any = field(default_factory=dict)
    method: str = "get"
    query: str = ""
    html: bool = True  # whether it is a page for people: axe and the HTML checker read those

    @property
    def statuses(self) -> dict[str, int]:
        return dict(zip(ROLES, map(int, self.who.split()), strict=True))

    def address(self) -> str:
        kwargs = self.kwargs() if callable(self.kwargs) else self.kwargs
        return reverse(self.name, kwargs=kwargs) + self.query

    @property
    def first_reader(self) -> str | None:
        """The least privileged role to whom the page answers 200."""
        return next((role for role, status in self.statuses.items() if status == 200), None)


def route_names() -> set[str]:
    """The names of all our addresses: Django's admin and allauth's own tests look after the rest."""
    found: set[str] = set()

    def walk(patterns: list[Any], namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                if pattern.namespace != "admin":
                    walk(pattern.url_patterns, inner)
            elif isinstance(pattern, URLPattern):
                found.add(f"{namespace}{pattern.name}")

    walk(get_resolver().url_patterns, "")
    return found
