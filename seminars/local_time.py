"""From the clock on the wall to UTC, where the clocks go forward or back."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.refusal import Refused


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which a clock in `zone` shows `day` and `at`.

    An hour that the clocks skip in spring is refused. One that they show twice in autumn means its first time.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(
            _("%(time)s does not exist on that day: the clocks go forward then. Choose another time.")
            % {"time": f"{at:%H:%M}"}
        )
    return moment
