"""Wake-ups for the worker. Rows hold the truth: losing one of these costs a minute, and repeating one does no harm."""

from django_tasks import task

from bookings import sending


@task()
def send_what_is_due() -> int:
    return sending.send_due()
