from typing import Any

import pytest
from django.test import RequestFactory

from ui.pagination import page_of


class Uncountable(list[int]):
    def count(self, *_: Any) -> int:
        raise AssertionError("counted, although the total was known")

    def __len__(self) -> int:
        raise AssertionError("counted, although the total was known")


def asked(page: str) -> Any:
    return RequestFactory().get("/", {"page": page} if page else {})


def test_known_total_is_not_counted() -> None:
    page = page_of(asked("2"), Uncountable(range(45)), per_page=20, total=45)

    assert list(page.object_list) == list(range(20, 40))
    assert page.paginator.num_pages == 3


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("", 1), ("3", 3), ("99", 3), ("0", 1), ("-5", 1), ("x", 1), ("9" * 5000, 1), ("٣", 3)],
)
def test_any_page_asked_for_leads_to_one_that_exists(wanted: str, number: int) -> None:
    assert page_of(asked(wanted), list(range(45))).number == number


def test_empty_list_has_one_page() -> None:
    page = page_of(asked("7"), [])

    assert (page.number, list(page.object_list)) == (1, [])
