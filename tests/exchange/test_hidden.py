import logging

import pytest

from exchange.hidden import HideSecrets, without_secrets


@pytest.mark.parametrize(
    "address",
    [
        "/en/speakers/invitation/s3cret/acceptance/",
        "/cy/siaradwyr/gwahoddiad/s3cret/",
        "/en/bookings/s3cret/",
        "/cy/archebion/s3cret/symud/",
        "/en/afterwards/s3cret/",
        "/cy/wedyn/s3cret/",
        "/en/check-in/s3cret/",
        "/cy/cofrestru-presenoldeb/s3cret/",
        "/en/stewards/s3cret/",
        "/cy/stiwardiaid/s3cret/",
        "/en/check-in/7f6d1b90-0c9c-4d5e-9d0a-3b1d0d1e2f3a/s3cret/",
        "/en/questions/7f6d1b90-0c9c-4d5e-9d0a-3b1d0d1e2f3a/s3cret/number/",
        "/cy/cwestiynau/7f6d1b90-0c9c-4d5e-9d0a-3b1d0d1e2f3a/s3cret/rhif/",
        "/en/unsubscribe/s3cret/",
        "/cy/dad-danysgrifio/s3cret/",
        "/bounces/s3cret/",
        "/en/accounts/login/?next=/en/bookings/s3cret/change/",
        "/en/accounts/login/?next=%2Fen%2Fbookings%2Fs3cret%2Fchange%2F",
    ],
)
def test_secrets_in_addresses_stay_out_of_logs(address: str) -> None:
    record = logging.LogRecord("django.server", logging.INFO, "", 1, '"GET %s" 200', (address,), None)

    HideSecrets().filter(record)

    assert "s3cret" not in record.getMessage()
    assert "…" in record.getMessage()


def test_other_addresses_stay_readable() -> None:
    address = "/en/organise/a-seminar/dates/cardiff/programme/"

    assert without_secrets(address) == address
