import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from seminars.models import SeminarDate, Session


class CheckIn(models.Model):
    """That a delegate is here. The device makes the identifier, so that sending it again does nothing twice."""

    class Way(models.TextChoices):
        QR = "qr", _("QR code")
        CODE = "code", _("Short code")
        NAME = "name", _("Name")
        ONLINE = "online", _("Joined online")
        WALK_IN = "walk-in", _("Came without a booking")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="check_ins")
    client_uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    way = models.CharField(max_length=8, choices=Way)
    # By the device's clock, which may be offline; received by ours.
    at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(undone_at__isnull=True), name="bookings_checked_in_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking}, {self.at:%H:%M}"


class QuestionBoard(models.Model):
    """The number that rises whenever what readers of a date's questions see has changed: their answer is cheap."""

    seminar_date = models.OneToOneField(SeminarDate, models.CASCADE, related_name="question_board")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seminar_date}"


class Question(models.Model):
    """A delegate's question to the speakers of a date."""

    class State(models.TextChoices):
        NEW = "new", _("To be looked at")
        SHOWN = "shown", _("Shown")
        ANSWERED = "answered", _("Answered")
        HIDDEN = "hidden", _("Hidden")

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="audience_questions")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    booking = models.ForeignKey(Booking, models.SET_NULL, null=True, related_name="asked")
    # Only if the delegate said so.
    author_name = models.CharField(_("name"), max_length=120, blank=True)
    text = models.CharField(_("question"), max_length=500)
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    votes = models.PositiveIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-votes", "asked_at"]
        indexes = [models.Index(fields=["seminar_date", "state"], name="bookings_question_state")]

    def __str__(self) -> str:
        return f"{self.seminar_date}, {self.pk}"


class Vote(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="vote_rows")
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="votes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "booking"], name="bookings_one_vote_each")]

    def __str__(self) -> str:
        return f"{self.question_id}"
