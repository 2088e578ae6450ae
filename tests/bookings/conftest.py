import pytest


@pytest.fixture(autouse=True)
def _invariants(request: pytest.FixtureRequest) -> object:
    """After every test of bookings, all that must be true is true."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from tests.bookings.ground import check_invariants

        check_invariants()
