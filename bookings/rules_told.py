"""The rules of a date as sentences: what they mean for whoever books."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import BookingRules
from bookings.places import is_to_be_drawn
from ui import dates


def sentences(rules: BookingRules, has_workshops: bool) -> list[tuple[str, str]]:
    """Each rule under its heading, in the order of the form."""
    return [
        (_("Approval"), _approval(rules)),
        (_("Groups"), _groups(rules)),
        *([(_("Workshops"), _workshops(rules))] if has_workshops else []),
        (_("The queue"), _queue(rules)),
        (_("Reminders"), _reminders(rules)),
        (_("Together"), _together(rules)),
        (_("Answers"), _answers(rules)),
        (_("What is kept"), _kept(rules)),
    ]


def _approval(rules: BookingRules) -> str:
    if rules.needs_approval:
        return _("An organiser approves each booking; until then it holds no place.")
    if rules.no_show_limit:
        return ngettext(
            "A booking is confirmed at once while there are places. Who missed %(count)s date within a year waits for "
            "approval.",
            "A booking is confirmed at once while there are places. Who missed %(count)s dates within a year waits for "
            "approval.",
            rules.no_show_limit,
        ) % {"count": rules.no_show_limit}
    return _("A booking is confirmed at once while there are places.")


def _groups(rules: BookingRules) -> str:
    if rules.most_in_group == 1:
        return _("Everybody books for one person.")
    words = ngettext(
        "One form books for up to %(count)s person.",
        "One form books for up to %(count)s people.",
        rules.most_in_group,
    )
    return words % {"count": rules.most_in_group}


def _workshops(rules: BookingRules) -> str:
    if rules.workshops == BookingRules.Workshops.FIRST_COME:
        return _("First come, first served; a full workshop has a queue of its own.")
    if not is_to_be_drawn(rules):
        return _("They were drawn. What was left is first come, first served.")
    if rules.draws_at is None:
        return ""
    at = dates.local(rules.draws_at, rules.seminar_date.timezone)
    return _("Delegates rank them; they are drawn on %(day)s at %(time)s.") % {
        "day": dates.weekday(at),
        "time": dates.clock(at),
    }


def _queue(rules: BookingRules) -> str:
    words = ngettext(
        "Whoever is offered a place has %(count)s working hour to answer.",
        "Whoever is offered a place has %(count)s working hours to answer.",
        rules.hours_to_answer,
    )
    return words % {"count": rules.hours_to_answer}


def _reminders(rules: BookingRules) -> str:
    if not rules.reminder_times:
        return _("None is sent.")
    return _("Sent before the start: %(times)s.") % {"times": ", ".join(map(_span, rules.reminder_times))}


def _span(before: timedelta) -> str:
    hours = round(before.total_seconds() / 3600)
    if hours % 24 == 0:
        days = hours // 24
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _together(rules: BookingRules) -> str:
    told = [
        _("Delegates who agree see one another’s names.")
        if rules.has_delegate_list
        else _("Delegates do not see one another’s names."),
        _("They may put questions to the speakers.")
        if rules.has_questions
        else _("No questions are put to the speakers on the day."),
    ]
    return " ".join(told)


def _answers(rules: BookingRules) -> str:
    if rules.answers_to:
        return _("Who answers a letter writes to %(address)s.") % {"address": rules.answers_to}
    return _("Nobody reads what delegates answer to letters. Give an address, so that they can reach you.")


def _kept(rules: BookingRules) -> str:
    needs = ngettext(
        "Needs are deleted %(count)s day after the date,",
        "Needs are deleted %(count)s days after the date,",
        rules.keep_needs_days,
    ) % {"count": rules.keep_needs_days}
    months = ngettext(
        "bookings are made anonymous after %(count)s month.",
        "bookings are made anonymous after %(count)s months.",
        rules.keep_bookings_months,
    ) % {"count": rules.keep_bookings_months}
    return f"{needs} {months}"
