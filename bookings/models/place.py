from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.booking import Booking
from seminars.models import Run, SeminarDate, Session, Slot


class Place(models.Model):
    """A delegate's place on a run of a workshop, or the wish for one. `bookings.places` alone writes these."""

    class State(models.TextChoices):
        WANTED = (
            "wanted"  # not acted upon: the booking has no seat yet, or the workshops are still to be drawn
        )
        CONFIRMED = "confirmed"
        WAITING = "waiting"  # in the run's own queue

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="places")
    run = models.ForeignKey(Run, models.PROTECT, related_name="places")
    # Of the run, repeated so that the database can keep anybody from two runs at once and from one workshop twice.
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    # 1 is wanted most, among the runs of the same slot.
    rank = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.WANTED)
    queued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["slot__starts_at", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "run"], name="bookings_place_once"),
            models.UniqueConstraint(
                fields=["booking", "slot"], condition=Q(state="confirmed"), name="bookings_one_place_at_once"
            ),
            models.UniqueConstraint(
                fields=["booking", "session"],
                condition=Q(state="confirmed"),
                name="bookings_no_workshop_twice",
            ),
        ]
        indexes = [models.Index(fields=["run", "state", "queued_at"], name="bookings_place_queue")]

    def __str__(self) -> str:
        return f"{self.booking}, {self.run_id}"


class Draw(models.Model):
    """A drawing of lots for the workshops of a date, kept with its inputs, so that it can be done again and explained."""

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="draws")
    seed = models.CharField(max_length=40)
    inputs = models.JSONField()
    outcome = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar_date"],
                condition=Q(published_at__isnull=False),
                name="bookings_one_draw_published",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seminar_date}, {self.seed}"
