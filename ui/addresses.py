"""Addresses of things, remembered: a page with forty links would spend more time on `reverse` than on its queries."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address_of(name: str, *args: object) -> str:
    """`reverse(name, args=args)` in the language of the moment."""
    return _address_of(name, get_language(), get_script_prefix(), args)


@lru_cache(maxsize=16_384)
def _address_of(name: str, language: str | None, prefix: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)
