from django.db import models
from django.utils import timezone

from learning import letters
from learning.models import WriteUp
from learning.workflow import NotNowError
from people.chores import chore


@chore("write-ups published")
def publish_due() -> int:
    done = 0
    for write_up in WriteUp.objects.due():
        try:
            write_up.publish(by=None)
        except NotNowError:
            # Another worker was first, or something it needs was taken away: it stays in review, where editors see it.
            continue
        done += 1
    return done


@chore("writers asked whether it is still running")
def ask_whether_still_running() -> int:
    done = 0
    unasked = models.Q(review_asked_for__isnull=True) | ~models.Q(review_asked_for=models.F("review_on"))
    for write_up in WriteUp.objects.to_look_at_again().filter(unasked):
        # Whoever changes the row sends the letter.
        rows = WriteUp.objects.filter(unasked, pk=write_up.pk, review_on=write_up.review_on)
        if rows.update(review_asked_for=write_up.review_on or timezone.localdate()):
            letters.tell("still running", write_up, None)
            done += 1
    return done
