from collections.abc import Iterator

import pytest

from tests.sink import Sink


@pytest.fixture(autouse=True)
def _invariants(request: pytest.FixtureRequest) -> object:
    """After every test of bookings, all that must be true is true."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from tests.bookings.ground import check_invariants

        check_invariants()


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    """A real mail server on loopback, to which letters go in this test."""
    found = Sink()
    found.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port  # type: ignore[attr-defined]
    yield found
    found.stop()
