from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from learning.filing import refile
from learning.models import WriteUp
from tests import factories

Publish = Callable[..., WriteUp]


@pytest.fixture
def publish(db: None) -> Publish:
    """`publish(themes=[…], tags=[…], lessons=2, days=3, **fields)`: a write-up published that many days ago, and filed."""

    def make(
        themes: Any = (), tags: Any = (), lessons: int = 1, days: int = 1, authors: Any = (), **fields: Any
    ) -> WriteUp:
        fields.setdefault("state", "published")
        fields.setdefault("published_at", timezone.now() - timedelta(days=days))
        write_up = factories.WriteUpFactory(**fields)
        write_up.themes.set(themes)
        write_up.tags.add(*tags)
        for _number in range(lessons):
            factories.LessonFactory(write_up=write_up)
        for name in authors:
            factories.AuthorFactory(write_up=write_up, name=name)
        refile(write_up)
        return write_up

    return make
