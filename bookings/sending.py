"""Sends what the outbox holds."""


def send_due() -> int:
    return 0
