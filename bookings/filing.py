"""What people wrote, put under headings by hand: what two organisers do to one page at once is kept of both.

A form says which headings each answer had when it was opened, so that only what its sender changed is changed.
"""

from dataclasses import dataclass

from django.db import transaction

from bookings.models import Feedback, FeedbackTheme
from seminars.models import SeminarDate

Headings = dict[int, set[int]]
Filed = Feedback.themes.through


@dataclass(frozen=True)
class Saved:
    """Numbers of answers of the form: those that are under a heading now, and those that others filed in between."""

    filed: int
    by_others: int


@transaction.atomic
def file(seminar_date: SeminarDate, shown: Headings, ticked: Headings) -> Saved:
    """Save a form: by the key of an answer, its headings when the form was opened and those that are ticked now.

    Answers of other dates and headings of other seminars are left alone.
    """
    # Held, so that none is removed under us.
    known = FeedbackTheme.objects.select_for_update().filter(seminar=seminar_date.seminar_id)
    headings = {heading.pk for heading in known}
    answers = Feedback.objects.filter(pk__in=shown, seminar_date=seminar_date).values_list("pk", flat=True)
    now: Headings = {key: set() for key in answers}
    for answer, heading in Filed.objects.filter(feedback__in=now).values_list("feedback", "feedbacktheme"):
        now[answer].add(heading)

    added, removed = [], Headings()
    after: Headings = {}
    for answer, stands in now.items():
        before, wanted = shown[answer], ticked.get(answer, set()) & headings
        added += [Filed(feedback_id=answer, feedbacktheme_id=heading) for heading in wanted - before]
        for heading in before - wanted:
            removed.setdefault(heading, set()).add(answer)
        after[answer] = (stands | (wanted - before)) - (before - wanted)
    Filed.objects.bulk_create(added, ignore_conflicts=True)
    for heading, of in removed.items():
        Filed.objects.filter(feedbacktheme=heading, feedback__in=of).delete()
    return Saved(
        filed=sum(bool(headings) for headings in after.values()),
        # Who sends a form twice is nobody else: what stands is then what they ticked.
        by_others=sum(stands not in (shown[key], ticked.get(key, set())) for key, stands in now.items()),
    )


@transaction.atomic
def remove(heading: FeedbackTheme) -> None:
    """Held first, so that no answer is put under it meanwhile."""
    for held in FeedbackTheme.objects.select_for_update().filter(pk=heading.pk):
        held.delete()
