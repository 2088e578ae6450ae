from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings import tokens
from seminars.models import SeminarDate

# Commitments are asked about for a year: a booking cannot be forgotten before that.
LEAST_MONTHS = 13


class BookingRules(models.Model):
    """How places on one date are booked. A date that has no rules cannot be booked here."""

    class Workshops(models.TextChoices):
        FIRST_COME = "first come", _("First come, first served")
        DRAWN = "drawn", _("Ranked choices, drawn fairly at a set time")

    seminar_date = models.OneToOneField(SeminarDate, models.CASCADE, related_name="booking_rules")
    needs_approval = models.BooleanField(_("an organiser approves each booking"), default=False)
    workshops = models.CharField(
        _("how are workshops given?"), max_length=10, choices=Workshops, default=Workshops.FIRST_COME
    )
    draws_at = models.DateTimeField(_("workshops are drawn at"), null=True, blank=True)
    # Hours between 9:00 and 17:00 on working days: `bookings.working_time`.
    hours_to_answer = models.PositiveSmallIntegerField(
        _("working hours to answer an offer"),
        default=16,
        validators=[MinValueValidator(1), MaxValueValidator(80)],
    )
    # Hours before the start, with spaces between them.
    reminders = models.CharField(
        _("reminders, in hours before the start"), max_length=40, default="168 24", blank=True
    )
    joining_opens_minutes = models.PositiveSmallIntegerField(
        _("minutes before the start at which the joining page opens"), default=30
    )
    most_in_group = models.PositiveSmallIntegerField(
        _("largest group"), default=10, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    has_delegate_list = models.BooleanField(_("delegates who agree see one another's names"), default=True)
    has_questions = models.BooleanField(_("delegates may put questions to the speakers"), default=True)
    # Rebooking: who missed so many dates of the organisation within a year waits for approval. None: no such rule.
    no_show_limit = models.PositiveSmallIntegerField(
        _("missed dates after which a booking needs approval"), null=True, blank=True
    )
    # Letters leave from a mailbox that nobody reads; answers to them go here.
    answers_to = models.EmailField(_("where do answers to letters go?"), blank=True)
    # What the stewards' link is made from; a new one makes the old link void.
    steward_nonce = models.CharField(max_length=24, default=tokens.new_nonce, editable=False)
    keep_needs_days = models.PositiveSmallIntegerField(
        _("days after which needs are deleted"), default=28, validators=[MaxValueValidator(90)]
    )
    keep_bookings_months = models.PositiveSmallIntegerField(
        _("months after which bookings are made anonymous"),
        default=24,
        validators=[MinValueValidator(LEAST_MONTHS), MaxValueValidator(84)],
    )

    class Meta:
        verbose_name_plural = "booking rules"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(workshops="first come") | models.Q(draws_at__isnull=False),
                name="bookings_a_draw_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(keep_bookings_months__gte=LEAST_MONTHS),
                name="bookings_kept_while_commitments_are_asked_about",
            ),
            models.CheckConstraint(
                condition=models.Q(most_in_group__gte=1, most_in_group__lte=10),
                name="bookings_group_of_ten_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_date}"

    @property
    def reminder_times(self) -> list[timedelta]:
        """How long before the start, longest first."""
        return sorted({timedelta(hours=int(word)) for word in self.reminders.split()}, reverse=True)
