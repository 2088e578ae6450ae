from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from seminars.models import Seminar, SeminarDate


class FeedbackTheme(models.Model):
    """A heading under which organisers gather comments of a seminar by hand."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="feedback_themes")
    name = models.CharField(_("heading"), max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["seminar", "name"], name="bookings_feedback_theme_once")
        ]

    def __str__(self) -> str:
        return self.name


class Feedback(models.Model):
    """What a delegate thought of a date. It does not say who: `Booking.feedback_at` only says that they answered."""

    class Recommend(models.TextChoices):
        YES = "yes", _("Yes")
        PERHAPS = "perhaps", _("Perhaps")
        NO = "no", _("No")

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="feedback")
    usefulness = models.PositiveSmallIntegerField(
        _("how useful was it?"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    take_away = models.TextField(_("what do you take away?"), max_length=2000, blank=True)
    recommend = models.CharField(_("would you recommend it to a colleague?"), max_length=8, choices=Recommend)
    comment = models.TextField(_("anything else"), max_length=2000, blank=True)
    language = models.CharField(max_length=2, default="en")
    # The day only: a moment could be matched with the log of who answered when.
    given_on = models.DateField(default=timezone.localdate)
    themes = models.ManyToManyField(FeedbackTheme, related_name="feedback", blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(usefulness__gte=1, usefulness__lte=5), name="bookings_usefulness_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seminar_date}, {self.pk}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Who sees which: private ones are shown by the delegate's own link, and by nothing else."""

    def public(self) -> "CommitmentQuerySet":
        """What everybody may read, of seminars that everybody may read about."""
        seen = Seminar.objects.published()
        return self.filter(
            visibility=Commitment.Visibility.PUBLIC, booking__seminar_date__seminar__in=seen.order_by()
        )

    def shared_with(self, member: Any) -> "CommitmentQuerySet":
        """What colleagues told their organisation, for its confirmed members; the public ones among them."""
        mine = member.memberships.confirmed().values("organisation")
        told = [Commitment.Visibility.ORGANISATION, Commitment.Visibility.PUBLIC]
        return self.filter(
            visibility__in=told, booking__organisation__in=mine, booking__anonymised_at__isnull=True
        )

    def with_standing(self) -> "CommitmentQuerySet":
        """With `stands`, the outcome that was told last, or None, and `told`, the words that came with it."""
        answered = CommitmentReview.objects.filter(commitment=OuterRef("pk")).exclude(outcome="")
        last = answered.order_by("-answered_at", "-months")
        return self.annotate(
            stands=Subquery(last.values("outcome")[:1]), told=Subquery(last.values("note")[:1])
        )


class Commitment(models.Model):
    """What a delegate says they will do next."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only I see it")
        ORGANISATION = "organisation", _("My organisation sees it")
        PUBLIC = "public", _("Everybody sees it")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="commitments")
    text = models.TextField(_("what will you do?"), max_length=600)
    by_when = models.DateField(_("by when?"), null=True, blank=True)
    with_whom = models.CharField(_("with whom?"), max_length=200, blank=True)
    visibility = models.CharField(
        _("who sees it?"), max_length=12, choices=Visibility, default=Visibility.PRIVATE
    )
    language = models.CharField(max_length=2, default="en")
    made_at = models.DateTimeField(default=timezone.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.booking}, {self.pk}"


class CommitmentReview(models.Model):
    """The question, months later, what came of a commitment; written when the commitment is made."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        UNDER_WAY = "under way", _("Under way")
        STOPPED = "stopped", _("Stopped")

    MONTHS = (3, 6, 12)

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reviews")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("what came of it?"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("what happened, and why?"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "months"], name="bookings_one_review_each_time"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answered_at__isnull=False), name="bookings_outcome_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}, {self.months}"
